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
        var open = await db.Episodes.AsNoTracking().Where(e => pathways.Contains(e.PathwayKey) && e.ClosedDate == null
                && (e.PersonId == personId || db.EpisodeParties.Any(p => p.EpisodeId == e.Id && p.PersonId == personId && p.Role == EnquiryPathway.AdultRole)))
            .OrderBy(e => e.ReceivedOn).ToListAsync();
        var (seen, stubs) = (new List<Episode>(), new List<string>());
        foreach (var episode in open)
        {
            var sight = await access.SightOfEpisodeAsync(episode.Id);
            if (sight.IsFull)
            {
                seen.Add(episode);
            }
            else if (!sight.IsHidden)
            {
                stubs.Add(await SpeakToAsync(episode));
            }
        }

        return View("/Panels/PersonPanel.cshtml", new PersonPanelView(personReference, seen, [.. stubs.Distinct()], viewer.May(SafeguardingCan.Raise), key => catalogue.Pathway(key).Title));
    }

    private async Task<string> SpeakToAsync(Episode episode) =>
        await db.Restrictions.Where(r => r.EpisodeId == episode.Id && r.ToOn == null).Select(r => db.Users.Where(u => u.Id == r.OwnerId).Select(u => u.DisplayName).FirstOrDefault()).FirstOrDefaultAsync()
        ?? await db.Teams.Where(t => t.Id == episode.TeamId).Select(t => t.Name).FirstOrDefaultAsync()
        ?? "the safeguarding team";
}
