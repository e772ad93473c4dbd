using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Audit;

/// <summary>Seals the entries that are not sealed yet, in batches. Idea 7 of the kernel; how and why: <c>docs/decisions/0011-sealed-audit.md</c>.</summary>
[Scoped]
public sealed partial class SealAudit(WaymarkDb db, TimeProvider time, SealHashes hashes, SealFile file, ILogger<SealAudit> logger)
{
    private const int Batch = 500;

    /// <summary>Entries are let settle so long: a transaction that took a lower id has then most often committed too.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    /// <summary>For so long a gap in the sealed ids is looked at again: no act's transaction stays open longer.</summary>
    internal static readonly TimeSpan GapsFor = TimeSpan.FromHours(2);

    /// <returns>How many entries were sealed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        var last = await db.AuditSeals.AsNoTracking().OrderByDescending(s => s.Id).FirstOrDefaultAsync(cancellation);
        await CatchUpFileAsync(last, cancellation);
        var count = 0;
        while (await NextBatchAsync(cancellation) is { Count: > 0 } entries)
        {
            last = await SealAsync(entries, last?.Hash ?? SealHashes.Start, cancellation);
            if (last is null)
            {
                break;
            }

            count += entries.Count;
        }

        return count;
    }

    private async Task<List<AuditEntry>> NextBatchAsync(CancellationToken cancellation)
    {
        var now = Instants.Truncate(time.GetUtcNow().UtcDateTime);
        var sealedTo = await db.AuditSeals.MaxAsync(s => (long?)s.LastEntryId, cancellation) ?? 0;
        var settled = now - Settle;
        var entries = await db.Audit.AsNoTracking().Where(a => a.Id > sealedTo && a.OccurredOn <= settled).OrderBy(a => a.Id).Take(Batch).ToListAsync(cancellation);
        var recent = now - GapsFor;
        var before = await db.AuditSeals.Where(s => s.SealedOn <= recent).MaxAsync(s => (long?)s.LastEntryId, cancellation) ?? 0;
        var gaps = IdRanges.Gaps(before, await db.AuditSeals.Where(s => s.SealedOn > recent).OrderBy(s => s.Id).Select(s => s.EntryIds).ToListAsync(cancellation)).TakeLast(Batch).ToList();
        var late = gaps.Count == 0 ? [] : await db.Audit.AsNoTracking().Where(a => gaps.Contains(a.Id)).ToListAsync(cancellation);
        return [.. late.Concat(entries).OrderBy(a => a.Id)];
    }

    private async Task<AuditSeal?> SealAsync(List<AuditEntry> entries, string previous, CancellationToken cancellation)
    {
        var sealedOn = Instants.Truncate(time.GetUtcNow().UtcDateTime);
        var ids = IdRanges.Write(entries.Select(e => e.Id));
        var each = SealHashes.Join(entries.Select(hashes.Of));
        var seal = new AuditSeal
        {
            FirstEntryId = entries[0].Id, LastEntryId = entries[^1].Id, Entries = entries.Count, EntryIds = ids, EntryHashes = each,
            PreviousHash = previous, Hash = hashes.Of(previous, sealedOn, ids, each), SealedOn = sealedOn,
        };
        db.AuditSeals.Add(seal);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException) when (db.AuditSeals.AsNoTracking().Any(s => s.PreviousHash == previous))
        {
            // Another node sealed in this very moment; its seal stands and the next run goes on from it.
            db.ChangeTracker.Clear();
            return null;
        }

        file.Append([seal]);
        LogSeal(logger, seal.Id, seal.FirstEntryId, seal.LastEntryId, seal.Hash);
        db.ChangeTracker.Clear();
        return seal;
    }

    /// <summary>Seals of another node, or of a process killed between the database and the file.</summary>
    private async Task CatchUpFileAsync(AuditSeal? last, CancellationToken cancellation)
    {
        var written = file.LastWritten;
        if (last is not null && written < last.Id)
        {
            file.Append(await db.AuditSeals.AsNoTracking().Where(s => s.Id > written).OrderBy(s => s.Id).ToListAsync(cancellation));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Audit seal {Seal}, entries {First} to {Last}: {Hash}")]
    private static partial void LogSeal(ILogger logger, long seal, long first, long last, string hash);
}
