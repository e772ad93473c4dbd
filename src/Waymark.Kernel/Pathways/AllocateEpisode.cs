using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Pathways;

/// <summary>Gives an episode a worker, and with them a team. In a queue whose allocation moves it on, it leaves the list as allocated.</summary>
[Scoped]
public sealed class AllocateEpisode(WaymarkDb db, CareClock clock, EpisodeDesk desk, SpanWriter spans, StageMover mover, Auditor audit)
{
    /// <exception cref="RefusedException">No such worker, or they have left; already theirs; closed or changed by someone else.</exception>
    public async Task RunAsync(SeenEpisode seen, Guid workerId, Guid? teamId = null)
    {
        var taken = await desk.TakeAsync(seen.Id, seen.Version, Can.AllocateWork);
        await ApplyAsync(taken, workerId, teamId);
        await desk.SaveAsync(taken.Episode);
    }

    internal async Task ApplyAsync(TakenEpisode taken, Guid workerId, Guid? teamId)
    {
        var worker = await db.Users.FirstOrDefaultAsync(u => u.Id == workerId);
        if (worker is null || worker.LeftOn is not null)
        {
            throw new RefusedException(worker is null ? "Choose the worker to allocate to." : $"{worker.DisplayName} has left. Choose someone else.", "WorkerId");
        }

        var episode = taken.Episode;
        var team = teamId ?? episode.TeamId;
        if (episode.WorkerId == workerId && episode.TeamId == team && taken.Stage.AllocationMovesTo is null)
        {
            throw new RefusedException($"{episode.Reference} is allocated to {worker.DisplayName} already.");
        }

        audit.Record("allocate-episode", episode, new { stage = episode.StageKey, before = episode.WorkerId, worker = workerId, team }, episode.PersonId);
        if (taken.Stage.AllocationMovesTo is { } next)
        {
            await mover.MoveAsync(taken, next, Departures.Allocated, clock.Now, new Placing(team, workerId));
            return;
        }

        (episode.TeamId, episode.WorkerId) = (team, workerId);
        spans.Continue(episode, taken.Open, clock.Now);
    }
}

/// <summary>Allocates many to one worker.</summary>
[Scoped]
public sealed class AllocateMany(ManyEpisodes many, AllocateEpisode allocate)
{
    public Task<ManyOutcome> RunAsync(IReadOnlyCollection<SeenEpisode> seen, Guid workerId, Guid? teamId = null) => many.RunAsync(seen, Can.AllocateWork, taken => allocate.ApplyAsync(taken, workerId, teamId));
}
