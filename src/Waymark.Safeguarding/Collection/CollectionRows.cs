using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Safeguarding.Measures;

namespace Waymark.Safeguarding.Collection;

/// <summary>Shows what one cell of the collection counts, as far as the viewer may see it: names for those who may, pseudonyms for the rest, and "n restricted".</summary>
[Scoped]
public sealed class CollectionRows(WaymarkDb db, ReadCollection read, RecordAccess access, Pseudonyms pseudonyms, Viewer viewer)
{
    /// <summary>What the opening of rows is recorded under; it is in no list of measures.</summary>
    internal static Measure Opens { get; } = SafeguardingMeasuresPart.Of("safeguarding-collection", "Safeguarding Adults Collection", "items", EnquiryMeasures.Concluded, Fold.Count, "The cells of the national return.");

    public async Task<SeenRows> ReadAsync(CollectionYear year, string table, int row, int column, CancellationToken cancellation = default)
    {
        if (!viewer.May(Can.OpenMeasureRows))
        {
            throw new RefusedException("You may not open the rows under a number.");
        }

        var entries = await read.BehindAsync(year, table, row, column, cancellation);
        var shown = await access.RowsForAsync(entries, e => e.PersonId, e => e.EpisodeId, countEverything: true);
        var isNamed = viewer.May(Can.SeeNamesInMeasures) && viewer.May(Can.ViewPeople);
        var people = isNamed ? await PeopleAsync(shown.Rows, cancellation) : [];
        var episodes = isNamed ? await EpisodesAsync(shown.Rows, cancellation) : [];
        var rows = shown.Rows.OrderBy(e => e.Date).ThenBy(e => e.Subject).Select(e => new SeenRow
        {
            Key = pseudonyms.Of(e.Subject),
            PersonName = e.PersonId is { } id ? people.GetValueOrDefault(id).Name : null,
            PersonReference = e.PersonId is { } person ? people.GetValueOrDefault(person).Reference : null,
            EpisodeReference = e.EpisodeId is { } episode ? episodes.GetValueOrDefault(episode) : null,
            From = e.Date,
            InNumerator = true,
            PersonId = isNamed ? e.PersonId : null,
        });
        return new SeenRows([.. rows], shown.Visible, shown.Restricted, isNamed);
    }

    private async Task<Dictionary<Guid, (string Name, string Reference)>> PeopleAsync(IReadOnlyList<CollectionEntry> rows, CancellationToken cancellation)
    {
        var ids = rows.Select(r => r.PersonId).OfType<Guid>().Distinct().ToList();
        return await db.People.AsNoTracking().Where(p => EF.Parameter(ids).Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => (p.DisplayName, p.Reference), cancellation);
    }

    private async Task<Dictionary<Guid, string>> EpisodesAsync(IReadOnlyList<CollectionEntry> rows, CancellationToken cancellation)
    {
        var ids = rows.Select(r => r.EpisodeId).OfType<Guid>().Distinct().ToList();
        return await db.Episodes.AsNoTracking().Where(e => EF.Parameter(ids).Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Reference, cancellation);
    }
}
