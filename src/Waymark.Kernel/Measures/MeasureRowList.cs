using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Measures;

/// <summary>A row under a number, as far as the viewer may see it.</summary>
public sealed record SeenRow
{
    /// <summary>Pseudonym of what is counted; the same in frozen figures and extracts.</summary>
    public required string Key { get; init; }

    /// <summary>Null unless the viewer may see names in measures.</summary>
    public string? PersonName { get; init; }
    public string? PersonReference { get; init; }
    public string? EpisodeReference { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>The day the wait is counted from; null for a flow.</summary>
    public DateOnly? Since { get; init; }
    public long? Number { get; init; }
    public string? Team { get; init; }

    /// <summary>Only for that worker and those who manage them.</summary>
    public string? Worker { get; init; }
    public string? Reason { get; init; }
    public required bool InNumerator { get; init; }
    public Guid? PersonId { get; init; }
}

/// <param name="Visible">Rows the viewer may see, on this page or not; with <paramref name="Restricted"/> it is the number itself.</param>
/// <param name="Named">Names are shown: each person on the page has then been viewed.</param>
public sealed record SeenRows(IReadOnlyList<SeenRow> Rows, int Visible, int Restricted, bool Named);

/// <summary>Opens the rows of a number through <see cref="RecordAccess"/>: names for those who may see them, pseudonyms for analysts, "n restricted" for the rest.</summary>
[Scoped]
public sealed class MeasureRowList(WaymarkDb db, MeasureEngine engine, MeasureCuts cuts, RecordAccess access, Pseudonyms pseudonyms, Viewer viewer)
{
    /// <param name="page">From 1; <c>null</c> gives all rows.</param>
    /// <exception cref="RefusedException">The viewer may not open rows of measures, or not of this one.</exception>
    public async Task<SeenRows> ReadAsync(
        Measure measure, DateOnly asAt, DateOnly? periodFrom, IReadOnlyList<CutValue> within, int? page, int size = 50, CancellationToken cancellation = default)
    {
        if (!viewer.May(Can.OpenMeasureRows) || (measure.Permission is { } permission && !viewer.May(permission)))
        {
            throw new RefusedException("You may see the number but not open the rows under it.");
        }

        var isStock = measure.Rows.Kind == MeasureKind.Stock;
        var rows = engine.RowsOf(measure, asAt, periodFrom, within).Select(Columns);
        var shown = await access.RowsForAsync(rows, r => r.PersonId, r => r.EpisodeId, visible =>
        {
            var ordered = isStock ? visible.OrderBy(r => r.Since ?? r.From).ThenBy(r => r.SubjectId) : visible.OrderByDescending(r => r.From).ThenBy(r => r.SubjectId);
            return page is { } number ? ordered.Skip((number - 1) * size).Take(size) : ordered;
        }, countEverything: true);
        var hits = await engine.WithHitsAsync(measure, shown.Rows, asAt, cancellation);
        return new SeenRows(await DressAsync(measure, hits, asAt, cancellation), shown.Visible, shown.Restricted, IsNamed);
    }

    private bool IsNamed => viewer.May(Can.SeeNamesInMeasures) && viewer.May(Can.ViewPeople);

    private async Task<IReadOnlyList<SeenRow>> DressAsync(Measure measure, IReadOnlyList<CutRow> rows, DateOnly asAt, CancellationToken cancellation)
    {
        var people = IsNamed ? await PeopleAsync(rows, cancellation) : [];
        var episodes = IsNamed ? await EpisodesAsync(rows, cancellation) : [];
        var teamIds = rows.Select(r => r.TeamId).OfType<Guid>().Distinct().ToList();
        var teams = await db.Teams.Where(t => teamIds.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, cancellation);
        var workers = await WorkersAsync(rows, asAt, cancellation);
        var isStock = measure.Rows.Kind == MeasureKind.Stock;
        return [.. rows.Select(r =>
        {
            var person = r.PersonId is { } id ? people.GetValueOrDefault(id) : default;
            return new SeenRow
            {
                Key = pseudonyms.Of(measure.Fold == Fold.People && r.PersonId is { } subject ? subject.ToString() : r.SubjectId),
                PersonName = person.Name,
                PersonReference = person.Reference,
                EpisodeReference = r.EpisodeId is { } episode ? episodes.GetValueOrDefault(episode) : null,
                From = r.From,
                Since = isStock ? r.Since ?? r.From : null,
                Number = isStock && measure.Fold != Fold.Sum ? asAt.DayNumber - (r.Since ?? r.From).DayNumber : r.Value,
                Team = r.TeamId is { } team ? teams.GetValueOrDefault(team) : null,
                Worker = r.WorkerId is { } worker ? workers.GetValueOrDefault(worker) : null,
                Reason = r.Reason is { } reason ? Pathways.Departures.Title(reason) : null,
                InNumerator = measure.Fold != Fold.Percent || r.Hit == true,
                PersonId = IsNamed ? r.PersonId : null,
            };
        })];
    }

    private async Task<Dictionary<Guid, (string Name, string Reference)>> PeopleAsync(IReadOnlyList<CutRow> rows, CancellationToken cancellation)
    {
        var ids = rows.Select(r => r.PersonId).OfType<Guid>().Distinct().ToList();
        return await db.People.AsNoTracking().Where(p => EF.Parameter(ids).Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => (p.DisplayName, p.Reference), cancellation);
    }

    private async Task<Dictionary<Guid, string>> EpisodesAsync(IReadOnlyList<CutRow> rows, CancellationToken cancellation)
    {
        var ids = rows.Select(r => r.EpisodeId).OfType<Guid>().Distinct().ToList();
        return await db.Episodes.Where(e => EF.Parameter(ids).Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Reference, cancellation);
    }

    private async Task<Dictionary<Guid, string>> WorkersAsync(IReadOnlyList<CutRow> rows, DateOnly asAt, CancellationToken cancellation)
    {
        var seen = await cuts.WorkersSeenByAsync(viewer, asAt, cancellation);
        var ids = rows.Select(r => r.WorkerId).OfType<Guid>().Where(w => seen?.Contains(w) != false).Distinct().ToList();
        return ids.Count == 0 ? [] : await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation);
    }

    private static System.Linq.Expressions.Expression<Func<CutRow, CutRow>> Columns { get; } = r => new CutRow
    {
        SubjectId = r.SubjectId, EpisodeId = r.EpisodeId, PersonId = r.PersonId, From = r.From, Since = r.Since, TeamId = r.TeamId, WorkerId = r.WorkerId, Value = r.Value,
        Hit = r.Hit, Reason = r.Reason,
    };
}
