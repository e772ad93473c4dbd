using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.People;

namespace Waymark.Kernel.Pathways;

/// <summary>Puts an episode into a stage, on to another, or closes it: span, clocks, team, tasks and the modules' reactions together, in the caller's unit of work.</summary>
[Scoped]
public sealed class StageMover(WaymarkDb db, SpanWriter spans, ClockKeeper clocks, DutyRoster roster, Catalogue catalogue, IServiceProvider services)
{
    public async Task OpenAsync(Episode episode, Pathway pathway, Person? person, DateTime enteredOn)
    {
        var stage = pathway.StageAt(episode.StageKey);
        episode.TeamId ??= await RouteAsync(episode, pathway, stage) ?? await roster.TeamForAsync(stage.Duty, person?.Ward, null);
        var span = spans.Begin(episode, enteredOn);
        clocks.Received(episode, pathway, person);
        Entered(episode, pathway, stage, span);
        await ReactAsync(new StageChange { Episode = episode, Pathway = pathway, To = stage, On = enteredOn });
    }

    /// <summary>Moves on or back, for a reason; <paramref name="change"/> tells the modules by what exit and form.</summary>
    public async Task MoveAsync(TakenEpisode taken, string stageKey, string endReason, DateTime on, Placing placing, StageChange? change = null)
    {
        var (episode, from, to) = (taken.Episode, taken.Stage, taken.Pathway.StageAt(stageKey));
        var team = placing.TeamId ?? await RouteAsync(episode, taken.Pathway, to) ?? await roster.TeamForAsync(to.Duty, await WardAsync(episode), episode.TeamId);
        var worker = placing.WorkerId ?? (team == episode.TeamId && to.AllocationMovesTo is null ? episode.WorkerId : null);
        (episode.StageKey, episode.TeamId, episode.WorkerId) = (stageKey, team, worker);
        (episode.IsPaused, episode.PauseReason) = (false, null);
        var span = spans.Enter(episode, taken.Open, on, endReason);
        if (endReason != Departures.MovedBack)
        {
            // Moved back is not completed: what the stage had to be done by still runs.
            clocks.Happened(episode, taken.Pathway, from.Left, on);
        }

        Entered(episode, taken.Pathway, to, span);
        await ReactAsync((change ?? new StageChange { Episode = episode, Pathway = taken.Pathway, On = on }) with { From = from, To = to });
    }

    public async Task CloseAsync(TakenEpisode taken, string exitKey, string departure, string? reason, DateTime on, StageChange? change = null)
    {
        var (episode, from) = (taken.Episode, taken.Stage);
        (episode.ClosedOn, episode.ClosedDate) = (on, CareClock.LondonDate(on));
        (episode.ExitKey, episode.Departure, episode.ExitReason) = (exitKey, departure, reason);
        (episode.IsPaused, episode.PauseReason, episode.NextContactDueDate) = (false, null, null);
        spans.End(taken.Open, on, departure);
        clocks.Happened(episode, taken.Pathway, from.Left, on);
        clocks.Closed(episode, on);
        await ReactAsync((change ?? new StageChange { Episode = episode, Pathway = taken.Pathway, On = on }) with { From = from, To = null });
    }

    public async Task ReopenAsync(Episode episode, Pathway pathway, Stage stage, DateTime on)
    {
        await clocks.ReopenedAsync(episode, pathway, episode.StageKey, episode.ClosedOn!.Value);
        var team = await roster.TeamForAsync(stage.Duty, await WardAsync(episode), episode.TeamId);
        episode.WorkerId = team == episode.TeamId && stage.AllocationMovesTo is null ? episode.WorkerId : null;
        (episode.StageKey, episode.TeamId) = (stage.Key, team);
        (episode.ClosedOn, episode.ClosedDate, episode.ExitKey, episode.Departure, episode.ExitReason) = (null, null, null, null, null);
        Entered(episode, pathway, stage, spans.Begin(episode, on));
        await ReactAsync(new StageChange { Episode = episode, Pathway = pathway, To = stage, On = on });
    }

    /// <summary>Tells the modules of a form completed in a stage that goes on.</summary>
    public async Task ReactAsync(StageChange change)
    {
        foreach (var reaction in catalogue.ReactionsTo(change.Pathway.Key))
        {
            await reaction.ReactAsync(services, change);
        }
    }

    /// <summary>Lets the modules set what a completed form says of the episode, before its exit is taken.</summary>
    public async Task BeforeAsync(TakenEpisode taken, StageCompletion completion)
    {
        foreach (var reaction in catalogue.ReactionsTo(taken.Pathway.Key))
        {
            if (reaction.BeforeAsync is { } before)
            {
                await before(services, taken, completion);
            }
        }
    }

    private void Entered(Episode episode, Pathway pathway, Stage stage, StageSpan span)
    {
        clocks.Happened(episode, pathway, stage.Entered, span.FromOn);
        db.EpisodeTasks.AddRange(stage.Tasks.Select(t => new EpisodeTask
        {
            EpisodeId = episode.Id,
            StageKey = stage.Key,
            VisitId = span.VisitId,
            TaskKey = t.Key,
            TeamId = episode.TeamId,
            WorkerId = episode.WorkerId,
            OpenedOn = span.FromOn,
        }));
    }

    private async Task<Guid?> RouteAsync(Episode episode, Pathway pathway, Stage stage)
    {
        foreach (var reaction in catalogue.ReactionsTo(pathway.Key))
        {
            if (reaction.RouteAsync is { } route && await route(services, episode, stage) is { } team)
            {
                return team;
            }
        }

        return null;
    }

    private async Task<string?> WardAsync(Episode episode) => episode.PersonId is { } id ? (await db.People.FindAsync(id))?.Ward : null;
}

/// <summary>A team or worker chosen by a person, over what duty and roster would give.</summary>
public readonly record struct Placing(Guid? TeamId = null, Guid? WorkerId = null);
