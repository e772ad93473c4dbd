using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;

namespace Waymark.Returns.OpenItems;

/// <summary>Makes a staged file take effect, in one transaction: killed anywhere, nothing has changed.</summary>
[Scoped]
public sealed class LoadOpenItems(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit, OpenItemStore store, CouncilPolicy policy)
{
    /// <summary>Per cent of the open items that a load may close without a person's word.</summary>
    public decimal ClosingShareAllowed => policy.NumberAt("open-items.closing-share", clock.Today);

    public bool NeedsConfirmation(OpenItemImport import, OpenItemPlan plan) => import.Faulty > 0 || plan.ClosingShare > ClosingShareAllowed;

    /// <param name="importId">A staged import.</param>
    /// <param name="confirmed">A person has seen the faults and how many items would close.</param>
    /// <exception cref="RefusedException">Not staged any more, older than what is loaded, or in need of confirmation.</exception>
    public async Task<OpenItemPlan> RunAsync(Guid importId, bool confirmed)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var import = await db.Set<OpenItemImport>().FirstOrDefaultAsync(i => i.Id == importId)
            ?? throw new RefusedException("That file is not staged here. Send it again.");
        if (import.State != OpenItemImportState.Staged)
        {
            throw new RefusedException($"{import.FileName} was loaded on {CareClock.LondonTime(import.LoadedOn!.Value):d MMMM yyyy 'at' HH:mm} already. Nothing was changed.");
        }

        foreach (var kind in import.Kinds.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (await store.NewestAsync(kind) is { } newest && newest > import.AsAt)
            {
                throw new RefusedException(
                    $"{import.FileName} is as at {import.AsAt:d MMMM yyyy}, and a file as at {newest:d MMMM yyyy} is loaded for {kind}. Undo that one first, or send a newer file.");
            }
        }

        var file = await store.StagedAsync(import);
        var plan = OpenItemPlan.Make(file, await store.StandsAsync());
        Check(import, plan, confirmed);
        await new OpenItemWriter(db, import).WriteAsync(plan);
        (import.State, import.LoadedOn, import.LoadedById) = (OpenItemImportState.Loaded, clock.Now, viewer.IsSystem ? null : viewer.UserId);
        (import.Opened, import.Closed, import.Vanished, import.Changed) = (plan.WouldOpen, plan.WouldClose, plan.Vanished.Count, plan.Unended);
        audit.Record("load-open-items", import, new { import.Opened, import.Closed, import.Vanished, confirmed });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return plan;
    }

    private void Check(OpenItemImport import, OpenItemPlan plan, bool confirmed)
    {
        if (confirmed || !NeedsConfirmation(import, plan))
        {
            return;
        }

        if (import.Faulty > 0)
        {
            throw new NeedsConfirmationException(
                $"{import.Faulty:N0} of {import.Rows:N0} rows of {import.FileName} have faults and would not be taken; it {plan.InWords}. Nothing was changed. Mend the file, or confirm to take the others.");
        }

        throw new NeedsConfirmationException(
            $"{import.FileName} {plan.InWords} ({plan.ClosingShare:0.#}%, and a person must confirm over {ClosingShareAllowed:0.#}%). Nothing was changed. Is the file whole?");
    }
}

/// <summary>A load that waits for a person to confirm what it would do.</summary>
public sealed class NeedsConfirmationException(string message) : RefusedException(message);
