using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Messages;

/// <summary>The services that are set, and who sends: one per process, named on what it claims.</summary>
[Singleton]
public sealed class MessageCarriers : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(30) };

    public MessageCarriers(MessageSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        DemoSends = settings.DemoSends;
        All =
        [
            .. settings.Smtp is { } smtp ? [new SmtpCarrier(smtp, time)] : Array.Empty<MessageCarrier>(),
            .. settings.Notify is { } notify ? [new NotifyCarrier(notify, time, http)] : Array.Empty<MessageCarrier>(),
        ];
    }

    internal MessageCarriers(IReadOnlyList<MessageCarrier> carriers) => All = carriers;

    public string Sender { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid().ToString("N")[..8]}";
    public bool DemoSends { get; }
    public IReadOnlyList<MessageCarrier> All { get; }

    /// <summary>The service that takes such messages, or <c>null</c> when none is set.</summary>
    public MessageCarrier? For(MessageChannel channel) => All.FirstOrDefault(c => c.Carries(channel));

    public void Dispose() => http.Dispose();
}
