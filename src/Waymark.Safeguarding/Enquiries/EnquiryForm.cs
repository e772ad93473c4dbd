using Waymark.Kernel.Forms;

namespace Waymark.Safeguarding.Enquiries;

/// <summary>A risk that the enquiry looked at, as the Safeguarding Adults Collection counts it.</summary>
public sealed record EnquiredRisk
{
    public string RowId { get; init; } = "";

    [Question("Type of abuse or neglect", Required = true)] public AbuseType? Type { get; init; }
    [Question("Source of the risk", Required = true)] public RiskSource? Source { get; init; }
    [Question("Where", Required = true)] public RiskLocation? Location { get; init; }
}

/// <summary>What the enquiry found, the risk and what became of it, and what action is needed (section 42(2)). A manager approves it.</summary>
[Form(Key, "Enquiry", Permission = SafeguardingCan.Enquire)]
public sealed record EnquiryForm : Form
{
    public const string Key = "safeguarding-enquiry";

    [Question("How did it end?", Required = true)] public EnquiryEnd? Ended { get; init; }
    [Question("How do you know that the adult is free to decide so?", Required = true, When = "Ended=CeasedAtRequest", Lines = 2)] public string? FreeToDecide { get; init; }
    [Question("Which council leads now?", Required = true, When = "Ended=LedElsewhere")] public string? LedBy { get; init; }
    [Question("Risk looked at", Repeats = true, Required = true, Hint = "Each type, with its source and place", MaxLength = 20, Section = "Findings")] public IReadOnlyList<EnquiredRisk>? Risks { get; init; }
    [Question("What was found, and on what evidence?", Hint = "More likely than not is enough", Required = true, Lines = 6)] public string? Findings { get; init; }
    [Question("What does the adult say about it?", Lines = 3)] public string? AdultSays { get; init; }
    [Question("Risk assessment", Required = true)] public RiskAssessmentOutcome? RiskAssessment { get; init; }
    [Question("What became of the risk?", Required = true, When = "RiskAssessment=IdentifiedAction|IdentifiedNoAction")] public RiskOutcome? RiskOutcome { get; init; }
    [Question("Why does the risk remain, and who knows of it?", Required = true, When = "RiskOutcome=Remained", Lines = 2)] public string? RemainsReason { get; init; }
    [Question("What action is needed, by whom?", Hint = "Section 42(2): what, if anything, and by whom", Required = true, Lines = 4, Section = "Action")] public string? Action { get; init; }
    [Question("Is a protection plan needed?", Hint = "If yes, complete it first", Required = true)] public bool? NeedsProtectionPlan { get; init; }
    [Question("Should a Safeguarding Adults Review be considered?", Hint = "Section 44: died or seriously harmed, and agencies might have worked together better", Required = true)] public bool? ConsiderReview { get; init; }

    public override Decision Decide(Facts facts) => Decision.Take(EnquiryPathway.Approved);

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (Ended == EnquiryEnd.CeasedAtRequest != (RiskAssessment == RiskAssessmentOutcome.CeasedAtRequest) && Ended != EnquiryEnd.CeasedAtRequest)
        {
            yield return (nameof(RiskAssessment), "Say that the enquiry ceased at the adult's request under how it ended, or choose another outcome of the risk assessment");
        }
    }
}
