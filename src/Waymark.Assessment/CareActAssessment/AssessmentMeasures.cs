using Microsoft.EntityFrameworkCore;
using Waymark.Assessment.SupportPlans;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Pathways;

namespace Waymark.Assessment.CareActAssessment;

/// <summary>AW-3: from referral to completed assessment, as the council counts it and as the nation does; AW-4: the share of those waiting who have a plan.</summary>
public static class AssessmentMeasures
{
    /// <summary>A row for each assessment completed, on the day it was; its value is the days since the referral was received.</summary>
    public static MeasureRows Completed { get; } = new("assessments-completed", MeasureKind.Flow, "spans", db =>
        from span in db.StageSpans.AsNoTracking()
        join episode in db.Episodes.AsNoTracking() on span.EpisodeId equals episode.Id
        where span.PathwayKey == CareActAssessmentPathway.PathwayKey && span.EndReason == Departures.Assessed && span.SupersededOn == null && span.ToDate != null
        select new MeasureRow
        {
            SubjectId = episode.Id.ToString(),
            EpisodeId = episode.Id,
            PersonId = span.PersonId,
            From = span.ToDate!.Value,
            Since = episode.ReceivedDate,
            Value = span.ToDate!.Value.DayNumber - episode.ReceivedDate.DayNumber,
            TeamId = span.TeamId,
            WorkerId = span.WorkerId,
            Reason = episode.ExitKey,
        });

    /// <summary>A row for each Assessment event with a Request before it, on the day the assessment started; its value is the days since that Request.</summary>
    public static MeasureRows FromRequest { get; } = new("assessments-from-request", MeasureKind.Flow, "care-events", db =>
        from assessment in db.CareEvents.AsNoTracking()
        where assessment.Kind == CareEventKind.Assessment
        let request = db.CareEvents.Where(r => r.Kind == CareEventKind.Request && r.PersonId == assessment.PersonId && r.StartDate <= assessment.StartDate).Max(r => (DateOnly?)r.StartDate)
        where request != null
        select new MeasureRow
        {
            SubjectId = assessment.Source + "/" + assessment.Reference,
            EpisodeId = assessment.EpisodeId,
            PersonId = assessment.PersonId,
            From = assessment.StartDate,
            Since = request,
            Value = assessment.StartDate.DayNumber - request!.Value.DayNumber,
            TeamId = db.Teams.Where(t => t.Key == assessment.TeamKey).Select(t => (Guid?)t.Id).FirstOrDefault(),
            Reason = assessment.Outcome,
        });

    public static IReadOnlyList<Measure> All { get; } =
    [
        Days("assessment-days-mean", "Days from referral to completed assessment, mean", Completed, Fold.Mean, Local("mean")),
        Days("assessment-days-median", "Days from referral to completed assessment, median", Completed, Fold.Median, Local("median")),
        Days("assessment-days-longest", "Days from referral to completed assessment, longest", Completed, Fold.Longest, Local("longest")),
        new()
        {
            Key = "assessments-completed",
            Title = "Care Act assessments completed",
            Unit = "items",
            Rows = Completed,
            Fold = Fold.Count,
            Definition = "Care Act assessments approved in the month, whatever was found. Work that ended without an assessment (declined, died, moved, signposted) does not count.",
            MoreIsBetter = true,
            Inventory = ["AW-1", "AW-3"],
            PeriodMonths = 1,
        },
        Days("assessment-request-days-mean", "Days from request to assessment start, mean (national definition)", FromRequest, Fold.Mean, National("mean")),
        Days("assessment-request-days-median", "Days from request to assessment start, median (national definition)", FromRequest, Fold.Median, National("median")),
        new()
        {
            Key = "assessment-waiting-with-plan",
            Title = "Waiting to be allocated for a Care Act assessment, with a care and support plan already",
            Unit = "%",
            Rows = AssessmentModule.Waiting.Waiting,
            Fold = Fold.Percent,
            FactKey = SupportPlanRecords.HasPlan,
            Definition = "Of the items that wait for a worker on the day, those of people who have a care and support plan in force that day. Carers' support plans do not count.",
            Inventory = ["AW-4"],
        },
    ];

    private static string Local(string fold) =>
        $"The {fold} of the days from the day the council received the referral to the day the assessment was approved, over assessments approved in the month. Beside it stands the national definition, which counts from request to assessment start.";

    private static string National(string fold) =>
        $"The {fold} of the days from a Request to the start of the Assessment that follows it, over Assessment events (Client Level Data) started in the month. The Request is the person's last one on or before that day.";

    private static Measure Days(string key, string title, MeasureRows rows, Fold fold, string definition) => new()
    {
        Key = key,
        Title = title,
        Unit = "days",
        Rows = rows,
        Fold = fold,
        Definition = definition,
        MoreIsBetter = false,
        Inventory = ["AW-3"],
        PeriodMonths = 1,
    };
}
