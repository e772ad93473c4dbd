using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Attachments;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Retention;

/// <summary>Proposes that records which are due be disposed of. Someone else decides.</summary>
[Scoped]
public sealed class ProposeDisposal(WaymarkDb db, Viewer viewer, TimeProvider time, RecordAccess access, RetentionRules rules, Auditor audit)
{
    /// <returns>How many were proposed: those among them that are due and that the viewer may see.</returns>
    public async Task<int> RunAsync(IReadOnlyCollection<Guid> personIds)
    {
        if (personIds.Count == 0)
        {
            throw new RefusedException("Select the records that are to be disposed of", "People");
        }

        var due = await rules.Rows(access.Visible(rules.Due().Where(p => personIds.Contains(p.Id)))).ToListAsync();
        var rule = string.Join(" ", rules.Words);
        foreach (var record in due)
        {
            var disposal = new Disposal
            {
                PersonId = record.PersonId, Reference = record.Reference, Rule = rule, LastActivityDate = record.LastActivity, State = DisposalState.Proposed,
                ProposedById = viewer.UserId, ProposedOn = Instants.Truncate(time.GetUtcNow().UtcDateTime),
            };
            db.Disposals.Add(disposal);
            audit.Record("propose-disposal", disposal, null, record.PersonId);
        }

        await db.SaveChangesAsync();
        return due.Count;
    }
}

/// <summary>Decides a proposed disposal and, when approved, carries it out. Never by whoever proposed it.</summary>
[Scoped]
public sealed class DecideDisposal(WaymarkDb db, Viewer viewer, TimeProvider time, RecordAccess access, RetentionRules rules, DisposeOfRecord dispose, AttachmentFiles files, Auditor audit)
{
    /// <exception cref="RefusedException">Own proposal, decided already, on hold by now, or no longer due.</exception>
    public async Task RunAsync(Guid disposalId, bool approves, string? words)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var disposal = await db.Disposals.SingleOrDefaultAsync(d => d.Id == disposalId) ?? throw new RefusedException("There is no such proposal.");
        if (disposal.State != DisposalState.Proposed)
        {
            throw new RefusedException("This was decided already.");
        }

        if (disposal.ProposedById == viewer.UserId)
        {
            throw new RefusedException("You proposed this yourself. Someone else decides.");
        }

        if (!approves && string.IsNullOrWhiteSpace(words))
        {
            throw new RefusedException("Enter why it is kept", "Words");
        }

        (disposal.DecidedById, disposal.DecidedOn, disposal.Words) = (viewer.UserId, Instants.Truncate(time.GetUtcNow().UtcDateTime), words?.Trim());
        disposal.State = approves ? DisposalState.Done : DisposalState.Declined;
        if (approves)
        {
            (await access.SightOfPersonAsync(disposal.PersonId)).Demand();
            await DisposeAsync(disposal);
        }

        audit.Record(approves ? "dispose-of-record" : "decline-disposal", disposal, approves ? new { disposal.Removed } : null, disposal.PersonId);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        await DeleteFilesAsync(disposal);
    }

    /// <summary>Deletes files that a process stopped before it could.</summary>
    public async Task FinishFilesAsync(CancellationToken cancellation)
    {
        foreach (var disposal in await db.Disposals.Where(d => d.FilesLeft != null && d.FilesLeft != "").ToListAsync(cancellation))
        {
            await DeleteFilesAsync(disposal);
        }
    }

    private async Task DisposeAsync(Disposal disposal)
    {
        if (await db.LegalHolds.AnyAsync(h => h.PersonId == disposal.PersonId && h.ReleasedOn == null))
        {
            throw new RefusedException("The record is under legal hold. It stays until the hold is released.");
        }

        // What was due when proposed may have come to life: a new contact, a note.
        if (!await rules.Due(besideProposal: disposal.Id).AnyAsync(p => p.Id == disposal.PersonId))
        {
            throw new RefusedException("The record is no longer due: something happened since it was proposed. Decline the proposal.");
        }

        var (removed, left) = await dispose.RunAsync(disposal.PersonId);
        disposal.Removed = JsonSerializer.Serialize(removed);
        disposal.FilesLeft = string.Join('\n', left);
    }

    private async Task DeleteFilesAsync(Disposal disposal)
    {
        foreach (var name in (disposal.FilesLeft ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            files.Delete(name);
        }

        if (!string.IsNullOrEmpty(disposal.FilesLeft))
        {
            disposal.FilesLeft = "";
            await db.SaveChangesAsync();
        }
    }
}

/// <summary>Places a record under legal hold, or releases it.</summary>
[Scoped]
public sealed class HoldRecord(WaymarkDb db, Viewer viewer, TimeProvider time, RecordAccess access, Auditor audit)
{
    public async Task PlaceAsync(string? reference, string? reason, DateOnly? reviewDate)
    {
        var wanted = reference?.Trim().ToUpperInvariant();
        var person = await db.People.Where(p => p.Reference == wanted).Select(p => (Guid?)(p.MergedIntoId ?? p.Id)).FirstOrDefaultAsync();
        if (person is not { } id || (await access.SightOfPersonAsync(id)).IsHidden)
        {
            throw new RefusedException("No record has this reference", "Reference");
        }

        var why = reason?.Trim() is { Length: > 0 } given ? given : throw new RefusedException("Enter why the record is held: the claim, inquiry or inquest", "Reason");
        var hold = new LegalHold { PersonId = id, Reason = why, ReviewDate = reviewDate, PlacedById = viewer.UserId, PlacedOn = Now };
        db.LegalHolds.Add(hold);
        audit.Record("place-legal-hold", hold, new { reviewDate }, id);
        await db.SaveChangesAsync();
    }

    public async Task ReleaseAsync(Guid holdId, string? reason)
    {
        var hold = await db.LegalHolds.SingleOrDefaultAsync(h => h.Id == holdId && h.ReleasedOn == null) ?? throw new RefusedException("There is no such hold.");
        var why = reason?.Trim() is { Length: > 0 } given ? given : throw new RefusedException("Enter why the hold is released", "ReleaseReason");
        (hold.ReleasedById, hold.ReleasedOn, hold.ReleasedReason) = (viewer.UserId, Now, why);
        audit.Record("release-legal-hold", hold, null, hold.PersonId);
        await db.SaveChangesAsync();
    }

    private DateTime Now => Instants.Truncate(time.GetUtcNow().UtcDateTime);
}
