using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Pathways;

/// <summary>Takes one of a stage's declared exits, in the caller's unit of work: opens what it opens, moves on or closes, and leaves a task where it is to be looked at after.</summary>
[Scoped]
public sealed class TakeExit(WaymarkDb db, StageMover mover, OpenEpisode open, DutyRoster roster)
{
    /// <returns>The episode opened on another pathway, if the exit opens one.</returns>
    public async Task<Episode?> ApplyAsync(TakenEpisode taken, Exit exit, string? reason, DateTime on, Placing placing, Guid? revisionId, Form? form)
    {
        if (!exit.LeavesTasks)
        {
            await CheckTasksAsync(taken);
        }

        var opened = exit.OpensPathway is { } pathway ? await OpenAsync(taken.Episode, pathway, exit.OpensKind, on, placing) : null;
        var change = new StageChange { Episode = taken.Episode, Pathway = taken.Pathway, Exit = exit, On = on, Form = form, RevisionId = revisionId, Opened = opened };
        if (exit.ReviewedAfterAt is { } later)
        {
            await LookAtAfterAsync(taken, later, on);
        }

        if (exit.ToStage is { } next)
        {
            await mover.MoveAsync(taken, next, exit.Departure ?? Departures.MovedOn, on, placing, change);
        }
        else
        {
            var departure = exit.Departure ?? throw new InvalidOperationException($"The exit '{exit.Key}' of '{taken.Stage.Key}' closes and names no departure.");
            await mover.CloseAsync(taken, exit.Key, departure, reason, on, change);
        }

        return opened;
    }

    private async Task CheckTasksAsync(TakenEpisode taken)
    {
        var needed = taken.Stage.Tasks.Where(t => t.Required).Select(t => t.Key).ToList();
        if (needed.Count == 0)
        {
            return;
        }

        var visit = taken.Open.VisitId;
        var missing = await db.EpisodeTasks.Where(t => t.VisitId == visit && t.CompletedOn == null && needed.Contains(t.TaskKey)).Select(t => t.TaskKey).ToListAsync();
        if (missing.Count > 0)
        {
            var titles = taken.Stage.Tasks.Where(t => missing.Contains(t.Key)).Select(t => t.Title);
            throw new RefusedException($"{taken.Stage.Title} cannot be completed yet. Still to be done: {string.Join(", ", titles)}.");
        }
    }

    private async Task<Episode> OpenAsync(Episode from, string pathwayKey, string? kind, DateTime on, Placing placing)
    {
        var parties = await db.EpisodeParties.AsNoTracking().Where(p => p.EpisodeId == from.Id && p.Role != OpenEpisode.SubjectRole).ToListAsync();
        return await open.AddAsync(new NewEpisode
        {
            PathwayKey = pathwayKey,
            Kind = kind,
            PersonId = from.PersonId,
            ReceivedOn = from.ReceivedOn,
            EnteredOn = on,
            TeamId = placing.TeamId,
            WorkerId = placing.WorkerId,
            Priority = from.Priority,
            PriorityReason = from.PriorityReason,
            Risk = from.Risk,
            Summary = from.Summary,
            OpenedFromId = from.Id,
            DespiteDeath = true,
            Parties = [.. parties.Select(p => new NewParty(p.Role, p.PersonId, p.OrganisationId, p.Name, p.Relation, p.Detail))],
        });
    }

    // "Act now, screen after" (practice: first contact): the stage skipped becomes a task on its duty's list for the next working day.
    private async Task LookAtAfterAsync(TakenEpisode taken, string stageKey, DateTime at)
    {
        var duty = taken.Pathway.StageAt(stageKey).Duty;
        db.EpisodeTasks.Add(new EpisodeTask
        {
            EpisodeId = taken.Episode.Id,
            StageKey = stageKey,
            VisitId = taken.Open.VisitId,
            TaskKey = stageKey,
            TeamId = await roster.TeamForAsync(duty, null, null) ?? taken.Episode.TeamId,
            OpenedOn = at,
            DueDate = WorkingCalendar.AddWorkingDays(CareClock.LondonDate(at), 1),
        });
    }
}
