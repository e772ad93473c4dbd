using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.People;

/// <summary>Follows records that were merged, for whoever still holds the old one.</summary>
[Scoped]
public sealed class MergedPeople(WaymarkDb db)
{
    /// <summary>For each id that exists, the record that stands for it now.</summary>
    public async Task<IReadOnlyDictionary<Guid, Guid>> SurvivorsAsync(IReadOnlyCollection<Guid> personIds)
    {
        var found = await db.People.Where(p => personIds.Contains(p.Id)).Select(p => new { p.Id, p.MergedIntoId }).ToListAsync();
        var survivors = new Dictionary<Guid, Guid>();
        foreach (var person in found)
        {
            survivors[person.Id] = person.MergedIntoId is { } into ? await LastAsync(into) : person.Id;
        }

        return survivors;
    }

    /// <summary>Notes that a new row was meant for a record merged away, so that un-merging gives it back. Saved with the act.</summary>
    public async Task RememberAsync(Guid mergedId, string table, Guid rowId)
    {
        if (await db.PersonMerges.Where(m => m.MergedId == mergedId && m.UndoneOn == null).Select(m => (Guid?)m.Id).FirstOrDefaultAsync() is { } merge)
        {
            db.Add(new PersonMergeMove { MergeId = merge, Kind = PersonMergeMoveKind.RowMoved, Table = table, RowId = rowId.ToString(), Column = "PersonId" });
        }
    }

    private async Task<Guid> LastAsync(Guid id)
    {
        // A record merged into one that was itself merged later; never a circle, since only a standing record is merged.
        while (await db.People.Where(p => p.Id == id).Select(p => p.MergedIntoId).FirstOrDefaultAsync() is { } next)
        {
            id = next;
        }

        return id;
    }
}
