using Waymark.Kernel.Pathways;

namespace Waymark.Safeguarding.Enquiries;

/// <summary>
/// A safeguarding enquiry under section 42(2), or another one: starts at the decision of triage, waits for a worker, is made (or caused to be made by another body), approved
/// by a manager, and closed with the adult's own outcomes. The marks of six and twelve weeks run over the whole of it (K-06, K-07), beside the limits of its stages.
/// </summary>
public sealed class EnquiryPathway : Pathway
{
    public const string PathwayKey = "safeguarding-enquiry";

    // Kinds of the episode.
    public const string Section42Kind = "section-42";
    public const string OtherKind = "other";

    // Stages.
    public const string Allocate = "allocate";
    public const string Enquire = "enquire";
    public const string Closing = "close";

    // Tasks beside the enquiry.
    public const string PlanTask = "plan";
    public const string ConversationTask = "conversation";
    public const string ProtectionTask = "protection";

    // Exits.
    public const string Approved = "approved";
    public const string Concluded = "concluded";

    // Clocks.
    public const string AllocateClock = "allocate";
    public const string EnquiryClock = "enquiry";

    /// <summary>K-06: open longer, and it is for the aged-case meeting.</summary>
    public const string ClinicClock = "clinic";

    /// <summary>K-07: open longer, and it is counted.</summary>
    public const string AgedClock = "aged";

    /// <summary>Another adult whom the enquiry is about, beside the episode's own person.</summary>
    public const string AdultRole = "adult";

    public EnquiryPathway()
        : base(PathwayKey, "Safeguarding enquiry", "SGE")
    {
        Permission = SafeguardingCan.View;

        var allocate = Stage(Allocate, "Allocation", SafeguardingModule.Enquiries).OnAllocationGoesTo(Enquire);

        var enquire = Stage(Enquire, "Enquiry", SafeguardingModule.Enquiries)
            .CompletedBy(SafeguardingCan.Enquire)
            .Asks<EnquiryForm>()
            .Beside<PlanningForm>(PlanTask, "Planning")
            .Beside<ConversationForm>(ConversationTask, "Conversation record")
            .Beside<ProtectionPlanForm>(ProtectionTask, "Protection plan", required: false)
            .ApprovedBy(SafeguardingCan.Approve)
            .MayReopen()
            .Exits(To(Approved, "Approved, to close", Closing));

        Stage(Closing, "Close", SafeguardingModule.Enquiries)
            .CompletedBy(SafeguardingCan.Enquire)
            .Asks<CloseForm>()
            .MayGoBackTo(Enquire)
            .Exits(Close(Concluded, "Concluded", Concluded));

        Clock(AllocateClock, "Give it a worker").From(allocate.Entered).Until(allocate.Left).Within(ClockLimit.ByPolicy("safeguarding.allocate"));
        Clock(EnquiryClock, "Complete the enquiry").From(enquire.Entered).Until(enquire.Left).Within(ClockLimit.ByPolicy("safeguarding.enquiry"));
        Clock(ClinicClock, "Aged-case meeting").From(allocate.Entered).Within(ClockLimit.ByPolicy("safeguarding.clinic")).OnlyFlags();
        Clock(AgedClock, "Aged enquiry").From(allocate.Entered).Within(ClockLimit.ByPolicy("safeguarding.aged")).OnlyFlags();
    }
}
