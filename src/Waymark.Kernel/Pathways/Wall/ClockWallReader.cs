using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways.Work;
using Waymark.Kernel.People;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.Pathways.Wall;

/// <summary>
/// What is about to breach? Teams by clocks, over one area of work. Numbers are the same for everyone and are read in one statement over the running clocks; the list
/// behind a number shows what its reader may see. What breached longer ago than the working day before stands apart, so that the wall is not always red.
/// </summary>
[Scoped]
public sealed class ClockWallReader(WaymarkDb db, Catalogue catalogue, CareClock clock, CouncilPolicy policy, RecordAccess access)
{
    public const int MostBacklog = 50;

    /// <summary>Areas of work with clocks: the modules that have them.</summary>
    public IReadOnlyList<WallArea> Areas { get; } =
        [.. catalogue.Modules.Select(m => new WallArea(m.Name, [.. m.Pathways.Where(p => p.Clocks.Count > 0).Select(p => p.Key)])).Where(a => a.Pathways.Count > 0)];

    /// <summary>The area in which most clocks run; the first when none does.</summary>
    public async Task<WallArea?> BusiestAsync()
    {
        var running = await (
            from c in db.EpisodeClocks.AsNoTracking()
            where c.StoppedOn == null
            join e in db.Episodes.AsNoTracking() on c.EpisodeId equals e.Id
            where e.ClosedDate == null
            group c by e.PathwayKey into g
            select new { g.Key, Count = g.Count() }).ToListAsync();
        return Areas.OrderByDescending(a => running.Where(r => a.Pathways.Contains(r.Key)).Sum(r => r.Count)).FirstOrDefault();
    }

    public async Task<ClockWall> ReadAsync(WallArea area)
    {
        ArgumentNullException.ThrowIfNull(area);
        var (now, today, since) = (clock.Now, clock.Today, Since(clock.Today));
        var cells = await CellsAsync(area, now, today, since);
        var teamIds = cells.Select(c => c.TeamId).OfType<Guid>().Distinct().ToList();
        var teams = await db.Teams.AsNoTracking().Where(t => teamIds.Contains(t.Id)).OrderBy(t => t.Name).Select(t => new TeamName(t.Id, t.Key, t.Name, true)).ToListAsync();
        var columns = area.Pathways.Select(catalogue.Pathway).SelectMany(p => p.Clocks.Where(CanRun).Select(c => new WallColumn(p, c))).ToList();
        var (backlog, restricted) = await BacklogAsync(area, since);
        return new ClockWall
        {
            Area = area,
            Columns = columns,
            Teams = teams,
            Cells = cells.ToDictionary(c => (c.TeamId, c.PathwayKey, c.ClockKey)),
            Backlog = backlog,
            BacklogRestricted = restricted,
            Since = since,
            ReadOn = now,
        };
    }

    /// <summary>From the start of the working day before: what breached on a Friday night is still to be seen on Monday.</summary>
    public static DateOnly Since(DateOnly today) => WorkingCalendar.AddWorkingDays(today, -1);

    /// <summary>A clock between two dates that a form tells is over when it is written down: it never stands on the wall.</summary>
    private static bool CanRun(Clock clock) => !(clock.Start.Kind == ClockEventKind.FactDate && clock.Stop?.Kind == ClockEventKind.FactDate);

    private Task<List<WallCell>> CellsAsync(WallArea area, DateTime now, DateOnly today, DateOnly since) => (
        from c in db.EpisodeClocks.AsNoTracking()
        where c.StoppedOn == null
        join e in db.Episodes.AsNoTracking() on c.EpisodeId equals e.Id
        where e.ClosedDate == null && area.Pathways.Contains(e.PathwayKey)
        group c by new { e.TeamId, e.PathwayKey, c.ClockKey } into g
        select new WallCell
        {
            TeamId = g.Key.TeamId,
            PathwayKey = g.Key.PathwayKey,
            ClockKey = g.Key.ClockKey,
            Open = g.Count(),
            DueToday = g.Sum(c => c.DueDate == today && c.DueOn >= now ? 1 : 0),
            Breached = g.Sum(c => c.DueOn < now && c.DueDate >= since ? 1 : 0),
            Backlog = g.Sum(c => c.DueDate < since ? 1 : 0),
        }).ToListAsync();

    /// <summary>Most urgent first, then longest overdue; each item once, by the clock that breached first.</summary>
    private async Task<(IReadOnlyList<WallItem> Items, int Restricted)> BacklogAsync(WallArea area, DateOnly since)
    {
        var limits = area.Pathways.Select(catalogue.Pathway).SelectMany(p => p.Clocks).Where(c => !c.IsThreshold).Select(c => c.Key).Distinct().ToList();
        var priorities = policy.ListAt(SetPriority.List, clock.Today).Select(p => p.Key).ToList();
        var (first, second, third) = (priorities.ElementAtOrDefault(0), priorities.ElementAtOrDefault(1), priorities.ElementAtOrDefault(2));

        // From the clocks that ran out, which are few, and not from the open items, which are many.
        var late = db.EpisodeClocks.AsNoTracking().Where(c => c.StoppedOn == null && !c.IsThreshold && c.DueDate < since && limits.Contains(c.ClockKey));
        var rows =
            from c in late
            join e in db.Episodes.AsNoTracking() on c.EpisodeId equals e.Id
            where e.ClosedDate == null && area.Pathways.Contains(e.PathwayKey)
                && !late.Any(o => o.EpisodeId == c.EpisodeId && (o.DueOn < c.DueOn || (o.DueOn == c.DueOn && string.Compare(o.ClockKey, c.ClockKey) < 0)))
            select new { Episode = e, Clock = c, Rank = e.Priority == first ? 0 : e.Priority == second ? 1 : e.Priority == third ? 2 : e.Priority != null ? 3 : 4 };
        var shown = await access.RowsForAsync(rows, r => r.Episode.PersonId, r => r.Episode.Id, page: q => q.OrderBy(r => r.Rank).ThenBy(r => r.Clock.DueOn).Take(MostBacklog), countEverything: true);
        var people = shown.Rows.Select(r => r.Episode.PersonId).OfType<Guid>().Distinct().ToList();
        var workers = shown.Rows.Select(r => r.Episode.WorkerId).OfType<Guid>().Distinct().ToList();
        var names = await db.People.AsNoTracking().Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id);
        var users = await db.Users.AsNoTracking().Where(u => workers.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName);
        return ([.. shown.Rows.Select(r => new WallItem(
            r.Episode,
            catalogue.Pathway(r.Episode.PathwayKey).Clocks.First(c => c.Key == r.Clock.ClockKey).Title,
            r.Clock.DueDate!.Value,
            r.Episode.PersonId is { } person ? names.GetValueOrDefault(person) : null,
            r.Episode.WorkerId is { } worker ? users.GetValueOrDefault(worker) : null))], shown.Restricted);
    }
}

/// <param name="Name">Name of the module.</param>
public sealed record WallArea(string Name, IReadOnlyList<string> Pathways);

public sealed record WallColumn(Pathway Pathway, Clock Clock);

/// <summary>One team's running clocks of one kind.</summary>
public sealed record WallCell
{
    public required Guid? TeamId { get; init; }
    public required string PathwayKey { get; init; }
    public required string ClockKey { get; init; }
    public required int Open { get; init; }
    public required int DueToday { get; init; }

    /// <summary>Since the start of the working day before.</summary>
    public required int Breached { get; init; }
    public required int Backlog { get; init; }
}

/// <summary>One of the old backlog.</summary>
public sealed record WallItem(Episode Episode, string Clock, DateOnly DueDate, Person? Person, string? Worker);

public sealed record ClockWall
{
    public required WallArea Area { get; init; }
    public required IReadOnlyList<WallColumn> Columns { get; init; }
    public required IReadOnlyList<TeamName> Teams { get; init; }
    public required IReadOnlyDictionary<(Guid?, string, string), WallCell> Cells { get; init; }
    public required IReadOnlyList<WallItem> Backlog { get; init; }
    public required int BacklogRestricted { get; init; }
    public required DateOnly Since { get; init; }
    public required DateTime ReadOn { get; init; }

    public WallCell? At(Guid? team, WallColumn column) => Cells.GetValueOrDefault((team, column.Pathway.Key, column.Clock.Key));

    public bool HasNoTeam => Cells.Keys.Any(k => k.Item1 is null);
}
