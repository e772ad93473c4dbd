using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways;

/// <summary>A stage's work, done: which visit, and by which of its exits.</summary>
public sealed record StageCompletion
{
    public required Guid EpisodeId { get; init; }

    /// <summary>The visit that was on the page, so that a stage completed twice, or entered again since, is noticed.</summary>
    public required Guid VisitId { get; init; }

    /// <summary>Key of a declared exit; null when the form's decision is to stay.</summary>
    public required string? ExitKey { get; init; }

    /// <summary>Why, for an exit chosen against the form's decision.</summary>
    public string? ExitReason { get; init; }

    /// <summary>The episode's version as shown; null where answers are saved field by field and the visit alone decides.</summary>
    public int? Version { get; init; }

    /// <summary>The completed form's revision, added to the same unit of work, and the record read from it.</summary>
    public Guid? RevisionId { get; init; }
    public Form? Form { get; init; }
    public IReadOnlyCollection<(string Key, DateTime On)> PromotedDates { get; init; } = [];

    /// <summary>A team or worker chosen for what comes next; by duty when left out.</summary>
    public Placing Placing { get; init; }
}

public enum CompletionResult { Stayed, MovedOn, Closed, AwaitsApproval }

/// <summary>What completing led to, and the episode opened on another pathway, if any.</summary>
public sealed record StageCompleted(CompletionResult Result, Episode Episode, Episode? Opened);

/// <summary>
/// Completes the open stage by one of its exits. Where the stage needs approval it asks for it and stays; else it moves on or closes at once. Saves everything added to
/// the unit of work with it, so a form's revision and what it leads to stand or fall together.
/// </summary>
[Scoped]
public sealed class CompleteStage(WaymarkDb db, CareClock clock, Viewer viewer, EpisodeDesk desk, TakeExit takeExit, StageMover mover, ClockKeeper clocks, Auditor audit)
{
    /// <exception cref="RefusedException">Completed already (by whom, when), awaiting approval, not this user's to complete, required tasks open, no reason for an override.</exception>
    public async Task<StageCompleted> RunAsync(StageCompletion completion)
    {
        var taken = await desk.TakeAsync(completion.EpisodeId, completion.Version);
        await CheckVisitAsync(taken, completion.VisitId);
        await CheckMayAsync(taken);
        var (episode, stage) = (taken.Episode, taken.Stage);
        var exit = completion.ExitKey is { } key ? stage.ExitAt(key) : null;
        var reason = string.IsNullOrWhiteSpace(completion.ExitReason) ? null : completion.ExitReason.Trim();
        if (exit is { IsOverride: true } && reason is null)
        {
            throw new RefusedException($"“{exit.Title}” goes against what the answers lead to. Say why.", "ExitReason");
        }

        await mover.BeforeAsync(taken, completion);
        clocks.Promoted(episode, taken.Pathway, completion.PromotedDates);
        var (result, opened) = exit is null ? (CompletionResult.Stayed, null)
            : stage.ApprovalPermission is not null ? (CompletionResult.AwaitsApproval, null)
            : await LeaveAsync(taken, exit, reason, completion);
        if (result == CompletionResult.Stayed)
        {
            await mover.ReactAsync(new StageChange { Episode = episode, Pathway = taken.Pathway, From = stage, To = stage, On = clock.Now, Form = completion.Form, RevisionId = completion.RevisionId });
        }
        else if (result == CompletionResult.AwaitsApproval)
        {
            Ask(taken, exit!, reason, completion.RevisionId);
        }

        audit.Record(result == CompletionResult.AwaitsApproval ? "ask-approval" : "complete-stage", episode,
            new { stage = stage.Key, exit = exit?.Key, completion.RevisionId, opened = opened?.Id }, episode.PersonId);
        await desk.SaveAsync(episode);
        return new StageCompleted(result, episode, opened);
    }

    private async Task<(CompletionResult Result, Episode? Opened)> LeaveAsync(TakenEpisode taken, Exit exit, string? reason, StageCompletion completion)
    {
        var opened = await takeExit.ApplyAsync(taken, exit, reason, clock.Now, completion.Placing, completion.RevisionId, completion.Form);
        return (exit.Closes ? CompletionResult.Closed : CompletionResult.MovedOn, opened);
    }

    private void Ask(TakenEpisode taken, Exit exit, string? reason, Guid? revisionId) => db.Approvals.Add(new Approval
    {
        EpisodeId = taken.Episode.Id,
        StageKey = taken.Stage.Key,
        VisitId = taken.Open.VisitId,
        RevisionId = revisionId ?? throw new InvalidOperationException($"The stage '{taken.Stage.Key}' needs approval, so it needs a form to approve."),
        ExitKey = exit.Key,
        ExitReason = reason,
        AskedById = viewer.UserId,
        AskedOn = clock.Now,
        TeamId = taken.Episode.TeamId,
    });

    private async Task CheckVisitAsync(TakenEpisode taken, Guid visitId)
    {
        if (taken.Open.VisitId != visitId)
        {
            var ended = await db.StageSpans.Where(s => s.VisitId == visitId && s.EndReason != null && s.SupersededOn == null)
                .OrderByDescending(s => s.Id).Select(s => new { s.StageKey, s.ToOn }).FirstOrDefaultAsync();
            var stage = taken.Pathway.Stages.FirstOrDefault(s => s.Key == ended?.StageKey)?.Title ?? "This stage";
            throw new RefusedException($"{stage} of {taken.Episode.Reference} was completed{await desk.ByAsync(taken.Episode.Id, visitId)}{(ended?.ToOn is { } on ? $" on {Format.DateTime(on)}" : "")}. "
                + $"It is now in {taken.Stage.Title}. What you wrote is kept in the form's history.");
        }

        var waiting = await (
            from approval in db.Approvals
            where approval.VisitId == visitId && approval.DecidedOn == null
            join user in db.Users on approval.AskedById equals user.Id into users
            from user in users.DefaultIfEmpty()
            select new { approval.AskedOn, Name = user == null ? "Waymark" : user.DisplayName }).FirstOrDefaultAsync();
        if (waiting is not null)
        {
            throw new RefusedException($"{taken.Stage.Title} was sent for approval by {waiting.Name} on {Format.DateTime(waiting.AskedOn)} and waits for a decision.");
        }
    }

    private async Task CheckMayAsync(TakenEpisode taken)
    {
        var stage = taken.Stage;
        if (!viewer.MayFor(taken.Episode.TeamId, stage.CompletePermission))
        {
            throw new RefusedException($"You may not complete “{stage.Title}”. Ask the manager of the team that has it.");
        }

        if (stage.NotBySameUserAs is not { } earlier || viewer.IsSystem)
        {
            return;
        }

        var visits = await db.StageSpans.Where(s => s.EpisodeId == taken.Episode.Id && s.StageKey == earlier && s.EndReason != null && s.SupersededOn == null)
            .OrderByDescending(s => s.Id).Select(s => new { s.VisitId, s.EndedById }).ToListAsync();
        if (visits.Count > 0 && (visits[0].EndedById == viewer.UserId || await db.FormRevisions.AnyAsync(r => r.VisitId == visits[0].VisitId && r.CompletedById == viewer.UserId)))
        {
            throw new RefusedException($"You completed “{taken.Pathway.StageAt(earlier).Title}”, so someone else must complete “{stage.Title}”.");
        }
    }
}
