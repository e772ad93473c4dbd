using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Pathways;

/// <summary>Says by when an item that missed its clock is planned to be done. The clock stands, and so does the breach.</summary>
[Scoped]
public sealed class SetPlanDate(CareClock clock, EpisodeDesk desk, Auditor audit)
{
    public async Task RunAsync(SeenEpisode seen, DateOnly? planned)
    {
        var taken = await desk.TakeAsync(seen.Id, seen.Version, Can.DoWork);
        if (planned is null || planned < clock.Today)
        {
            throw new RefusedException("Enter the day on which it is planned to be done; it is yet to come.", "PlanDate");
        }

        audit.Record("set-plan-date", taken.Episode, new { before = taken.Episode.PlanDate, planned }, taken.Episode.PersonId);
        taken.Episode.PlanDate = planned;
        await desk.SaveAsync(taken.Episode);
    }
}
