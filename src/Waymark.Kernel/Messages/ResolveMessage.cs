using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Messages;

/// <summary>What an operator decides about a message in doubt: send it once more with the same Message-ID, or let it be.</summary>
[Scoped]
public sealed class ResolveMessage(WaymarkDb db, TimeProvider time, Auditor audit)
{
    /// <exception cref="RefusedException">It is not in doubt, or was sent again before.</exception>
    public async Task SendAgainAsync(Guid messageId)
    {
        var message = await InDoubtAsync(messageId);
        if (message.SentAgainOn is not null)
        {
            throw new RefusedException("This message was sent again once already. Ask the person another way whether it arrived.");
        }

        (message.State, message.SentAgainOn, message.NotBeforeOn) = (MessageState.Waiting, Instants.Truncate(time.GetUtcNow().UtcDateTime), null);
        audit.Record("send-message-again", message, new { message.MessageId });
        await db.SaveChangesAsync();
    }

    /// <param name="arrived">Someone knows that it arrived; else it is given up.</param>
    public async Task CloseAsync(Guid messageId, bool arrived)
    {
        var message = await InDoubtAsync(messageId);
        message.State = arrived ? MessageState.Sent : MessageState.Failed;
        audit.Record(arrived ? "confirm-message-sent" : "give-up-message", message, new { message.MessageId });
        await db.SaveChangesAsync();
    }

    private async Task<OutboxMessage> InDoubtAsync(Guid messageId)
    {
        var message = await db.Outbox.SingleOrDefaultAsync(m => m.Id == messageId) ?? throw new RefusedException("There is no such message.");
        return message.State == MessageState.InDoubt ? message : throw new RefusedException("This message is no longer in doubt. Nothing was changed.");
    }
}
