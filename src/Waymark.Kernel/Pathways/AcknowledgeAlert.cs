using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways;

/// <summary>
/// A clock that ran out is an alert. It has an owner, the worker of the episode or, where there is none, whoever manages its team; it must be acknowledged, and moves up
/// to the manager if it is not (practice: clocks). To acknowledge says "I have seen it and act on it"; the clock runs on and the breach stands.
/// </summary>
[Scoped]
public sealed class AcknowledgeAlert(WaymarkDb db, CareClock clock, Viewer viewer, RecordAccess access, Auditor audit)
{
    /// <exception cref="RefusedException">Not there, not the viewer's, not run out, stopped or acknowledged meanwhile.</exception>
    public async Task RunAsync(Guid clockId)
    {
        var alert = await db.EpisodeClocks.SingleOrDefaultAsync(c => c.Id == clockId);
        var episode = alert is null ? null : await access.Visible(db.Episodes).SingleOrDefaultAsync(e => e.Id == alert.EpisodeId);
        if (alert is null || episode is null)
        {
            throw new RefusedException("There is no such alert. Look at your day as it is now.");
        }

        if (episode.WorkerId != viewer.UserId && !IsManaged(episode) && !viewer.IsSystem)
        {
            throw new RefusedException($"This alert is not yours: {episode.Reference} belongs to another worker or team.");
        }

        if (alert.StoppedOn is { } stopped)
        {
            throw new RefusedException($"What was due on {episode.Reference} was done on {Format.DateTime(stopped)}; there is nothing left to acknowledge.");
        }

        if (alert.IsThreshold || !(alert.DueOn < clock.Now))
        {
            throw new RefusedException($"{episode.Reference} is not overdue.");
        }

        if (alert.AcknowledgedOn is { } seen)
        {
            var by = await db.Users.Where(u => u.Id == alert.AcknowledgedById).Select(u => u.DisplayName).FirstOrDefaultAsync();
            throw new RefusedException($"{by ?? "Waymark"} acknowledged this on {Format.DateTime(seen)}.");
        }

        (alert.AcknowledgedById, alert.AcknowledgedOn) = (viewer.UserId, clock.Now);
        audit.Record("acknowledge-alert", episode, new { clock = alert.ClockKey, alert.DueOn }, episode.PersonId);
        await db.SaveChangesAsync();
    }

    private bool IsManaged(Episode episode) => episode.TeamId is { } team && viewer.ManagedTeamIds.Contains(team);
}

/// <summary>When an alert that nobody acknowledged moves up to whoever manages the team, by the council's policy.</summary>
[Scoped]
public sealed class Alerts(CareClock clock, CouncilPolicy policy)
{
    public const string Key = "alerts.move-up";

    /// <param name="dueOn">When the clock ran out.</param>
    public bool HasMovedUp(DateTime dueOn)
    {
        var day = CareClock.LondonDate(dueOn);
        return policy.LimitAt(Key, day) is { } limit
            && WorkingCalendar.DueOn(dueOn, limit.Value, limit.Unit, service: limit.Unit == ClockUnit.ServiceHours ? ServiceHours.On(policy, day) : null) < clock.Now;
    }
}
