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
    public async Task<IViewComponentResult> InvokeAsync(Guid personId)
    {
        var today = clock.Today;
        var visible = records.Visible(db.Episodes);
        var events = records.Visible(db.CareEvents, e => e.PersonId, e => e.EpisodeId);

        // One statement: a person's page has few, however many panels stand on it.
        var found = await db.People.AsNoTracking().AsSingleQuery().Where(p => p.Id == personId).Select(p => new
        {
            p.Reference,
            Open = visible.Where(e => e.PersonId == p.Id && e.PathwayKey == CareActAssessmentPathway.PathwayKey && e.ClosedDate == null)
                .Select(e => new OpenAssessment(e.Reference, e.StageKey, e.ReceivedDate)).ToList(),
            Plans = db.Set<SupportPlan>().Where(s => s.PersonId == p.Id && (s.ToDate == null || s.ToDate > today)).ToList(),

            // From the national events, which imports and the casework of other systems write too.
            Last = events.Where(e => e.PersonId == p.Id && e.Kind == CareEventKind.Assessment).OrderByDescending(e => e.EndDate).ThenByDescending(e => e.Id).Select(e => new
            {
                Date = e.EndDate ?? e.StartDate,
                e.Outcome,
                Record = db.Set<AssessmentRecord>().Where(r => r.EpisodeId == e.EpisodeId && r.EndedDate == e.EndDate).Select(r => new { r.IsEligible, r.RevisionId }).FirstOrDefault(),
            }).FirstOrDefault(),
        }).SingleAsync();
        var view = new AssessmentPanelView
        {
            PersonReference = found.Reference,
            Today = today,
            Open = [.. found.Open.OrderBy(e => e.ReceivedDate)],
            Last = found.Last is { } last ? new LastAssessment(last.Date, last.Outcome, last.Record?.IsEligible, last.Record?.RevisionId) : null,
            Plans = [.. found.Plans.OrderBy(p => p.Kind)],
            MayPlan = viewer.May(Can.DoWork),
        };
        return View("/Panels/AssessmentPanel.cshtml", view);
    }
}
