using Waymark.Kernel.Forms;

namespace Waymark.Liberty.Capacity;

public enum Principle
{
    [Choice("Capacity is assumed until it is shown that it is lacking")] Assumed,
    [Choice("All practicable help to decide was given first")] Helped,
    [Choice("An unwise decision is not a sign of lacking capacity")] Unwise,
    [Choice("What is done for someone who lacks capacity is in their best interests")] BestInterests,
    [Choice("The way that restricts their rights and freedom least was looked for")] LeastRestrictive,
}

public enum Functional
{
    [Choice("Yes")] Can,
    [Choice("No, on the balance of probabilities")] Cannot,
}

/// <summary>
/// Whether a person can make one decision at the time it has to be made (Mental Capacity Act 2005, sections 1 to 3). Of one person several may be open, each about a
/// decision of its own.
/// </summary>
[Form(Key, "Mental capacity assessment", Minutes = 25, Several = true)]
public sealed record CapacityForm : Form
{
    public const string Key = "mental-capacity";

    [Question("Which decision?", Hint = "One decision, as the person would have to make it: “whether to move to Meadow View”", Required = true)] public string? DecisionToMake { get; init; }
    [Question("By when must it be made, and can it wait until the person may be able to?", Required = true)] public string? When { get; init; }
    [Question("Why is capacity for this decision in doubt?", Required = true, Lines = 2)] public string? Doubt { get; init; }
    [Question("The five principles: tick what you held to", Hint = "Section 1", Required = true)] public IReadOnlyList<Principle>? Principles { get; init; }
    [Question("What was done to help the person decide?", Hint = "Time and place, pictures, an interpreter, someone they trust", Required = true, Lines = 3)] public string? Help { get; init; }

    [Question("Can they understand what the decision is about?", Required = true, Section = "Can the person decide?")] public Functional? Understand { get; init; }
    [Question("Can they retain it long enough to decide?", Required = true)] public Functional? Retain { get; init; }
    [Question("Can they use or weigh it?", Required = true)] public Functional? Weigh { get; init; }
    [Question("Can they communicate a decision by any means?", Required = true)] public Functional? Communicate { get; init; }
    [Question("What did they say and do that shows it?", Required = true, Lines = 4)] public string? Evidence { get; init; }

    [Question("Is there an impairment of, or disturbance in, the mind or brain?", Required = true, Section = "Why not?")] public bool? HasImpairment { get; init; }
    [Question("Is that why they cannot decide? Say how", Required = true, Lines = 2, When = nameof(HasImpairment) + "=Yes")] public string? Because { get; init; }

    [Question("Does the person lack capacity for this decision?", Required = true, Section = "Conclusion")] public bool? LacksCapacity { get; init; }
    [Question("Date of the assessment", Required = true)] public DateOnly? AssessedDate { get; init; }

    public override Decision Decide(Facts facts) => Decision.Stay;

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (AssessedDate > facts.Today)
        {
            yield return (nameof(AssessedDate), "The date is in the future");
        }

        var cannot = new[] { Understand, Retain, Weigh, Communicate }.Contains(Functional.Cannot);
        if (LacksCapacity == true && (!cannot || HasImpairment != true))
        {
            yield return (nameof(LacksCapacity), "A person lacks capacity only if they cannot do one of the four, and because of an impairment or disturbance. Look at your answers again");
        }
        else if (LacksCapacity == false && cannot && HasImpairment == true)
        {
            yield return (nameof(LacksCapacity), "Your answers say that the person cannot decide because of an impairment. Look at them again");
        }

        foreach (var missing in Enum.GetValues<Principle>().Where(p => Principles is not null && !Principles.Contains(p) && (p is not (Principle.BestInterests or Principle.LeastRestrictive) || LacksCapacity == true)))
        {
            yield return (nameof(Principles), $"“{Kernel.Ui.Choices.Text(missing)}” is not ticked. If it was not held to, the assessment cannot stand: make it again");
            break;
        }
    }
}

public sealed record Option
{
    public string RowId { get; init; } = "";

    [Question("Option", Required = true)] public string? Text { get; init; }
    [Question("For it", Required = true, Lines = 2)] public string? For { get; init; }
    [Question("Against it", Required = true, Lines = 2)] public string? Against { get; init; }
}

/// <summary>A decision made for someone who lacks capacity for it (section 4), by whoever is the decision-maker, with the checklist of the Act.</summary>
[Form(Key, "Best interests decision", Minutes = 30, Several = true)]
public sealed record BestInterestsForm : Form
{
    public const string Key = "best-interests-decision";

    [Question("Which decision?", Hint = "In the words of the capacity assessment that found the person to lack capacity for it", Required = true)] public string? DecisionToMake { get; init; }
    [Question("Who is the decision-maker?", Required = true)] public string? DecisionMaker { get; init; }
    [Question("Is there an attorney or deputy with authority over it, or an advance decision?", Hint = "If so, the decision is theirs", Required = true, Lines = 2)] public string? Authority { get; init; }
    [Question("May the person regain capacity, and can it wait?", Required = true, Lines = 2, Section = "The checklist of section 4")] public string? MayRegain { get; init; }
    [Question("How did the person take part?", Required = true, Lines = 2)] public string? TookPart { get; init; }
    [Question("Their past and present wishes and feelings, beliefs and values", Required = true, Lines = 4)] public string? Wishes { get; init; }
    [Question("Who was consulted, and what do they think is best?", Required = true, Lines = 3)] public string? Consulted { get; init; }
    [Question("Was an independent mental capacity advocate needed?", Hint = "Nobody to consult, and serious treatment or a change of accommodation", Required = true)] public bool? NeedsAdvocate { get; init; }
    [Question("The advocate and what they reported", Required = true, Lines = 2, When = nameof(NeedsAdvocate) + "=Yes")] public string? Advocate { get; init; }
    [Question("Option", Repeats = true, Required = true, MaxLength = 12, Section = "Weighing")] public IReadOnlyList<Option>? Options { get; init; }
    [Question("What was decided?", Required = true, Lines = 3)] public string? Decided { get; init; }
    [Question("Why is it in the person's best interests, and the least restrictive way?", Required = true, Lines = 4)] public string? Reasons { get; init; }
    [Question("Who disagrees, and what was done about it?", Required = true, Lines = 2)] public string? Disagreement { get; init; }
    [Question("Date of the decision", Required = true)] public DateOnly? DecidedDate { get; init; }

    public override Decision Decide(Facts facts) => Decision.Stay;

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (DecidedDate > facts.Today)
        {
            yield return (nameof(DecidedDate), "The date is in the future");
        }

        if (Options?.Count < 2)
        {
            yield return (nameof(Options), "Weigh at least two options: doing nothing is one");
        }
    }
}
