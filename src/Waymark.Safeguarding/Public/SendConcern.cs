using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Safeguarding.Concerns;

namespace Waymark.Safeguarding.Public;

/// <summary>Takes a concern from whoever is not signed in. It sends nothing to anyone: who may read the sender's mail is not known.</summary>
[Scoped]
public sealed class SendConcern(WaymarkDb db, CareClock clock, RaiseConcern raise)
{
    /// <returns>The reference for the receipt. The same page sent twice gives the same one.</returns>
    public async Task<string> RunAsync(OpenForm form, NewConcern concern)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(concern);
        if (await ReceiptAsync(concern.SentKey) is { } before)
        {
            return before;
        }

        try
        {
            var episode = await raise.AddAsync(concern);
            form.Store(db, episode, clock.Now);
            await db.SaveChangesAsync();
            return episode.Reference;
        }
        catch (DbUpdateException) when (concern.SentKey is not null)
        {
            // Sent twice at one moment: the other one came first.
            db.ChangeTracker.Clear();
            if (await ReceiptAsync(concern.SentKey) is { } other)
            {
                return other;
            }

            throw;
        }
    }

    private async Task<string?> ReceiptAsync(Guid? key) => key is null
        ? null
        : await db.Set<ConcernRecord>().Where(c => c.SentKey == key).Select(c => db.Episodes.Where(e => e.Id == c.EpisodeId).Select(e => e.Reference).FirstOrDefault()).FirstOrDefaultAsync();
}
