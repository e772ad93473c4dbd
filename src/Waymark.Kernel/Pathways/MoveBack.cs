using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways;

/// <summary>Moves an episode back to an earlier stage that the pathway allows, with a reason. Clocks that the stage had to meet still run.</summary>
[Scoped]
public sealed class MoveBack(WaymarkDb db, CareClock clock, EpisodeDesk desk, StageMover mover, Auditor audit)
{
    public async Task RunAsync(SeenEpisode seen, string stageKey, string? reason)
    {
        var words = Words.Needed(reason, "Say why it goes back; whoever takes it up reads this.");
        var taken = await desk.TakeAsync(seen.Id, seen.Version, Can.DoWork);
        if (!taken.Stage.MovesBackTo.Contains(stageKey))
        {
            throw new RefusedException($"{taken.Stage.Title} cannot go back to that stage.", "StageKey");
        }

        if (await db.Approvals.AnyAsync(a => a.VisitId == taken.Open.VisitId && a.DecidedOn == null))
        {
            throw new RefusedException($"{taken.Stage.Title} waits for approval. Return it first.");
        }

        audit.Record("move-back", taken.Episode, new { from = taken.Stage.Key, to = stageKey, reason = words }, taken.Episode.PersonId);
        await mover.MoveAsync(taken, stageKey, Departures.MovedBack, clock.Now, default);
        await desk.SaveAsync(taken.Episode);
    }
}

/// <summary>Opens a closed episode again in a stage that the pathway allows. Clocks that only the closing had stopped run on.</summary>
[Scoped]
public sealed class ReopenEpisode(CareClock clock, EpisodeDesk desk, StageMover mover, Auditor audit)
{
    public async Task RunAsync(SeenEpisode seen, string stageKey, string? reason)
    {
        var words = Words.Needed(reason, "Say why it is opened again.");
        var taken = await desk.TakeAnyAsync(seen.Id);
        desk.Check(taken, Can.DoWork);
        await desk.CheckVersionAsync(taken.Episode, seen.Version);
        if (taken.Span is not null)
        {
            throw new RefusedException($"{taken.Episode.Reference} is open.");
        }

        var stage = taken.Pathway.Stages.FirstOrDefault(s => s.Key == stageKey && s.Reopens)
            ?? throw new RefusedException(taken.Pathway.Stages.Any(s => s.Reopens)
                ? "Choose the stage to open it in."
                : $"{taken.Pathway.Title} is not opened again once closed. Open a new one and link it.", "StageKey");
        var closed = $"{Format.DateTime(taken.Episode.ClosedOn!.Value)}, {taken.Episode.Departure}";
        await mover.ReopenAsync(taken.Episode, taken.Pathway, stage, clock.Now);
        audit.Record("reopen-episode", taken.Episode, new { stage = stageKey, closed, reason = words }, taken.Episode.PersonId);
        await desk.SaveAsync(taken.Episode);
    }
}
