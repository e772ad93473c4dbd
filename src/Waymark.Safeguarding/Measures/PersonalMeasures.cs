using System.Linq.Expressions;
using Waymark.Kernel.Measures;
using static Waymark.Safeguarding.Measures.SafeguardingMeasuresPart;

namespace Waymark.Safeguarding.Measures;

/// <summary>
/// Making Safeguarding Personal (SG-13), what became of the risk, and who had an advocate (SG-21): each a share of section 42 enquiries concluded in the period, with
/// n and N. What was asked at the start stands apart from what was asked at close.
/// </summary>
public static class PersonalMeasures
{
    private const string Of42 = "Of the section 42 enquiries concluded in the period";

    public static IReadOnlyList<Measure> All { get; } =
    [
        Better("safeguarding-asked-at-planning", "Asked at planning what they want to happen", e => true,
            e => e.Record.AskedAtPlanning == OutcomesAsked.Expressed || e.Record.AskedAtPlanning == OutcomesAsked.NoneExpressed,
            $"{Of42}, those where the adult or who speaks for them was asked when the enquiry was planned. Asked at the start.", "SG-13"),
        Better("safeguarding-asked-at-close", "Asked at close what they wanted to happen", e => true,
            e => e.Record.AskedAtClose == OutcomesAsked.Expressed || e.Record.AskedAtClose == OutcomesAsked.NoneExpressed,
            $"{Of42}, those where the adult or who speaks for them was asked at close, whether or not they said what they wanted.", "SG-13"),
        Better("safeguarding-outcomes-expressed", "Asked at close and said what they wanted", e => true, e => e.Record.AskedAtClose == OutcomesAsked.Expressed,
            $"{Of42}, those where the adult or who speaks for them was asked and expressed desired outcomes.", "SG-13", "F-44"),
        Better("safeguarding-outcomes-met", "Desired outcomes met, fully or in part", e => e.Record.AskedAtClose == OutcomesAsked.Expressed && e.Record.Achieved != null,
            e => e.Record.Achieved == OutcomesAchieved.Fully || e.Record.Achieved == OutcomesAchieved.Partially,
            $"{Of42} where desired outcomes were asked for and expressed, those where they were achieved fully or in part.", "SG-13", "F-43"),
        Better("safeguarding-outcomes-fully-met", "Desired outcomes fully met", e => e.Record.AskedAtClose == OutcomesAsked.Expressed && e.Record.Achieved != null,
            e => e.Record.Achieved == OutcomesAchieved.Fully,
            $"{Of42} where desired outcomes were asked for and expressed, those where they were fully achieved.", "SG-13", "F-43"),
        Better("safeguarding-risk-reduced", "Risk reduced or removed", e => e.Record.RiskOutcome != null,
            e => e.Record.RiskOutcome == RiskOutcome.Reduced || e.Record.RiskOutcome == RiskOutcome.Removed,
            $"{Of42} where a risk was identified, those where it was reduced or removed: ASCOF 4B.", "F-45"),
        Better("safeguarding-advocate", "Lacked capacity and had an advocate", e => e.Record.Capacity == CapacityAnswer.Lacks, e => e.Record.SupportedBy == SupportedBy.Advocate,
            $"{Of42} of adults who lacked capacity to decide about it, those in which an independent advocate is recorded.", "SG-21"),
        Better("safeguarding-supported", "Lacked capacity and was supported by an advocate, family or a friend", e => e.Record.Capacity == CapacityAnswer.Lacks,
            e => e.Record.SupportedBy == SupportedBy.Advocate || e.Record.SupportedBy == SupportedBy.FamilyOrFriend,
            $"{Of42} of adults who lacked capacity to decide about it, those who were supported by an advocate, a family member or a friend.", "SG-21"),
    ];

    private static Measure Better(string key, string title, Expression<Func<CountedEnquiry, bool>> among, Expression<Func<CountedEnquiry, bool>> hit, string definition, params string[] inventory)
    {
        var rows = Share.Rows(key, "enquiries", db => CountedEnquiry.Of(db).Where(e => e.Record.IsSection42 && e.Record.ConcludedDate != null).Where(among), (e, isHit) => new MeasureRow
        {
            SubjectId = e.Record.EpisodeId.ToString(), EpisodeId = e.Record.EpisodeId, PersonId = e.PersonId, From = e.Record.ConcludedDate!.Value, TeamId = e.TeamId, WorkerId = e.WorkerId, Hit = isHit,
        }, hit);
        return Of(key, title, "%", rows, Fold.Percent, definition, inventory) with { MoreIsBetter = true };
    }
}
