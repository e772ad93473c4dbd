using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;

namespace Waymark.Safeguarding.Panels;

/// <summary>An enquiry at a glance: from which concerns, about whom, how the adult is protected, who else has been asked.</summary>
public sealed record EnquiryPanelView
{
    public required Episode Episode { get; init; }
    public required EnquiryRecord Record { get; init; }
    public required IReadOnlyList<Episode> Concerns { get; init; }
    public required int RestrictedConcerns { get; init; }
    public required IReadOnlyList<(string Reference, string Name)> Adults { get; init; }
    public required IReadOnlyList<SafeguardingRisk> Risks { get; init; }
    public CausedEnquiry? Out { get; init; }
    public required DateOnly Today { get; init; }
    public bool MayAct { get; init; }
}

public sealed class EnquiryPanelViewComponent(WaymarkDb db, RecordAccess access, Viewer viewer, CareClock clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid episodeId)
    {
        if (await db.Set<EnquiryRecord>().AsNoTracking().SingleOrDefaultAsync(e => e.EpisodeId == episodeId) is not { } record)
        {
            return Content("");
        }

        var episode = await db.Episodes.AsNoTracking().SingleAsync(e => e.Id == episodeId);
        var from = db.EpisodeLinks.Where(l => l.ToEpisodeId == episodeId).Select(l => l.FromEpisodeId);
        var concerns = await access.RowsForAsync(
            db.Episodes.AsNoTracking().Where(e => from.Contains(e.Id) && e.PathwayKey == ConcernPathway.PathwayKey), e => e.PersonId, e => e.Id, rows => rows.OrderBy(e => e.ReceivedOn));
        var others = db.EpisodeParties.Where(p => p.EpisodeId == episodeId && p.Role == EnquiryPathway.AdultRole).Select(p => p.PersonId);
        var adults = await access.Visible(db.People.AsNoTracking()).Where(p => others.Contains(p.Id)).OrderBy(p => p.SortKey).ToListAsync();
        return View("/Panels/EnquiryPanel.cshtml", new EnquiryPanelView
        {
            Episode = episode,
            Record = record,
            Concerns = concerns.Rows,
            RestrictedConcerns = concerns.Restricted,
            Adults = [.. adults.Select(p => (p.Reference, p.DisplayName))],
            Risks = await db.Set<SafeguardingRisk>().AsNoTracking().Where(r => r.EpisodeId == episodeId).OrderBy(r => r.Id).ToListAsync(),
            Out = await db.Set<CausedEnquiry>().AsNoTracking().FirstOrDefaultAsync(c => c.EpisodeId == episodeId && c.ReturnedOn == null && c.WithdrawnOn == null),
            Today = clock.Today,
            MayAct = episode.ClosedOn is null && viewer.MayFor(episode.TeamId, SafeguardingCan.Enquire),
        });
    }
}
