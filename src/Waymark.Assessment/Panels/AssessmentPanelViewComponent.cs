using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Assessment.CareActAssessment;
using Waymark.Assessment.SupportPlans;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Data;

namespace Waymark.Assessment.Panels;

/// <summary>A person's assessment and plans at a glance: what waits, what was found last, which plan is in force and when it is looked at again.</summary>
public sealed record AssessmentPanelView
{
    public required string PersonReference { get; init; }
    public required DateOnly Today { get; init; }
    public required IReadOnlyList<OpenAssessment> Open { get; init; }
    public required LastAssessment? Last { get; init; }
    public required IReadOnlyList<SupportPlan> Plans { get; init; }
    public required bool MayPlan { get; init; }
}

/// <param name="RevisionId">The form to read, where it was filled in here.</param>
public sealed record LastAssessment(DateOnly Date, string? Outcome, bool? IsEligible, Guid? RevisionId);

public sealed record OpenAssessment(string Reference, string StageKey, DateOnly ReceivedDate);

public sealed class AssessmentPanelViewComponent(WaymarkDb db, RecordAccess records, Viewer viewer, CareClock clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid personId, string personReference)
    {
        var today = clock.Today;
        var view = new AssessmentPanelView
        {
            PersonReference = personReference,
            Today = today,
            Open = await records.Visible(db.Episodes.AsNoTracking().Where(e => e.PersonId == personId && e.PathwayKey == CareActAssessmentPathway.PathwayKey && e.ClosedDate == null))
                .OrderBy(e => e.ReceivedDate).Select(e => new OpenAssessment(e.Reference, e.StageKey, e.ReceivedDate)).ToListAsync(),
            Last = await LastAsync(personId),
            Plans = await db.Set<SupportPlan>().AsNoTracking().Where(p => p.PersonId == personId && (p.ToDate == null || p.ToDate > today)).OrderBy(p => p.Kind).ToListAsync(),
            MayPlan = viewer.May(Can.DoWork),
        };
        return View("/Panels/AssessmentPanel.cshtml", view);
    }

    /// <summary>From the national events, which imports and the casework of other systems write too.</summary>
    private Task<LastAssessment?> LastAsync(Guid personId) => (
        from assessment in records.Visible(db.CareEvents.AsNoTracking().Where(e => e.PersonId == personId && e.Kind == CareEventKind.Assessment), e => e.PersonId, e => e.EpisodeId)
        join found in db.Set<AssessmentRecord>() on new { Episode = assessment.EpisodeId, Ended = assessment.EndDate } equals new { Episode = (Guid?)found.EpisodeId, Ended = (DateOnly?)found.EndedDate } into these
        from found in these.DefaultIfEmpty()
        orderby assessment.EndDate descending, assessment.Id descending
        select new LastAssessment(assessment.EndDate ?? assessment.StartDate, assessment.Outcome, found == null ? null : found.IsEligible, found == null ? null : found.RevisionId)).FirstOrDefaultAsync();
}
