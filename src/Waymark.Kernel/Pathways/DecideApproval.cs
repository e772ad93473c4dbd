using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways;

/// <summary>Approves a completed form, which then leads where it led, or returns it with words. Never by whoever wrote it. A form returned is open again to its author, from the answers as they stand.</summary>
[Scoped]
public sealed class DecideApproval(WaymarkDb db, CareClock clock, Viewer viewer, EpisodeDesk desk, TakeExit takeExit, CompletedForms completed, Auditor audit)
{
    /// <param name="words">Needed to return it.</param>
    /// <exception cref="RefusedException">Decided already (by whom), own work, no permission, returned without words.</exception>
    public async Task<StageCompleted> RunAsync(Guid approvalId, bool approve, string? words)
    {
        var approval = await db.Approvals.FirstOrDefaultAsync(a => a.Id == approvalId) ?? throw new RefusedException("There is no such request for approval.");
        var taken = await desk.TakeAsync(approval.EpisodeId);
        await CheckAsync(approval, taken);
        words = string.IsNullOrWhiteSpace(words) ? null : words.Trim();
        if (!approve && words is null)
        {
            throw new RefusedException("Say what needs doing before you can approve it. The author sees these words.", "Words");
        }

        (approval.IsApproved, approval.Words, approval.DecidedById, approval.DecidedOn) = (approve, words, viewer.UserId, clock.Now);
        Episode? opened = null;
        var result = CompletionResult.Stayed;
        if (approve)
        {
            var exit = taken.Stage.ExitAt(approval.ExitKey);
            opened = await takeExit.ApplyAsync(taken, exit, approval.ExitReason, clock.Now, default, approval.RevisionId, await completed.ReadAsync(approval.RevisionId));
            result = exit.Closes ? CompletionResult.Closed : CompletionResult.MovedOn;
        }

        audit.Record(approve ? "approve" : "return-for-changes", taken.Episode, new { approval = approval.Id, approval.RevisionId, opened = opened?.Id }, taken.Episode.PersonId);
        await desk.SaveAsync(taken.Episode);
        return new StageCompleted(result, taken.Episode, opened);
    }

    private async Task CheckAsync(Approval approval, TakenEpisode taken)
    {
        var stage = taken.Pathway.StageAt(approval.StageKey);
        if (approval.DecidedOn is { } on)
        {
            var who = await db.Users.Where(u => u.Id == approval.DecidedById).Select(u => u.DisplayName).FirstOrDefaultAsync() ?? "Waymark";
            throw new RefusedException($"{who} {(approval.IsApproved == true ? "approved" : "returned")} this on {Format.DateTime(on)}.");
        }

        if (!viewer.MayFor(taken.Episode.TeamId, stage.ApprovalPermission ?? Can.ApproveWork))
        {
            throw new RefusedException($"You may not approve “{stage.Title}”. Ask a manager of the team.");
        }

        if (approval.AskedById == viewer.UserId && !viewer.IsSystem)
        {
            throw new RefusedException("You wrote this, so someone else must approve it.");
        }
    }
}

/// <summary>Reads the record of a completed form back from its revision.</summary>
[Scoped]
public sealed class CompletedForms(WaymarkDb db, FormCatalogue forms)
{
    /// <returns>Null when the form no longer exists or asks other questions now than the revision holds.</returns>
    public async Task<Form?> ReadAsync(Guid revisionId)
    {
        var revision = await db.FormRevisions.FirstOrDefaultAsync(r => r.Id == revisionId);
        return revision is null || forms.Find(revision.FormKey) is not { } definition || definition.Version != revision.FormVersion
            ? null
            : FormBinder.Bind(definition, FormContent.Parse(revision.Content).ToAnswers()).Form;
    }
}
