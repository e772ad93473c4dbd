using Waymark.Kernel.Access;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;

namespace Waymark.Assessment.CareActAssessment;

/// <summary>A needs assessment under section 9 of the Care Act 2014: waiting to be given a worker, assessed, approved by someone else, closed.</summary>
public sealed class CareActAssessmentPathway : Pathway
{
    public const string PathwayKey = "care-act-assessment";
    public const string Allocate = "allocate";
    public const string Assess = "assess";
    public const string Eligible = "assessed-eligible";
    public const string NotEligible = "assessed-not-eligible";
    public const string Declined = "declined";
    public const string Died = "died";
    public const string Moved = "moved";
    public const string Signposted = "signposted";

    /// <summary>Gives out and does Care Act assessments in a locality.</summary>
    public static readonly Duty Duty = new("locality-assessment", "Care Act assessment");

    public CareActAssessmentPathway()
        : base(PathwayKey, "Care Act assessment", "CAA")
    {
        Stage(Allocate, "Waiting to be allocated", Duty)
            .OnAllocationGoesTo(Assess)
            .MayReopen()
            .Exits(
                Close(Signposted, "Signposted while waiting", Departures.Signposted),
                Close(Declined, "The person does not want an assessment", Departures.Declined),
                Close(Died, "The person has died", Departures.Died),
                Close(Moved, "Moved away", Departures.Moved),
                Close("duplicate", "Already in hand elsewhere", Departures.Duplicate));

        Stage(Assess, "Assessment", Duty)
            .Asks<CareActAssessmentForm>()
            .ApprovedBy(Can.ApproveWork)
            .MayGoBackTo(Allocate)
            .MayReopen()
            .Exits(
                Close(Eligible, "Assessed: eligible needs", Departures.Assessed),
                Close(NotEligible, "Assessed: no eligible needs", Departures.Assessed),
                Close(Declined, "The person refused an assessment", Departures.Declined),
                Close(Died, "The person has died", Departures.Died),
                Close(Moved, "Moved away", Departures.Moved),
                Close(Signposted, "Signposted", Departures.Signposted));
    }
}
