using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Audit;

public enum AuditFaultKind
{
    /// <summary>An entry says something else than when it was sealed.</summary>
    Changed,

    /// <summary>A sealed entry is gone.</summary>
    Missing,

    /// <summary>A sealed entry stands under another's id.</summary>
    OutOfOrder,

    /// <summary>An entry of old that no seal names.</summary>
    Added,

    /// <summary>Seals, and what they sealed, are gone from the end of the database.</summary>
    CutFromTheEnd,

    /// <summary>A seal is gone from the middle of the chain.</summary>
    SealMissing,

    /// <summary>A seal was not made with this key over what it says.</summary>
    SealChanged,

    /// <summary>The file beside the database is gone, or disagrees with the database.</summary>
    SealFile,
}

/// <param name="EntryId">The entry, where it is one.</param>
/// <param name="SealId">The seal.</param>
/// <param name="Says">For a person: what was found.</param>
public sealed record AuditFault(AuditFaultKind Kind, long? EntryId, long? SealId, string Says);

/// <param name="NotYetSealed">Entries newer than the last seal: nothing is known of them yet.</param>
public sealed record AuditReport(long Entries, long Seals, long NotYetSealed, IReadOnlyList<AuditFault> Faults)
{
    public bool IsIntact => Faults.Count == 0;
}

/// <summary>Reads the whole audit against its seals, and the seals against the file beside the database, and names what does not agree.</summary>
[Scoped]
public sealed class VerifyAudit(WaymarkDb db, SealHashes hashes, SealFile file)
{
    private const int SealsAtOnce = 50;
    private readonly List<AuditFault> faults = [];
    private readonly List<(long First, long Last)> broken = [];

    public async Task<AuditReport> RunAsync(CancellationToken cancellation = default)
    {
        var lines = file.Read().ToList();
        long seals = 0, found = 0, lastSeal = 0;
        DateTime? lastSealedOn = null;
        var previous = SealHashes.Start;
        var stored = new Dictionary<long, string>();
        while (await db.AuditSeals.AsNoTracking().Where(s => s.Id > lastSeal).OrderBy(s => s.Id).Take(SealsAtOnce).ToListAsync(cancellation) is { Count: > 0 } chunk)
        {
            var sound = new List<AuditSeal>();
            foreach (var seal in chunk)
            {
                if (IsSound(seal, previous))
                {
                    sound.Add(seal);
                }
                else
                {
                    // What it sealed cannot be told from what it says now.
                    broken.Add((seal.FirstEntryId, seal.LastEntryId));
                    found += await db.Audit.LongCountAsync(a => a.Id >= seal.FirstEntryId && a.Id <= seal.LastEntryId, cancellation);
                }

                (previous, lastSeal, lastSealedOn) = (seal.Hash, seal.Id, seal.SealedOn);
                stored[seal.Id] = seal.Hash;
            }

            seals += chunk.Count;
            found += sound.Count == 0 ? 0 : await CheckEntriesAsync(sound, cancellation);
        }

        CheckFile(lines, stored, lastSeal);
        var entries = await db.Audit.LongCountAsync(cancellation);
        var unsealed = entries - found;
        var newer = await db.AuditSeals.AnyAsync(cancellation) ? await db.Audit.LongCountAsync(a => a.Id > db.AuditSeals.Max(s => s.LastEntryId), cancellation) : entries;
        if (unsealed > newer && lastSealedOn is { } end)
        {
            unsealed -= await CheckAddedAsync(end - SealAudit.GapsFor, cancellation);
        }

        return new AuditReport(entries, seals, unsealed, [.. faults]);
    }

    private bool IsSound(AuditSeal seal, string previous)
    {
        if (seal.PreviousHash != previous)
        {
            faults.Add(new(AuditFaultKind.SealMissing, null, seal.Id, $"Seal {seal.Id} does not follow the seal before it in the database: at least one between them is missing."));
        }

        if (seal.Hash == hashes.Of(seal.PreviousHash, seal.SealedOn, seal.EntryIds, seal.EntryHashes))
        {
            return true;
        }

        faults.Add(new(AuditFaultKind.SealChanged, null, seal.Id, $"Seal {seal.Id} (entries {seal.FirstEntryId} to {seal.LastEntryId}) was changed, or made with another key; its entries cannot be checked."));
        return false;
    }

    /// <returns>How many of the sealed entries are there, changed or not.</returns>
    private async Task<long> CheckEntriesAsync(List<AuditSeal> seals, CancellationToken cancellation)
    {
        var (from, to) = (seals.Min(s => s.FirstEntryId), seals.Max(s => s.LastEntryId));
        var entries = await db.Audit.AsNoTracking().Where(a => a.Id >= from && a.Id <= to).ToDictionaryAsync(a => a.Id, cancellation);
        var expected = new Dictionary<long, (string Hash, long Seal)>();
        foreach (var seal in seals)
        {
            foreach (var (id, hash) in IdRanges.Ids(seal.EntryIds).Zip(SealHashes.Split(seal.EntryHashes)))
            {
                expected[id] = (hash, seal.Id);
            }
        }

        var whose = expected.GroupBy(e => e.Value.Hash).ToDictionary(g => g.Key, g => g.First().Key);
        var found = 0;
        foreach (var (id, (hash, seal)) in expected)
        {
            if (!entries.TryGetValue(id, out var entry))
            {
                faults.Add(new(AuditFaultKind.Missing, id, seal, $"Entry {id} was sealed and is missing."));
                continue;
            }

            found++;
            var actual = hashes.Of(entry);
            if (actual != hash)
            {
                faults.Add(whose.TryGetValue(actual, out var other)
                    ? new(AuditFaultKind.OutOfOrder, id, seal, $"Entry {id} is out of order: it holds what was sealed as entry {other}.")
                    : new(AuditFaultKind.Changed, id, seal, $"Entry {id} ({entry.Act} of {entry.SubjectKind} {entry.SubjectId}) was changed after it was sealed."));
            }
        }

        return found;
    }

    private void CheckFile(List<SealLine?> lines, Dictionary<long, string> stored, long lastSeal)
    {
        if (stored.Count > 0 && !file.Exists)
        {
            faults.Add(new(AuditFaultKind.SealFile, null, null, $"The file of seals ({file.FullPath}) is missing, so that what was cut from the end cannot be known. Put it back from a back-up."));
            return;
        }

        var written = new HashSet<long>();
        foreach (var line in lines)
        {
            if (line is null)
            {
                faults.Add(new(AuditFaultKind.SealFile, null, null, "The file of seals has a line that is none."));
            }
            else if (!written.Add(line.Seal))
            {
                faults.Add(new(AuditFaultKind.SealFile, null, line.Seal, $"The file of seals has seal {line.Seal} more than once."));
            }
            else if (!stored.TryGetValue(line.Seal, out var hash))
            {
                faults.Add(line.Seal > lastSeal
                    ? new(AuditFaultKind.CutFromTheEnd, null, line.Seal, $"Seal {line.Seal} (entries {line.First} to {line.Last}, {line.Entries} of them) was cut from the end of the database.")
                    : new(AuditFaultKind.SealMissing, null, line.Seal, $"Seal {line.Seal} (entries {line.First} to {line.Last}) stands in the file and is missing from the database."));
            }
            else if (hash != line.Hash)
            {
                faults.Add(new(AuditFaultKind.SealFile, null, line.Seal, $"Seal {line.Seal} is another in the file than in the database."));
            }
        }

        // The newest may not have reached the file yet; one with a later beside it should have.
        var newest = written.DefaultIfEmpty().Max();
        faults.AddRange(stored.Keys.Where(id => id < newest && !written.Contains(id)).Select(id =>
            new AuditFault(AuditFaultKind.SealFile, null, id, $"Seal {id} stands in the database and its line is missing from the file.")));
    }

    /// <summary>Entries from before <paramref name="settled"/> that no seal names: put in by hand.</summary>
    private async Task<long> CheckAddedAsync(DateTime settled, CancellationToken cancellation)
    {
        var old = await db.Audit.Where(a => a.OccurredOn < settled).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(cancellation);
        var texts = await db.AuditSeals.Select(s => new { s.FirstEntryId, s.LastEntryId, s.EntryIds }).ToListAsync(cancellation);
        var named = new HashSet<long>(texts.Where(t => !broken.Contains((t.FirstEntryId, t.LastEntryId))).SelectMany(t => IdRanges.Ids(t.EntryIds)));
        var added = old.Where(id => !named.Contains(id) && !broken.Exists(b => id >= b.First && id <= b.Last)).ToList();
        faults.AddRange(added.Select(id => new AuditFault(AuditFaultKind.Added, id, null, $"Entry {id} is of a time long sealed, and no seal names it: it was put in afterwards.")));
        return added.Count;
    }
}
