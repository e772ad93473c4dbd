using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Assessment.CareActAssessment;
using Waymark.Assessment.SupportPlans;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;

namespace Waymark.Assessment.Panels;

/// <summary>A person's assessment and plans at a glance: what waits, what was found last, which plan is in force and when it is looked at again.</summary>
public sealed record AssessmentPanelView
{
    public required string PersonReference { get; init; }
    public required DateOnly Today { get; init; }
    public required IReadOnlyList<OpenAssessment> Open { get; init; }
    public required AssessmentRecord? Last { get; init; }
    public required IReadOnlyList<SupportPlan> Plans { get; init; }
    public required bool MayPlan { get; init; }
}

public sealed record OpenAssessment(string Reference, string StageKey, DateOnly ReceivedDate);

public sealed class AssessmentPanelViewComponent(WaymarkDb db, RecordAccess records, Viewer viewer, CareClock clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid personId)
    {
        var today = clock.Today;
        var view = new AssessmentPanelView
        {
            PersonReference = await db.People.Where(p => p.Id == personId).Select(p => p.Reference).SingleAsync(),
            Today = today,
            Open = await records.Visible(db.Episodes.AsNoTracking().Where(e => e.PersonId == personId && e.PathwayKey == CareActAssessmentPathway.PathwayKey && e.ClosedDate == null))
                .OrderBy(e => e.ReceivedDate).Select(e => new OpenAssessment(e.Reference, e.StageKey, e.ReceivedDate)).ToListAsync(),
            Last = await records.Visible(db.Set<AssessmentRecord>().AsNoTracking().Where(r => r.PersonId == personId), r => r.PersonId, r => r.EpisodeId)
                .OrderByDescending(r => r.EndedDate).FirstOrDefaultAsync(),
            Plans = await db.Set<SupportPlan>().AsNoTracking().Where(p => p.PersonId == personId && (p.ToDate == null || p.ToDate > today)).OrderBy(p => p.Kind).ToListAsync(),
            MayPlan = viewer.May(Can.DoWork),
        };
        return View("/Panels/AssessmentPanel.cshtml", view);
    }
}
