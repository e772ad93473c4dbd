using Waymark.FrontDoor.Contacts;
using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;

namespace Waymark.FrontDoor.Screening;

/// <summary>FC-3: a second pair of eyes on a prioritised referral. The screener is never the prioritiser.</summary>
[Form("screening", "Supervisor's screening", Permission = Can.ScreenContacts)]
public sealed record ScreeningForm : Form
{
    [Question("What should happen?", Required = true)]
    public ScreeningDecision? Outcome { get; init; }

    [Question("Is the priority right?", Required = true, When = "Outcome=Forward")]
    public PriorityCheck? Priority { get; init; }

    [Question("Which priority should it have?", Required = true, When = "Priority=Change")]
    public ScreenedPriority? NewPriority { get; init; }

    [Question("Why?", Hint = "One line. The first priority is kept beside yours.", Required = true, When = "Priority=Change")]
    public string? PriorityReason { get; init; }

    [Question("Why, in a line", Hint = "Whoever took the contact reads this.", Required = true, When = "Outcome=Signpost|Decline|Duplicate|AskAgain")]
    public string? Reason { get; init; }

    public override IEnumerable<(string Question, string Message)> Check(Facts facts) =>
        Outcome == ScreeningDecision.Forward && ContactForm.Died(facts) is { } died ? [(nameof(Outcome), died)] : [];

    public override Decision Decide(Facts facts) => Outcome switch
    {
        ScreeningDecision.Forward => Decision.Take("forward"),
        ScreeningDecision.Signpost => Decision.Take("signpost"),
        ScreeningDecision.Decline => Decision.Take("decline"),
        ScreeningDecision.Duplicate => Decision.Take("duplicate"),
        ScreeningDecision.AskAgain => Decision.Take("ask-again"),
        _ => Decision.Stay,
    };
}

public enum ScreeningDecision
{
    [Choice("Forward it for an assessment")] Forward,
    [Choice("Signpost: no assessment is needed now")] Signpost,
    [Choice("The person does not want this")] Decline,
    [Choice("It is in hand already")] Duplicate,
    [Choice("Ask the caller for more")] AskAgain,
}

public enum PriorityCheck
{
    [Choice("Yes, I agree")] Agree,
    [Choice("No, change it")] Change,
}

/// <summary>Keys of the default <c>work.priorities</c>.</summary>
public enum ScreenedPriority
{
    [Choice("Urgent")] Urgent,
    [Choice("High")] High,
    [Choice("Medium")] Medium,
    [Choice("Low")] Low,
}

/// <summary>Looks, on the next working day, at what was acted on at once.</summary>
[Form("screening-after", "Look at what was acted on", Permission = Can.ScreenContacts)]
public sealed record ScreeningAfterForm : Form
{
    [Question("Was it right to act at once?", Required = true)]
    public YesNo? WasRight { get; init; }

    [Question("What should we learn from it?", Required = true, When = "WasRight=No", Lines = 3)]
    public string? Learning { get; init; }

    public override Decision Decide(Facts facts) => WasRight switch
    {
        YesNo.Yes => Decision.Take("agreed"),
        YesNo.No => Decision.Take("not-agreed"),
        _ => Decision.Stay,
    };
}

public enum YesNo
{
    [Choice("Yes")] Yes,
    [Choice("No")] No,
}
