using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>A page of the work list with its footer and what its filters offer.</summary>
public sealed record WorkListView
{
    public required WorkFilter Filter { get; init; }
    public required DateOnly Day { get; init; }
    public required bool IsNow { get; init; }
    public required IReadOnlyList<WorkRow> Rows { get; init; }
    public required IReadOnlyDictionary<Guid, WorkRowDetail> Details { get; init; }

    /// <summary>Items the viewer may see, on this page or not; and those they may not.</summary>
    public required int Items { get; init; }
    public required int Restricted { get; init; }
    public required int People { get; init; }

    /// <summary>Days; null when the list is empty.</summary>
    public required int? Longest { get; init; }
    public required decimal? Median { get; init; }
    public required IReadOnlyList<TeamName> Teams { get; init; }

    /// <summary>Workers of the viewer's or the chosen team, to filter by and allocate to.</summary>
    public required IReadOnlyList<WorkerName> Workers { get; init; }
    public required IReadOnlyList<PolicyItem> Priorities { get; init; }
    public required IReadOnlyList<PolicyItem> Risks { get; init; }
    public required IReadOnlyList<SavedView> Views { get; init; }

    public string? TeamOf(WorkRow row) => Teams.FirstOrDefault(t => t.Id == row.TeamId)?.Name;
    public string? WorkerOf(WorkRow row) => Workers.FirstOrDefault(w => w.Id == row.WorkerId)?.Name;
}

public sealed record TeamName(Guid Id, string Key, string Name, bool IsOpen);

/// <param name="IsOffered">Works in the team the list is about, and has not left.</param>
public sealed record WorkerName(Guid Id, string Name, bool IsOffered);

/// <summary>Reads the work list in a fixed number of statements, whatever the size of the county.</summary>
[Scoped]
public sealed class WorkListReader(WaymarkDb db, Viewer viewer, CareClock clock, CouncilPolicy policy, RecordAccess access, WorkRows rows)
{
    public const int PageSize = 50;

    public async Task<WorkListView> ReadAsync(WorkFilter filter)
    {
        var (day, teams) = (rows.DayOf(filter), await TeamsAsync());
        var priorities = policy.ListAt(SetPriority.List, day);
        var query = rows.Query(filter, teams.ToDictionary(t => t.Key, t => t.Id));
        var visible = access.Visible(query, r => r.PersonId, r => r.EpisodeId);
        var page = await WorkRows.Ordered(visible, filter, [.. priorities.Select(p => p.Key)]).Skip((filter.Page - 1) * PageSize).Take(PageSize).ToListAsync();
        var (since, restricted) = await access.CountByAsync(query, r => r.PersonId, r => r.EpisodeId, r => r.Since);
        return new WorkListView
        {
            Filter = filter,
            Day = day,
            IsNow = day == clock.Today,
            Rows = page,
            Details = await rows.DetailsAsync([.. page.Select(r => r.EpisodeId)], day),
            Items = since.Values.Sum(),
            Restricted = restricted,
            People = await visible.Select(r => r.PersonId).Distinct().CountAsync(p => p != null),
            Longest = since.Count == 0 ? null : day.DayNumber - since.Keys.Min().DayNumber,
            Median = Median(since, day),
            Teams = teams,
            Workers = await WorkersAsync(filter, page, teams),
            Priorities = priorities,
            Risks = policy.ListAt(SetRisk.List, day),
            Views = await db.SavedViews.AsNoTracking().Where(v => v.OwnerId == viewer.UserId || (v.TeamId != null && viewer.TeamIds.Contains(v.TeamId.Value))).OrderBy(v => v.Name).ToListAsync(),
        };
    }

    /// <summary>Every row the viewer may see, for CSV: the same rows in the same order.</summary>
    public async Task<(IReadOnlyList<WorkRow> Rows, IReadOnlyDictionary<Guid, WorkRowDetail> Details, IReadOnlyList<TeamName> Teams, IReadOnlyDictionary<Guid, string> Workers)> ReadAllAsync(WorkFilter filter)
    {
        var (day, teams) = (rows.DayOf(filter), await TeamsAsync());
        var query = access.Visible(rows.Query(filter, teams.ToDictionary(t => t.Key, t => t.Id)), r => r.PersonId, r => r.EpisodeId);
        var all = await WorkRows.Ordered(query, filter, [.. policy.ListAt(SetPriority.List, day).Select(p => p.Key)]).ToListAsync();
        var details = new Dictionary<Guid, WorkRowDetail>();
        foreach (var chunk in all.Select(r => r.EpisodeId).Chunk(5000))
        {
            foreach (var (id, detail) in await rows.DetailsAsync(chunk, day))
            {
                details[id] = detail;
            }
        }

        var ids = all.Select(r => r.WorkerId).OfType<Guid>().Distinct().ToList();
        return (all, details, teams, await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName));
    }

    private async Task<List<TeamName>> TeamsAsync()
    {
        var today = clock.Today;
        return await db.Teams.AsNoTracking().OrderBy(t => t.Name).Select(t => new TeamName(t.Id, t.Key, t.Name, t.ClosedDate == null || t.ClosedDate > today)).ToListAsync();
    }

    /// <summary>Days; of an even number of items, the mean of the two in the middle.</summary>
    private static decimal? Median(IReadOnlyDictionary<DateOnly, int> since, DateOnly day)
    {
        if (since.Count == 0)
        {
            return null;
        }

        var count = since.Values.Sum();
        decimal At(int place) => day.DayNumber - since.OrderBy(s => s.Key).First(s => (place -= s.Value) < 0).Key.DayNumber;
        return (At((count - 1) / 2) + At(count / 2)) / 2;
    }

    private async Task<List<WorkerName>> WorkersAsync(WorkFilter filter, IReadOnlyList<WorkRow> shown, List<TeamName> teams)
    {
        var today = clock.Today;
        var onRows = shown.Select(r => r.WorkerId).OfType<Guid>().Distinct().ToList();
        var about = filter.Team is { } key && key != WorkFilter.Mine ? [.. teams.Where(t => t.Key == key).Select(t => t.Id)] : viewer.TeamIds.ToList();
        var members = db.TeamMembers.Where(m => about.Contains(m.TeamId) && m.FromDate <= today && (m.ToDate == null || m.ToDate > today)).Select(m => m.UserId);
        var chosen = Guid.TryParse(filter.Worker, out var id) ? id : Guid.Empty;
        return await db.Users.AsNoTracking().Where(u => onRows.Contains(u.Id) || u.Id == chosen || members.Contains(u.Id)).OrderBy(u => u.DisplayName)
            .Select(u => new WorkerName(u.Id, u.DisplayName, u.LeftOn == null && members.Contains(u.Id))).ToListAsync();
    }
}
