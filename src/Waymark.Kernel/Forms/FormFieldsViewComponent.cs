using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Forms;

/// <summary>
/// A draft as a form on any page: <c>@await Component.InvokeAsync("FormFields", new { draftId, returnUrl })</c>. It posts to <c>/drafts/{id}</c> and saves
/// itself as it is typed; nothing else is asked of the page it stands on. With <c>besideId</c> an earlier form's answers stand beside.
/// </summary>
public sealed class FormFieldsViewComponent(DraftReader drafts, EarlierForms earlier, Catalogue catalogue, Viewer viewer) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid draftId, string? returnUrl = null, Guid? besideId = null)
    {
        if (await drafts.ReadAsync(draftId) is not { } draft)
        {
            return Content("");
        }

        var here = HttpContext.Request.Path + HttpContext.Request.QueryString;
        var stage = draft.Episode is { } episode && draft.Draft.TaskId is null && catalogue.Pathways.TryGetValue(episode.PathwayKey, out var pathway) && episode.ClosedOn is null
            ? pathway.StageAt(episode.StageKey)
            : null;
        var view = new FormFieldsView(draft, here, returnUrl ?? here)
        {
            MayComplete = viewer.May(stage?.CompletePermission ?? draft.Definition.Permission),
            Overrides = [.. stage?.AllExits.Where(e => e.IsOverride) ?? []],
            Earlier = await earlier.ListAsync(draft),
            Beside = besideId is { } id ? await earlier.ReadAsync(draft, id) : null,
        };
        view.Fill(ViewContext.ModelState);
        return View("/Forms/FormFields.cshtml", view);
    }
}
