using Waymark.Kernel.Access;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;

namespace Waymark.Assessment.CareActAssessment;

/// <summary>A needs assessment under section 9 of the Care Act 2014: waiting to be given a worker, assessed, approved.</summary>
public sealed class CareActAssessmentPathway : Pathway
{
    public const string PathwayKey = "care-act-assessment";

    /// <summary>Gives out and does Care Act assessments in a locality.</summary>
    public static readonly Duty Duty = new("locality-assessment", "Care Act assessment");

    public CareActAssessmentPathway()
        : base(PathwayKey, "Care Act assessment", "CAA")
    {
        Stage("allocate", "Waiting to be allocated", Duty)
            .OnAllocationGoesTo("assess")
            .Exits(
                Close("signposted", "Signposted while waiting", Departures.Signposted),
                Close("declined", "The person does not want an assessment", Departures.Declined),
                Close("died", "The person has died", Departures.Died),
                Close("moved", "Moved away", Departures.Moved),
                Close("duplicate", "Already in hand elsewhere", Departures.Duplicate));

        Stage("assess", "Assessment", Duty)
            .ApprovedBy(Can.ApproveWork)
            .MayGoBackTo("allocate")
            .MayReopen()
            .Exits(
                Close("assessed-eligible", "Assessed: eligible needs", Departures.Assessed),
                Close("assessed-not-eligible", "Assessed: no eligible needs", Departures.Assessed),
                Close("declined", "The person does not want an assessment", Departures.Declined),
                Close("died", "The person has died", Departures.Died),
                Close("moved", "Moved away", Departures.Moved));
    }
}
