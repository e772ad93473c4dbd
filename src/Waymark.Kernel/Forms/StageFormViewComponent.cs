using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Forms;

public enum StageFormState { None, Fill, AwaitsApproval, Others }

/// <summary>What of an episode's forms its page shows.</summary>
public sealed record StageFormView(StageFormState State, string? Title, Guid? DraftId, Guid? RevisionId, Guid? BesideId, string ReturnUrl, IReadOnlyList<EarlierForm> Completed);

/// <summary>
/// The form of an episode's current stage, to be filled in by whoever may, and the forms completed before: <c>@await Component.InvokeAsync("StageForm", new { episodeId })</c>.
/// The draft is opened when the first who may fill it in looks at it.
/// </summary>
public sealed class StageFormViewComponent(WaymarkDb db, Viewer viewer, Catalogue catalogue, FormCatalogue forms, OpenDraft openDraft) : ViewComponent
{
    /// <param name="episode">With <paramref name="visitId"/> and <paramref name="sent"/>: what the page has read already; read here when left out.</param>
    /// <param name="sent">The revision that waits for approval.</param>
    public async Task<IViewComponentResult> InvokeAsync(Guid episodeId, Pathways.Episode? episode = null, Guid? visitId = null, Guid? sent = null)
    {
        var isRead = episode is not null;
        episode ??= await db.Episodes.AsNoTracking().SingleAsync(e => e.Id == episodeId);
        var back = $"/work/{episode.Reference}";
        var completed = await CompletedAsync(episodeId);
        if (episode.ClosedOn is not null || catalogue.Pathway(episode.PathwayKey).StageAt(episode.StageKey) is not { FormType: { } type } stage)
        {
            return Show(new StageFormView(StageFormState.None, null, null, null, null, back, completed));
        }

        var definition = FormDefinition.Of(type);
        var visit = visitId ?? await db.StageSpans.Where(s => s.EpisodeId == episodeId && s.ToOn == null && s.SupersededOn == null).Select(s => s.VisitId).SingleAsync();
        if (!isRead && stage.ApprovalPermission is not null)
        {
            sent = await db.Approvals.Where(a => a.VisitId == visit && a.DecidedOn == null).Select(a => (Guid?)a.RevisionId).FirstOrDefaultAsync();
        }

        if (sent is not null)
        {
            return Show(new StageFormView(StageFormState.AwaitsApproval, definition.Title, null, sent, null, back, completed));
        }

        if (viewer.May(definition.Permission) && viewer.May(stage.CompletePermission))
        {
            var draft = await openDraft.RunAsync(definition.Key, new DraftSubject { EpisodeId = episodeId, VisitId = visit });
            var beside = Guid.TryParse(HttpContext.Request.Query["beside"], out var id) ? id : (Guid?)null;
            return Show(new StageFormView(StageFormState.Fill, definition.Title, draft, null, beside, back, completed));
        }

        var open = await db.Drafts.Where(d => d.VisitId == visit && d.Slot != null && d.TaskId == null).Select(d => (Guid?)d.Id).FirstOrDefaultAsync();
        return Show(new StageFormView(StageFormState.Others, definition.Title, open, null, null, back, completed));
    }

    private async Task<IReadOnlyList<EarlierForm>> CompletedAsync(Guid episodeId)
    {
        var found = await (
            from r in db.FormRevisions.AsNoTracking()
            where r.EpisodeId == episodeId
            join u in db.Users on r.CompletedById equals u.Id into users
            from u in users.DefaultIfEmpty()
            orderby r.CompletedOn descending, r.Number descending
            select new { r.Id, r.FormKey, r.CompletedDate, By = u == null ? "Waymark" : u.DisplayName }).Take(20).ToListAsync();
        return [.. found.Select(f => new EarlierForm(f.Id, forms.Find(f.FormKey)?.Title ?? f.FormKey, f.CompletedDate, f.By))];
    }

    private IViewComponentResult Show(StageFormView view) => View("/Forms/StageForm.cshtml", view);
}
