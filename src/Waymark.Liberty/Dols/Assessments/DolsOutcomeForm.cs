using Waymark.Kernel.Forms;

namespace Waymark.Liberty.Dols.Assessments;

public enum AssessedOutcome
{
    [Choice("All six requirements are met")] AllMet,
    [Choice("A requirement is not met", Hint = "The assessments that remain then stop")] NotMet,
    [Choice("No deprivation of liberty (form 3A)")] NoDeprivation,
}

/// <summary>Sends what was found to the signatory. It must agree with the assessments themselves.</summary>
[Form("dols-outcome", "Send to the signatory", Permission = LibertyCan.Work)]
public sealed record DolsOutcomeForm : Form
{
    [Question("What did the assessments find?", Required = true)] public AssessedOutcome? Outcome { get; init; }
    [Question("What should the signatory look at first?", Lines = 3)] public string? Note { get; init; }

    public override Decision Decide(Facts facts) => Decision.Take(Outcome switch
    {
        AssessedOutcome.AllMet => DolsPathway.AllMet,
        AssessedOutcome.NotMet => DolsPathway.NotMet,
        _ => DolsPathway.NoDeprivation,
    });
}
