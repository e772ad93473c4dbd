using Waymark.Kernel.Forms;

namespace Waymark.Liberty.Dols.Requests;

public enum CheckResult
{
    [Choice("Ours, and complete: it waits for assessors")] Accept,
    [Choice("Sent to the wrong supervisory body")] WrongBody,
    [Choice("The person has died")] Died,
    [Choice("Discharged or moved")] Moved,
    [Choice("Withdrawn or no longer needed")] Withdrawn,
    [Choice("Already in hand")] Duplicate,
}

/// <summary>The first look: is it for us, is it whole, who is it about. Before it is accepted the person is found and the priority set, each on a page of its own.</summary>
[Form("dols-check", "Check the request", Permission = LibertyCan.Work)]
public sealed record DolsCheckForm : Form
{
    [Question("What should happen to the request?", Hint = "Before you accept it: say who the person is, and set the priority (below)", Required = true)] public CheckResult? Result { get; init; }
    [Question("Which council or body is the supervisory body?", Required = true, When = nameof(Result) + "=WrongBody")] public string? RightBody { get; init; }
    [Question("Why is it theirs?", Hint = "The managing authority reads this", Required = true, Lines = 2, When = nameof(Result) + "=WrongBody")] public string? WrongBodyReason { get; init; }
    [Question("Does the council run the place itself?", Hint = "Its own staff may then not be the best interests assessor", Required = true, When = nameof(Result) + "=Accept")] public bool? IsOwnPlace { get; init; }
    [Question("Is there nobody but paid staff to consult?", Hint = "If so, instruct an advocate under section 39A", Required = true, When = nameof(Result) + "=Accept")] public bool? NeedsAdvocate { get; init; }
    [Question("When did it happen?", Required = true, When = nameof(Result) + "=Died|Moved|Withdrawn")] public DateOnly? ChangedDate { get; init; }
    [Question("What is known, in a line", Required = true, When = nameof(Result) + "=Died|Moved|Withdrawn|Duplicate")] public string? ChangedReason { get; init; }

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (ChangedDate > facts.Today)
        {
            yield return (nameof(ChangedDate), "The date is in the future. Give the day it happened");
        }
    }

    public override Decision Decide(Facts facts) => Decision.Take(Result switch
    {
        CheckResult.Accept => "accepted",
        CheckResult.WrongBody => DolsPathway.WrongBody,
        CheckResult.Died => DolsPathway.Closed.Died,
        CheckResult.Moved => DolsPathway.Closed.Moved,
        CheckResult.Withdrawn => DolsPathway.Closed.Withdrawn,
        _ => DolsPathway.Closed.Duplicate,
    });
}
