using Waymark.Kernel.Pathways;
using Waymark.Safeguarding.Enquiries;

namespace Waymark.Safeguarding.Concerns;

/// <summary>
/// A safeguarding concern from receipt to decision: screened for an emergency, then triaged against the three limbs of section 42(1) of the Care Act. Both clocks run
/// from receipt, side by side (K-02, K-03); the raising (K-01) runs from the day it was identified to the day it was raised.
/// </summary>
public sealed class ConcernPathway : Pathway
{
    public const string PathwayKey = "safeguarding-concern";

    public const string Screen = "screen";
    public const string Triage = "triage";

    // Exits of triage: the decision. The first two open an enquiry; the third joins one that is open.
    public const string Section42 = "section-42";
    public const string OtherEnquiry = "other-enquiry";
    public const string Joined = "joined-enquiry";
    public const string ReferredOn = "referred-on";
    public const string Advice = "advice";
    public const string Closed = "closed";
    public const string Duplicate = "duplicate";

    // Clocks.
    public const string RaiseClock = "raise";
    public const string ScreenClock = "screen";
    public const string TriageClock = "triage";
    public const string LongOpenClock = "concern-long-open";

    /// <summary>Dates that the concern promotes (<see cref="Episode.PromotedDates"/>).</summary>
    public const string Identified = "identified";
    public const string Raised = "raised";

    public ConcernPathway()
        : base(PathwayKey, "Safeguarding concern", "SGC")
    {
        Permission = SafeguardingCan.View;

        var screen = Stage(Screen, "Emergency screen", SafeguardingModule.Screening)
            .CompletedBy(SafeguardingCan.Screen)
            .Asks<EmergencyScreenForm>()
            .Exits(To("screened", "To triage", Triage));

        var triage = Stage(Triage, "Triage", SafeguardingModule.Triage)
            .CompletedBy(SafeguardingCan.Triage)
            .Asks<TriageForm>()
            .MayGoBackTo(Screen)
            .MayReopen()
            .Exits(
                Close(Section42, "Section 42 enquiry", Section42).Opens(EnquiryPathway.PathwayKey, EnquiryPathway.Section42Kind),
                Close(OtherEnquiry, "Other enquiry", OtherEnquiry).Opens(EnquiryPathway.PathwayKey, EnquiryPathway.OtherKind),
                Close(Joined, "Joins an enquiry that is open", Joined),
                Close(ReferredOn, "Referred on", ReferredOn),
                Close(Advice, "Advice given", Advice),
                Close(Closed, "No further action under safeguarding", Closed),
                Close(Duplicate, "The same concern was raised before", Departures.Duplicate));

        Clock(RaiseClock, "Raise the concern").From(ClockEvent.Date(Identified)).Until(ClockEvent.Date(Raised)).Within(ClockLimit.ByPolicy("safeguarding.raise"));
        Clock(ScreenClock, "Emergency screen").From(Received).Until(screen.Left).Within(ClockLimit.ByPolicy("safeguarding.screen"));
        Clock(TriageClock, "Triage").From(Received).Until(triage.Left).Within(ClockLimit.ByPolicy("safeguarding.triage"));
        Clock(LongOpenClock, "Long open as a concern").From(Received).Within(ClockLimit.ByPolicy("safeguarding.concern-long-open")).OnlyFlags();
    }
}
