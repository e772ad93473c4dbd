using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Measures;
using Waymark.Safeguarding.Enquiries;
using static Waymark.Safeguarding.Measures.SafeguardingMeasuresPart;

namespace Waymark.Safeguarding.Measures;

/// <summary>Enquiries started and concluded, section 42 and others apart, and those that are open too long, as at any day.</summary>
public static class EnquiryMeasures
{
    private static readonly MeasureRows Started = Share.Rows("safeguarding-enquiries-started", "enquiries", CountedEnquiry.Of, (e, isHit) => new MeasureRow
    {
        SubjectId = e.Record.EpisodeId.ToString(), EpisodeId = e.Record.EpisodeId, PersonId = e.PersonId, From = e.Record.StartedDate, TeamId = e.TeamId, WorkerId = e.WorkerId, Hit = isHit,
        Reason = e.Record.IsSection42 ? "section-42-enquiry" : "other-enquiry",
    }, e => e.Record.IsSection42);

    private static readonly MeasureRows Section42 = OfKind("section-42", isSection42: true);
    private static readonly MeasureRows Other = OfKind("other", isSection42: false);

    /// <summary>Concluded under section 42, on the day of it; the value is the days since its start.</summary>
    public static MeasureRows Concluded { get; } = new("safeguarding-section-42-concluded", MeasureKind.Flow, "enquiries", db =>
        CountedEnquiry.Of(db).Where(e => e.Record.IsSection42 && e.Record.ConcludedDate != null).Select(e => new MeasureRow
        {
            SubjectId = e.Record.EpisodeId.ToString(), EpisodeId = e.Record.EpisodeId, PersonId = e.PersonId, From = e.Record.ConcludedDate!.Value, Since = e.Record.StartedDate,
            Value = e.Record.ConcludedDate!.Value.DayNumber - e.Record.StartedDate.DayNumber, TeamId = e.TeamId, WorkerId = e.WorkerId, Reason = e.Record.Ended.ToString(),
        }));

    public static IReadOnlyList<Measure> All { get; } =
    [
        Of("safeguarding-enquiries-started", "Safeguarding enquiries started", "items", Started, Fold.Count, "Safeguarding enquiries started in the period by a decision at triage, under section 42 or another one. Cut by reason, which of the two.", "SG-6"),
        Of("safeguarding-section-42-share", "Safeguarding enquiries that are under section 42", "%", Started, Fold.Percent, "Of the safeguarding enquiries started in the period, those under section 42.", "SG-6"),
        Of("safeguarding-section-42-started", "Section 42 enquiries started", "items", Section42, Fold.Count, "Enquiries under section 42 started in the period by a decision at triage.", "SG-6"),
        Of("safeguarding-section-42-people", "People in section 42 enquiries started", "people", Section42, Fold.People, "Different people who are the subject of an enquiry under section 42 started in the period.", "SG-6"),
        Of("safeguarding-other-started", "Other safeguarding enquiries started", "items", Other, Fold.Count, "Enquiries started in the period that are not under section 42 because not all three limbs are met, and that the council thought needed.", "SG-6"),
        Of("safeguarding-section-42-concluded", "Section 42 enquiries concluded", "items", Concluded, Fold.Count, "Enquiries under section 42 concluded in the period.", "SG-5"),
        Of("safeguarding-section-42-days-mean", "Days from decision to conclusion of section 42 enquiries, mean", "days", Concluded, Fold.Mean, "The mean of the days from the decision at triage to the conclusion, over section 42 enquiries concluded in the period.", "SG-5") with { MoreIsBetter = false },
        Of("safeguarding-section-42-days-median", "Days from decision to conclusion of section 42 enquiries, median", "days", Concluded, Fold.Median, "The median of the days from the decision at triage to the conclusion, over section 42 enquiries concluded in the period.", "SG-5") with { MoreIsBetter = false },
        Of("safeguarding-section-42-open", "Section 42 enquiries open", "items", OpenOfKind(EnquiryPathway.Section42Kind), Fold.Count, "Enquiries under section 42 that are open on the day.", "SG-8") with { MoreIsBetter = false },
        Of("safeguarding-other-open", "Other safeguarding enquiries open", "items", OpenOfKind(EnquiryPathway.OtherKind), Fold.Count, "Enquiries that are not under section 42 and are open on the day.", "SG-8") with { MoreIsBetter = false },
        Of("safeguarding-enquiries-aged", "Safeguarding enquiries open longer than the council's limit for aged enquiries", "items", Past(EnquiryPathway.AgedClock), Fold.Count, "Enquiries open on the day whose age is over the limit of the council's policy that held when they started (by default 12 weeks: on the day after the twelfth week ends).", "SG-8", "K-07", "F-42") with { MoreIsBetter = false },
        Of("safeguarding-enquiries-for-clinic", "Safeguarding enquiries for the aged-case meeting", "items", Past(EnquiryPathway.ClinicClock), Fold.Count, "Enquiries open on the day whose age is over the limit for the aged-case meeting (by default 6 weeks); the aged ones are among them.", "SG-9", "K-06") with { MoreIsBetter = false },
    ];

    private static MeasureRows OfKind(string kind, bool isSection42) => new($"safeguarding-{kind}-started", MeasureKind.Flow, "enquiries", db =>
        CountedEnquiry.Of(db).Where(e => e.Record.IsSection42 == isSection42).Select(e => new MeasureRow
        {
            SubjectId = e.Record.EpisodeId.ToString(), EpisodeId = e.Record.EpisodeId, PersonId = e.PersonId, From = e.Record.StartedDate, TeamId = e.TeamId, WorkerId = e.WorkerId,
        }));

    private static MeasureRows OpenOfKind(string kind) => new($"safeguarding-{kind}-open", MeasureKind.Stock, "spans", db =>
        from span in db.StageSpans.AsNoTracking()
        join episode in db.Episodes.AsNoTracking() on span.EpisodeId equals episode.Id
        where span.PathwayKey == EnquiryPathway.PathwayKey && episode.Kind == kind && span.SupersededOn == null
        select new MeasureRow
        {
            SubjectId = span.EpisodeId.ToString(), EpisodeId = span.EpisodeId, PersonId = span.PersonId, From = span.FromDate, To = span.ToDate, Since = episode.ReceivedDate, TeamId = span.TeamId,
            WorkerId = span.WorkerId, Reason = span.EndReason,
        });

    /// <summary>Spans of enquiries, from the day after the clock's limit: the limit is the one the clock was started with, so that a later policy never makes a past day look different.</summary>
    private static MeasureRows Past(string clockKey) => new($"safeguarding-past-{clockKey}", MeasureKind.Stock, "spans and clocks", db =>
        from span in db.StageSpans.AsNoTracking()
        join clock in db.EpisodeClocks.AsNoTracking() on span.EpisodeId equals clock.EpisodeId
        where span.PathwayKey == EnquiryPathway.PathwayKey && span.SupersededOn == null && clock.ClockKey == clockKey && clock.DueDate != null && (span.ToDate == null || span.ToDate > clock.DueDate.Value.AddDays(1))
        select new MeasureRow
        {
            SubjectId = span.EpisodeId.ToString(), EpisodeId = span.EpisodeId, PersonId = span.PersonId,
            From = span.FromDate > clock.DueDate!.Value.AddDays(1) ? span.FromDate : clock.DueDate!.Value.AddDays(1),
            To = span.ToDate, Since = db.Episodes.Where(e => e.Id == span.EpisodeId).Select(e => (DateOnly?)e.ReceivedDate).FirstOrDefault(), TeamId = span.TeamId, WorkerId = span.WorkerId, Reason = span.EndReason,
        });
}
