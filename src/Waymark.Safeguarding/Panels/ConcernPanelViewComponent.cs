using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Matrix;
using Waymark.Safeguarding.Public;

namespace Waymark.Safeguarding.Panels;

/// <summary>A concern at a glance, beside its form: the four times, who told it, what stands around it.</summary>
public sealed record ConcernPanelView
{
    public required Episode Episode { get; init; }
    public required ConcernRecord Record { get; init; }
    public required IReadOnlyList<SafeguardingRisk> Risks { get; init; }
    public required IReadOnlyList<EpisodeParty> Parties { get; init; }

    /// <summary>Title of the level that the guidance suggested, where it was used.</summary>
    public string? Level { get; init; }

    /// <summary>Other concerns about the same adult that the viewer may see, the newest first.</summary>
    public required IReadOnlyList<Episode> Earlier { get; init; }

    /// <summary>What was told, as it was asked and answered.</summary>
    public FormContent? Told { get; init; }
    public required int EnquiryWork { get; init; }
    public bool MayChange { get; init; }
}

public sealed class ConcernPanelViewComponent(WaymarkDb db, RecordAccess access, Viewer viewer, CouncilPolicy policy, CareClock clock, EarlyWork early) : ViewComponent
{
    private static readonly string[] Telling = [ConcernForm.Key, PublicConcernForm.Key, ProfessionalConcernForm.Key];

    public async Task<IViewComponentResult> InvokeAsync(Guid episodeId)
    {
        if (await db.Set<ConcernRecord>().AsNoTracking().SingleOrDefaultAsync(c => c.EpisodeId == episodeId) is not { } record)
        {
            return Content("");
        }

        var episode = await db.Episodes.AsNoTracking().SingleAsync(e => e.Id == episodeId);
        var person = episode.PersonId;
        return View("/Panels/ConcernPanel.cshtml", new ConcernPanelView
        {
            Episode = episode,
            Record = record,
            Risks = await db.Set<SafeguardingRisk>().AsNoTracking().Where(r => r.EpisodeId == episodeId).OrderBy(r => r.Id).ToListAsync(),
            Parties = await db.EpisodeParties.AsNoTracking().Where(p => p.EpisodeId == episodeId && p.Role != OpenEpisode.SubjectRole).ToListAsync(),
            Level = record.MatrixResult is null ? null : policy.TitleOf(ConcernLevels.List, record.MatrixResult, clock.Today),
            Earlier = person is null ? [] : await access.Visible(db.Episodes.AsNoTracking())
                .Where(e => e.PersonId == person && e.Id != episodeId && e.PathwayKey == ConcernPathway.PathwayKey).OrderByDescending(e => e.ReceivedOn).Take(10).ToListAsync(),
            Told = await db.FormRevisions.AsNoTracking().Where(r => r.EpisodeId == episodeId && Telling.Contains(r.FormKey)).OrderBy(r => r.CompletedOn).Select(r => r.Content).FirstOrDefaultAsync() is { } content
                ? FormContent.Parse(content) : null,
            EnquiryWork = await early.On(db.Episodes.Where(e => e.Id == episodeId)).CountAsync(),
            MayChange = episode.ClosedOn is null && viewer.MayFor(episode.TeamId, Can.DoWork),
        });
    }
}
