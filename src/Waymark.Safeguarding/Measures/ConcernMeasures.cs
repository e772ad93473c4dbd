using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Measures;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;
using static Waymark.Safeguarding.Measures.SafeguardingMeasuresPart;

namespace Waymark.Safeguarding.Measures;

/// <summary>Concerns: how many, about how many people, from whom, of what kind, where; how many became an enquiry; who was the subject of one in two years running.</summary>
public static class ConcernMeasures
{
    private const string Source = "concerns";
    private const string Counted = "Counted on the day they were raised with the council; one found to have been raised before, and one about something outside the council's area, do not count.";

    /// <summary>A row for each concern, by its source.</summary>
    public static MeasureRows Concerns { get; } = By("safeguarding-concerns", c => c.Record.Source == ConcernSource.CareProvider);

    private static readonly MeasureRows ToEnquiry = By("safeguarding-concerns-to-enquiry-share", c =>
        c.Record.Outcome == ConcernPathway.Section42 || c.Record.Outcome == ConcernPathway.OtherEnquiry || c.Record.Outcome == ConcernPathway.Joined);

    private static readonly MeasureRows Asked = By("safeguarding-asked-at-concern", c => c.Record.OutcomesAsked == OutcomesAsked.Expressed || c.Record.OutcomesAsked == OutcomesAsked.NoneExpressed);

    /// <summary>A row for each concern that opened or joined an enquiry; cut by reason, which of the three it was.</summary>
    private static readonly MeasureRows Went = new("safeguarding-concerns-to-enquiry", MeasureKind.Flow, Source, db => CountedConcern.Of(db)
        .Where(c => c.Record.Outcome == ConcernPathway.Section42 || c.Record.Outcome == ConcernPathway.OtherEnquiry || c.Record.Outcome == ConcernPathway.Joined)
        .Select(c => new MeasureRow
        {
            SubjectId = c.Record.EpisodeId.ToString(), EpisodeId = c.Record.EpisodeId, PersonId = c.PersonId, From = c.Record.RaisedDate, TeamId = c.TeamId, Reason = c.Record.Outcome,
        }));

    /// <summary>Concerns, and the enquiries started, which they are divided by.</summary>
    private static readonly MeasureRows PerEnquiry = new("safeguarding-concerns-per-enquiry", MeasureKind.Flow, "concerns and enquiries", db => CountedConcern.Of(db)
        .Select(c => new MeasureRow
        {
            SubjectId = c.Record.EpisodeId.ToString(), EpisodeId = c.Record.EpisodeId, PersonId = c.PersonId, From = c.Record.RaisedDate, TeamId = c.TeamId, Hit = false, Reason = "concern",
        })
        .Concat(CountedEnquiry.Of(db).Select(e => new MeasureRow
        {
            SubjectId = e.Record.EpisodeId.ToString(), EpisodeId = e.Record.EpisodeId, PersonId = e.PersonId, From = e.Record.StartedDate, TeamId = e.TeamId, Hit = true, Reason = "enquiry",
        })));

    /// <summary>A row for each concern about somebody who was the subject of another in the financial year before that of this one.</summary>
    public static MeasureRows Repeats { get; } = new("safeguarding-repeat-people", MeasureKind.Flow, Source, db => CountedConcern.Of(db)
        .Where(c => c.PersonId != null && CountedConcern.Of(db).Any(o => o.PersonId == c.PersonId
            && (o.Record.RaisedDate.Month < 4 ? o.Record.RaisedDate.Year : o.Record.RaisedDate.Year + 1) == (c.Record.RaisedDate.Month < 4 ? c.Record.RaisedDate.Year - 1 : c.Record.RaisedDate.Year)))
        .Select(c => new MeasureRow
        {
            SubjectId = c.Record.EpisodeId.ToString(), EpisodeId = c.Record.EpisodeId, PersonId = c.PersonId, From = c.Record.RaisedDate, TeamId = c.TeamId, Reason = c.Record.Source.ToString(),
        }));

    private static readonly MeasureRows Types = new("safeguarding-concern-types", MeasureKind.Flow, Source, db =>
        from concern in CountedConcern.Of(db)
        join risk in db.Set<SafeguardingRisk>().AsNoTracking() on concern.Record.EpisodeId equals risk.EpisodeId
        select new MeasureRow
        {
            SubjectId = concern.Record.EpisodeId.ToString(), EpisodeId = concern.Record.EpisodeId, PersonId = concern.PersonId, From = concern.Record.RaisedDate, TeamId = concern.TeamId,
            Reason = risk.Type.ToString(),
        });

    private static readonly MeasureRows Places = new("safeguarding-concern-places", MeasureKind.Flow, Source, db => CountedConcern.Of(db).Select(c => new MeasureRow
    {
        SubjectId = c.Record.EpisodeId.ToString(), EpisodeId = c.Record.EpisodeId, PersonId = c.PersonId, From = c.Record.RaisedDate, TeamId = c.TeamId, Reason = c.Record.Location.ToString(),
    }));

    private static readonly MeasureRows Open = new("safeguarding-concerns-open", MeasureKind.Stock, "spans", db =>
        db.StageSpans.AsNoTracking().Where(s => s.PathwayKey == ConcernPathway.PathwayKey && s.SupersededOn == null).Select(s => new MeasureRow
        {
            SubjectId = s.EpisodeId.ToString(), EpisodeId = s.EpisodeId, PersonId = s.PersonId, From = s.FromDate, To = s.ToDate, Since = s.VisitDate, TeamId = s.TeamId, WorkerId = s.WorkerId,
            Reason = s.EndReason,
        }));

    public static IReadOnlyList<Measure> All { get; } =
    [
        Of("safeguarding-concerns", "Safeguarding concerns", "items", Concerns, Fold.Count, $"Safeguarding concerns raised in the period. {Counted} Cut by reason, by who raised them.", "SG-6", "SG-12", "F-38", "F-39"),
        Of("safeguarding-concern-people", "People with a safeguarding concern", "people", Concerns, Fold.People, "Different people who were the subject of a safeguarding concern raised in the period.", "SG-6", "F-39"),
        Of("safeguarding-concerns-per-100000", "Safeguarding concerns per 100,000 adults", "per 100,000", Concerns, Fold.RatePer100000, "Safeguarding concerns raised in the period for each 100,000 adults who live in the area.", "SG-6") with
        { PopulationKey = "adults" },
        Of("safeguarding-concerns-by-providers", "Safeguarding concerns raised by care providers", "%", Concerns, Fold.Percent, "Of the safeguarding concerns raised in the period, those that a care provider raised, in a care home or in people's own homes.", "SG-12", "F-41"),
        Of("safeguarding-concern-types", "Types of abuse and neglect in safeguarding concerns", "items", Types, Fold.Count, "Each type of abuse or neglect of each concern raised in the period. A concern may have several, so this is more than the number of concerns. Cut it by reason.", "SG-12"),
        Of("safeguarding-concern-places", "Places of safeguarding concerns", "items", Places, Fold.Count, "Safeguarding concerns raised in the period, by where it happened. Cut it by reason.", "SG-12"),
        Of("safeguarding-concerns-to-enquiry", "Safeguarding concerns that went to an enquiry", "items", Went, Fold.Count, "Concerns raised in the period that opened an enquiry, under section 42 or another one, or joined one that was open. A concern not yet decided is not among them.", "SG-6", "F-38"),
        Of("safeguarding-conversion", "Safeguarding concerns that went to an enquiry, share", "%", ToEnquiry, Fold.Percent, "Of the concerns raised in the period, those that opened an enquiry, under section 42 or another one, or joined one that was open. A concern not yet decided counts as one that did not.", "SG-6", "F-38"),
        Of("safeguarding-conversion-section-42", "Safeguarding concerns that went to a section 42 enquiry, share", "%", OfKind("section-42", isSection42: true), Fold.Percent, "Of the concerns raised in the period, those that are joined to a section 42 enquiry.", "SG-6"),
        Of("safeguarding-conversion-other", "Safeguarding concerns that went to another enquiry, share", "%", OfKind("other", isSection42: false), Fold.Percent, "Of the concerns raised in the period, those that are joined to an enquiry that is not under section 42.", "SG-6"),
        Of("safeguarding-concerns-per-enquiry", "Safeguarding concerns for each enquiry", "concerns", PerEnquiry, Fold.PerHit, "Concerns raised in the period for each enquiry started in it, under section 42 or another one: the other way of looking at conversion, and not the same number turned round, because several concerns may join one enquiry.", "SG-6"),
        Of("safeguarding-repeat-people", "People with a safeguarding concern in this financial year and in the one before", "people", Repeats, Fold.People, "Different people who were the subject of a concern raised in the period and of another in the financial year (April to March) before it.", "SG-11", "F-40"),
        Of("safeguarding-asked-at-concern", "Asked at the concern what they want to happen", "%", Asked, Fold.Percent, "Of the concerns raised in the period, those where the adult or who speaks for them was asked what they want, whether or not they said. Asked at the start: apart from what is asked at planning and at close.", "SG-13") with
        { MoreIsBetter = true },
        Of("safeguarding-concerns-open", "Safeguarding concerns open", "items", Open, Fold.Count, "Concerns received and not yet decided on the day.", "SG-7", "SG-8") with { MoreIsBetter = false },
    ];

    private static MeasureRows OfKind(string kind, bool isSection42) => new($"safeguarding-conversion-{kind}", MeasureKind.Flow, Source, db => CountedConcern.Of(db).Select(c => new MeasureRow
    {
        SubjectId = c.Record.EpisodeId.ToString(), EpisodeId = c.Record.EpisodeId, PersonId = c.PersonId, From = c.Record.RaisedDate, TeamId = c.TeamId, Reason = c.Record.Source.ToString(),
        Hit = db.EpisodeLinks.Any(l => l.FromEpisodeId == c.Record.EpisodeId && db.Set<EnquiryRecord>().Any(e => e.EpisodeId == l.ToEpisodeId && e.IsSection42 == isSection42)),
    }));

    private static MeasureRows By(string key, Expression<Func<CountedConcern, bool>> hit) => Share.Rows(key, Source, CountedConcern.Of, (c, isHit) => new MeasureRow
    {
        SubjectId = c.Record.EpisodeId.ToString(), EpisodeId = c.Record.EpisodeId, PersonId = c.PersonId, From = c.Record.RaisedDate, TeamId = c.TeamId, Reason = c.Record.Source.ToString(), Hit = isHit,
    }, hit);
}
