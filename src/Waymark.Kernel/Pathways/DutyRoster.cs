using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Organisations;

namespace Waymark.Kernel.Pathways;

/// <summary>Says which team holds a duty: one that covers the person's ward first, then one that covers everywhere; by name where several do.</summary>
[Scoped]
public sealed class DutyRoster(WaymarkDb db, CareClock clock)
{
    private List<Holder>? holders;

    /// <summary>
    /// The team an episode goes to when it enters a stage. A team that already has it and holds the duty keeps it (practice: known to another team, that team goes on);
    /// where nobody holds the duty the current team keeps it too, so that it has a named owner at every moment. Null only when there is none.
    /// </summary>
    public async Task<Guid?> TeamForAsync(Duty duty, string? ward, Guid? currentTeamId)
    {
        var able = (await HoldersAsync()).Where(h => h.DutyKey == duty.Key).ToList();
        if (currentTeamId is { } current && (able.Count == 0 || able.Any(h => h.TeamId == current)))
        {
            return current;
        }

        return (able.FirstOrDefault(h => ward is not null && h.Wards.Contains(ward))
            ?? able.FirstOrDefault(h => h.Wards.Length == 0))?.TeamId ?? currentTeamId;
    }

    private async Task<List<Holder>> HoldersAsync()
    {
        var today = clock.Today;
        return holders ??= (await (
            from duty in db.TeamDuties.AsNoTracking()
            join team in db.Teams.AsNoTracking() on duty.TeamId equals team.Id
            where duty.FromDate <= today && (duty.ToDate == null || duty.ToDate > today) && (team.ClosedDate == null || team.ClosedDate > today)
            orderby team.Name, team.Key
            select new { duty.TeamId, duty.DutyKey, duty.Wards }).ToListAsync())
            .ConvertAll(d => new Holder(d.TeamId, d.DutyKey, d.Wards.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));
    }

    private sealed record Holder(Guid TeamId, string DutyKey, string[] Wards);
}
