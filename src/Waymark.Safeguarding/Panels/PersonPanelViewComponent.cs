using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;

namespace Waymark.Safeguarding.Panels;

/// <summary>
/// Safeguarding on a person's page. Who may see an open matter opens it; every other caseworker sees that there is one and whom to speak to; where even that is hidden,
/// nothing.
/// </summary>
public sealed record PersonPanelView(string PersonReference, IReadOnlyList<Episode> Open, IReadOnlyList<string> Stubs, bool MayRaise, Func<string, string> TitleOf);

public sealed class SafeguardingPersonPanelViewComponent(WaymarkDb db, RecordAccess access, Viewer viewer, Catalogue catalogue) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid personId, string personReference)
    {
        string[] pathways = [ConcernPathway.PathwayKey, EnquiryPathway.PathwayKey];
        var sees = access.Visible(db.Episodes).Select(e => e.Id);
        var open = await access.Known(db.Episodes.AsNoTracking()).Where(e => pathways.Contains(e.PathwayKey) && e.ClosedDate == null
                && (e.PersonId == personId || db.EpisodeParties.Any(p => p.EpisodeId == e.Id && p.PersonId == personId && p.Role == EnquiryPathway.AdultRole)))
            .OrderBy(e => e.ReceivedOn)
            .Select(e => new
            {
                Episode = e,
                IsSeen = sees.Contains(e.Id),
                Owner = db.Restrictions.Where(r => r.EpisodeId == e.Id && r.ToOn == null).Select(r => db.Users.Where(u => u.Id == r.OwnerId).Select(u => u.DisplayName).FirstOrDefault()).FirstOrDefault(),
                Team = db.Teams.Where(t => t.Id == e.TeamId).Select(t => t.Name).FirstOrDefault(),
            }).ToListAsync();
        return View("/Panels/PersonPanel.cshtml", new PersonPanelView(
            personReference,
            [.. open.Where(o => o.IsSeen).Select(o => o.Episode)],
            [.. open.Where(o => !o.IsSeen).Select(o => o.Owner ?? o.Team ?? "the safeguarding team").Distinct()],
            viewer.May(SafeguardingCan.Raise),
            key => catalogue.Pathway(key).Title));
    }
}
