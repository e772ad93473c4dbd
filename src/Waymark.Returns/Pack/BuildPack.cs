using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Returns.OpenItems;

namespace Waymark.Returns.Pack;

/// <summary>Makes a list's weekly pack from the records, on any day.</summary>
[Scoped]
public sealed class BuildPack(
    WaymarkDb db, CareClock clock, Viewer viewer, Catalogue catalogue, OpenItemStore imports, RecordAccess access,
    MeasureEngine engine, MeasureHistory history, MeasureMovements movements, MeasureCuts cuts)
{
    private const int WeeksOfHistory = 26;
    private const int MostOverdueListed = 50;

    /// <summary>Lists that have or had an item, those with most open first; kinds that only an extract names are among them.</summary>
    public async Task<IReadOnlyList<QueueMeasures>> ListsAsync()
    {
        var kinds = await db.Episodes.AsNoTracking().Where(e => e.Kind != null || e.PathwayKey != OpenItemKinds.GenericPathway)
            .GroupBy(e => new { e.PathwayKey, e.Kind }).Select(g => new { g.Key.PathwayKey, g.Key.Kind, Open = g.Count(e => e.ClosedDate == null) }).ToListAsync();
        return [.. kinds.OrderByDescending(k => k.Open)
            .Select(k => k.PathwayKey == OpenItemKinds.GenericPathway ? ListFor(k.Kind!) : catalogue.Queues.Values.FirstOrDefault(q => q.PathwayKey == k.PathwayKey))
            .OfType<QueueMeasures>().DistinctBy(q => q.Key)];
    }

    /// <summary>The list with a key: of a module, or of a kind that an extract brought.</summary>
    public QueueMeasures ListFor(string key) => catalogue.Queues.TryGetValue(key, out var queue) ? queue : OpenItemKinds.Table.For(key).Queue;

    /// <summary>The day the pack is about unless another is asked for: the newest extract that covers the list, else today.</summary>
    public async Task<DateOnly> UsualDayAsync(QueueMeasures list) => await imports.NewestAsync(list.Key) ?? clock.Today;

    public async Task<WeeklyPack> RunAsync(QueueMeasures list, DateOnly asAt)
    {
        if (asAt > clock.Today)
        {
            throw new RefusedException($"{asAt:d MMMM yyyy} has not come yet. Choose today or a day before.", "At");
        }

        var measures = list.All().ToDictionary(m => m.Key);
        var waiting = measures[list.WaitingItems];
        var byTeam = await cuts.ByAsync(waiting, Cut.Team, asAt, viewer);
        var overdue = await OverdueAsync(list, asAt);
        return new WeeklyPack
        {
            List = list,
            AsAt = asAt,
            Lines = await LinesAsync(list, measures, asAt),
            Waiting = await movements.BetweenAsync(waiting, asAt.AddDays(-7), asAt),
            Working = await movements.BetweenAsync(measures[list.WorkingItems], asAt.AddDays(-7), asAt),
            Teams = await TeamsAsync(list, measures, asAt, byTeam, overdue),
            History = await history.AtAsync(waiting, [.. Enumerable.Range(0, WeeksOfHistory + 1).Select(w => asAt.AddDays(-7 * (WeeksOfHistory - w)))]),
            OverdueContacts = overdue.Total,
            WithoutContactDate = overdue.None,
            Overdue = overdue.Shown,
            OverdueRestricted = overdue.Restricted,
            Workers = await WorkersAsync(list, asAt),
            Actions = await db.Set<PackAction>().AsNoTracking().Where(a => a.ListKey == list.Key && (a.State == PackActionState.Open || a.EndedDate >= asAt.AddDays(-7)))
                .OrderBy(a => a.State).ThenBy(a => a.DueDate).ToListAsync(),
        };
    }

    private async Task<IReadOnlyList<PackLine>> LinesAsync(QueueMeasures list, Dictionary<string, Measure> measures, DateOnly asAt)
    {
        var lines = new List<PackLine>();
        foreach (var rows in new[] { list.Waiting, list.Working, list.Open })
        {
            Measure[] these = [.. measures.Values.Where(m => ReferenceEquals(m.Rows, rows))];
            var now = await engine.ValuesAsync(rows, these, asAt);
            var before = await engine.ValuesAsync(rows, these, asAt.AddDays(-7));
            lines.AddRange(now.Zip(before, (n, b) => new PackLine(n, b, MeasureText.Change(n, b, "a week ago"))));
        }

        return lines;
    }

    private async Task<IReadOnlyList<PackTeam>> TeamsAsync(
        QueueMeasures list, Dictionary<string, Measure> measures, DateOnly asAt, IReadOnlyList<CutCell> waiting, Overdues overdue)
    {
        var before = (await cuts.ByAsync(measures[list.WaitingItems], Cut.Team, asAt.AddDays(-7), viewer)).ToDictionary(c => c.Value, c => c.Measured.Rows);
        var longest = (await cuts.ByAsync(measures[list.LongestWait], Cut.Team, asAt, viewer)).ToDictionary(c => c.Value, c => c.Measured.Value);
        var median = (await cuts.ByAsync(measures[list.MedianWait], Cut.Team, asAt, viewer)).ToDictionary(c => c.Value, c => c.Measured.Value);
        var working = await cuts.ByAsync(measures[list.WorkingItems], Cut.Team, asAt, viewer);
        var now = waiting.ToDictionary(c => c.Value, c => c.Measured.Rows);
        var allocated = working.ToDictionary(c => c.Value, c => c.Measured.Rows);
        return [.. waiting.Concat(working).DistinctBy(c => c.Value).OrderBy(c => c.Value == Cut.NotRecorded).ThenBy(c => c.Title).Select(c => new PackTeam(
            c.Value == Cut.NotRecorded ? null : c.Value,
            c.Title,
            now.GetValueOrDefault(c.Value),
            before.GetValueOrDefault(c.Value),
            (int?)longest.GetValueOrDefault(c.Value),
            median.GetValueOrDefault(c.Value),
            allocated.GetValueOrDefault(c.Value),
            overdue.ByTeam.GetValueOrDefault(c.Value == Cut.NotRecorded ? "" : c.Value)))];
    }

    /// <summary>Waiting items whose next contact was due before the day. Today's dates, so only for the newest day is this what it was then.</summary>
    private async Task<Overdues> OverdueAsync(QueueMeasures list, DateOnly asAt)
    {
        var waiting = from span in db.StageSpans.AsNoTracking()
                      where span.PathwayKey == list.PathwayKey && list.WaitingStages.Contains(span.StageKey) && span.SupersededOn == null
                          && span.FromDate <= asAt && (span.ToDate == null || span.ToDate > asAt)
                      join episode in db.Episodes.AsNoTracking() on span.EpisodeId equals episode.Id
                      where list.Kind == null || episode.Kind == list.Kind
                      select new { episode, span.VisitDate, span.TeamId };
        var none = await waiting.CountAsync(w => w.episode.NextContactDueDate == null);
        var late = await waiting.Where(w => w.episode.NextContactDueDate < asAt).OrderBy(w => w.episode.NextContactDueDate)
            .Select(w => new { w.episode.Id, w.episode.PersonId, w.episode.Reference, w.episode.Summary, w.episode.Risk, w.VisitDate, w.TeamId, w.episode.LastContactDate, Due = w.episode.NextContactDueDate!.Value })
            .ToListAsync();
        var teams = await db.Teams.AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Name);
        var seen = await access.RowsForAsync(late, r => r.PersonId, r => r.Id, countEverything: true);
        return new Overdues(
            late.Count,
            none,
            late.GroupBy(l => l.TeamId?.ToString() ?? "").ToDictionary(g => g.Key, g => g.Count()),
            [.. seen.Rows.Take(MostOverdueListed).Select(r => new PackOverdue(r.Id, r.Reference, r.TeamId is { } id ? teams.GetValueOrDefault(id) : null, r.Risk, r.VisitDate, r.LastContactDate, r.Due))],
            seen.Restricted);
    }

    /// <summary>A worker's own row, and their manager's view of it (practice: worker rows show only to that worker and their manager).</summary>
    private async Task<IReadOnlyList<PackWorker>> WorkersAsync(QueueMeasures list, DateOnly asAt)
    {
        var allowed = await cuts.WorkersSeenByAsync(viewer, asAt);
        var weekAgo = asAt.AddDays(-7);
        var query = db.StageSpans.AsNoTracking().Where(s => s.PathwayKey == list.PathwayKey && list.WorkingStages.Contains(s.StageKey) && s.SupersededOn == null && s.WorkerId != null
            && s.FromDate <= asAt && (s.ToDate == null || s.ToDate > weekAgo));
        if (allowed is not null)
        {
            query = query.Where(s => allowed.Contains(s.WorkerId!.Value));
        }

        if (list.Kind is { } kind)
        {
            query = query.Where(s => db.Episodes.Any(e => e.Id == s.EpisodeId && e.Kind == kind));
        }

        var spans = await (from span in query
                           join user in db.Users on span.WorkerId equals user.Id
                           select new { user.DisplayName, span.VisitDate, span.ToDate, span.EndReason }).ToListAsync();
        return [.. spans.GroupBy(s => s.DisplayName).OrderBy(g => g.Key).Select(g =>
        {
            var open = g.Where(s => s.ToDate is null || s.ToDate > asAt).ToList();
            return new PackWorker(g.Key, open.Count, open.Count == 0 ? null : asAt.DayNumber - open.Min(s => s.VisitDate.DayNumber), g.Count(s => s.ToDate <= asAt && s.EndReason is not (null or Departures.Vanished)));
        })];
    }

    private sealed record Overdues(int Total, int None, Dictionary<string, int> ByTeam, IReadOnlyList<PackOverdue> Shown, int Restricted);
}
