using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Jobs;

namespace Waymark.Kernel.Messages;

/// <summary>Sends what waits in the outbox.</summary>
public sealed class MessageSender : Job
{
    public override string Name => "message-sender";
    public override TimeSpan Every => TimeSpan.FromSeconds(5);
    public override TimeSpan LeaseFor => TimeSpan.FromMinutes(5);

    public override Task RunAsync(IServiceProvider services, CancellationToken cancellation) => services.GetRequiredService<SendMessages>().RunAsync(cancellation);
}
