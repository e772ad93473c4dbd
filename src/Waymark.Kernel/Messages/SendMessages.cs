using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Messages;

/// <summary>
/// Sends what waits: claims one message, sends it with its fixed id, marks it, then the next. So at most one message per sender can be in doubt after a crash. Several
/// nodes may send side by side; a claim succeeds for one of them.
/// </summary>
[Scoped]
public sealed class SendMessages(WaymarkDb db, TimeProvider time, MessageCarriers carriers)
{
    /// <summary>What is claimed for longer has lost its sender: no send takes so long.</summary>
    internal static readonly TimeSpan ClaimHolds = TimeSpan.FromMinutes(5);

    /// <summary>News that nobody sent for a week is not sent any more.</summary>
    internal static readonly TimeSpan TooOld = TimeSpan.FromDays(7);

    private const int AtMost = 200;
    private static readonly TimeSpan OneSend = TimeSpan.FromMinutes(3);

    /// <summary>From one attempt to the next; after the last the message has failed.</summary>
    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(12), TimeSpan.FromHours(24)];

    private DateTime Now => Instants.Truncate(time.GetUtcNow().UtcDateTime);

    /// <returns>How many were taken by a service.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        await DoubtAsync(cancellation);
        var channels = Enum.GetValues<MessageChannel>().Where(c => carriers.For(c) is not null).ToList();
        if (channels.Count == 0 || (!carriers.DemoSends && await db.Settings.AnyAsync(s => s.Key == Setting.Demo && s.Value == "true", cancellation)))
        {
            return 0;
        }

        await AskAsync(channels, cancellation);
        var sent = 0;
        for (var i = 0; i < AtMost && !cancellation.IsCancellationRequested && await ClaimAsync(channels, cancellation) is { } message; i++)
        {
            sent += await SendAsync(message) ? 1 : 0;
        }

        return sent;
    }

    /// <summary>Claimed and not marked: its sender died, or could not write what became of it.</summary>
    private async Task DoubtAsync(CancellationToken cancellation)
    {
        var (stale, me) = (Now - ClaimHolds, carriers.Sender);
        await db.Outbox.Where(m => m.State == MessageState.Claimed && (m.ClaimedOn < stale || m.ClaimedBy == me)).ExecuteUpdateAsync(
            s => s.SetProperty(m => m.State, MessageState.InDoubt).SetProperty(m => m.Version, m => m.Version + 1).SetProperty(m => m.LastError, "Its sender stopped before it could say whether the message was taken."), cancellation);
    }

    /// <summary>Asks the service where it can answer; what it never had is sent.</summary>
    private async Task AskAsync(List<MessageChannel> channels, CancellationToken cancellation)
    {
        foreach (var message in await db.Outbox.AsNoTracking().Where(m => m.State == MessageState.InDoubt && channels.Contains(m.Channel)).OrderBy(m => m.QueuedOn).Take(AtMost).ToListAsync(cancellation))
        {
            if (carriers.For(message.Channel) is { CanAsk: true } carrier && await carrier.WasTakenAsync(message, cancellation) is { } taken)
            {
                await MarkAsync(message, MessageState.InDoubt, taken ? MessageState.Sent : MessageState.Waiting, taken ? null : "Asked after: the service never had it.", null);
            }
        }
    }

    private async Task<OutboxMessage?> ClaimAsync(List<MessageChannel> channels, CancellationToken cancellation)
    {
        var (now, me) = (Now, carriers.Sender);
        while (await db.Outbox.AsNoTracking().Where(m => m.State == MessageState.Waiting && channels.Contains(m.Channel) && (m.NotBeforeOn == null || m.NotBeforeOn <= now))
            .OrderBy(m => m.QueuedOn).ThenBy(m => m.Id).FirstOrDefaultAsync(cancellation) is { } next)
        {
            if (now - (next.NotBeforeOn > next.QueuedOn && next.Attempts == 0 ? next.NotBeforeOn.Value : next.QueuedOn) > TooOld)
            {
                await MarkAsync(next, MessageState.Waiting, MessageState.Failed, "Not sent: it had waited for more than a week.", null);
                continue;
            }

            var won = await db.Outbox.Where(m => m.Id == next.Id && m.State == MessageState.Waiting).ExecuteUpdateAsync(
                s => s.SetProperty(m => m.State, MessageState.Claimed).SetProperty(m => m.Version, m => m.Version + 1).SetProperty(m => m.ClaimedBy, me).SetProperty(m => m.ClaimedOn, now).SetProperty(m => m.Attempts, m => m.Attempts + 1), cancellation);
            if (won == 1)
            {
                return next;
            }
        }

        return null;
    }

    private async Task<bool> SendAsync(OutboxMessage message)
    {
        using var limit = new CancellationTokenSource(OneSend);
        var result = await carriers.For(message.Channel)!.SendAsync(message, limit.Token);
        var isLast = message.Attempts >= Waits.Length;
        var state = result.Outcome switch
        {
            Carried.Sent => MessageState.Sent,
            Carried.InDoubt => MessageState.InDoubt,
            Carried.Later when !isLast => MessageState.Waiting,
            _ => MessageState.Failed,
        };
        await MarkAsync(message, MessageState.Claimed, state, result.Says, state == MessageState.Waiting ? Now + Waits[message.Attempts] : null);
        return state == MessageState.Sent;
    }

    /// <summary>Not stopped half-way by a shut-down: what became of a message is written.</summary>
    private async Task MarkAsync(OutboxMessage message, MessageState from, MessageState to, string? says, DateTime? notBefore)
    {
        DateTime? sentOn = to == MessageState.Sent ? Now : null;
        var line = says is { Length: > 1000 } ? says[..1000] : says;
        await db.Outbox.Where(m => m.Id == message.Id && m.State == from).ExecuteUpdateAsync(s => s
            .SetProperty(m => m.State, to).SetProperty(m => m.Version, m => m.Version + 1).SetProperty(m => m.SentOn, sentOn).SetProperty(m => m.LastError, line).SetProperty(m => m.NotBeforeOn, m => notBefore ?? m.NotBeforeOn), CancellationToken.None);
    }
}
