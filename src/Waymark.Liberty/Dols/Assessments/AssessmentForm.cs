using Waymark.Kernel.Forms;

namespace Waymark.Liberty.Dols.Assessments;

public enum Basis
{
    [Choice("A new assessment")] New,
    [Choice("An earlier assessment that still holds", Hint = "Equivalent assessment: less than 12 months old and nothing has changed")] Equivalent,
}

/// <summary>What each of the six assessments says beside its own questions.</summary>
public abstract record AssessmentForm : Form
{
    [Question("Is this a new assessment?", Required = true, Section = "Finding")] public Basis? Basis { get; init; }
    [Question("When was the earlier one made?", Required = true, When = nameof(Basis) + "=Equivalent")] public DateOnly? EquivalentDate { get; init; }
    [Question("Why does it still hold?", Required = true, Lines = 2, When = nameof(Basis) + "=Equivalent")] public string? EquivalentReason { get; init; }
    [Question("Date of the assessment", Hint = "The day you saw the person or decided that the earlier one holds", Required = true)] public DateOnly? AssessedDate { get; init; }
    [Question("Is the requirement met?", Required = true)] public bool? IsMet { get; init; }
    [Question("Reasons", Required = true, Lines = 4)] public string? Reasons { get; init; }

    public override Decision Decide(Facts facts) => Decision.Stay;

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (AssessedDate > facts.Today)
        {
            yield return (nameof(AssessedDate), "The date of the assessment is in the future");
        }

        // Schedule A1, paragraph 49: within the 12 months before.
        if (EquivalentDate > facts.Today || EquivalentDate <= facts.Today.AddYears(-1))
        {
            yield return (nameof(EquivalentDate), "An earlier assessment can stand only when it is less than 12 months old. Make a new one");
        }
    }
}

[Form(Key, "Age assessment (form 3)", Minutes = 5)]
public sealed record AgeForm : AssessmentForm
{
    public const string Key = "dols-age";

    [Question("How is it known that the person is 18 or over?", Required = true)] public string? Evidence { get; init; }

    public override IEnumerable<(string Question, string Message)> Check(Facts facts) => IsMet == true && facts.Person?.AgeOn(facts.Today) < 18
        ? base.Check(facts).Append((nameof(IsMet), $"The record says that the person is {facts.Person.AgeOn(facts.Today)}. Correct the date of birth first if it is wrong"))
        : base.Check(facts);
}

[Form(Key, "No refusals assessment (form 3)", Minutes = 5)]
public sealed record NoRefusalsForm : AssessmentForm
{
    public const string Key = "dols-no-refusals";

    [Question("Is there an advance decision that refuses some of this care?", Required = true)] public bool? HasAdvanceDecision { get; init; }
    [Question("Does an attorney or a deputy object to it?", Required = true)] public bool? AttorneyObjects { get; init; }

    public override IEnumerable<(string Question, string Message)> Check(Facts facts) => IsMet == true && (HasAdvanceDecision == true || AttorneyObjects == true)
        ? base.Check(facts).Append((nameof(IsMet), "With a valid refusal the requirement is not met. If it is not valid, say so in the reasons and answer “no” to it above"))
        : base.Check(facts);
}

public enum TestedBy
{
    [Choice("Can")] Can,
    [Choice("Cannot")] Cannot,
}

[Form(Key, "Mental capacity assessment (form 3 or 4)", Minutes = 20)]
public sealed record DolsCapacityForm : AssessmentForm
{
    public const string Key = "dols-capacity";

    [Question("What was done to help the person decide for themselves?", Required = true, Lines = 3)] public string? Help { get; init; }
    [Question("Understand what the stay and the care are", Required = true)] public TestedBy? Understand { get; init; }
    [Question("Retain it long enough to decide", Required = true)] public TestedBy? Retain { get; init; }
    [Question("Use or weigh it", Required = true)] public TestedBy? Weigh { get; init; }
    [Question("Communicate a decision", Required = true)] public TestedBy? Communicate { get; init; }
    [Question("Is that because of an impairment of, or disturbance in, mind or brain?", Required = true, Hint = "Which, and how it causes it, goes into the reasons")] public bool? IsBecauseOfImpairment { get; init; }

    /// <summary>The requirement is met by a person who lacks capacity.</summary>
    public bool LacksCapacity => IsBecauseOfImpairment == true && new[] { Understand, Retain, Weigh, Communicate }.Contains(TestedBy.Cannot);

    public override IEnumerable<(string Question, string Message)> Check(Facts facts) => IsMet is { } met && met != LacksCapacity
        ? base.Check(facts).Append((nameof(IsMet), LacksCapacity
            ? "The answers above say that the person lacks capacity for this decision, so the requirement is met"
            : "The answers above do not say that the person lacks capacity for this decision, so the requirement is not met"))
        : base.Check(facts);
}

[Form(Key, "Mental health assessment (form 4)", Minutes = 15)]
public sealed record MentalHealthForm : AssessmentForm
{
    public const string Key = "dols-mental-health";

    [Question("Which mental disorder does the person have?", Hint = "Within the Mental Health Act 1983, a learning disability of any kind included", Required = true, Lines = 2)] public string? Disorder { get; init; }
    [Question("How is being deprived of liberty likely to affect their mental health?", Required = true, Lines = 2)] public string? Effect { get; init; }
}

[Form(Key, "Eligibility assessment (form 4)", Minutes = 10)]
public sealed record EligibilityForm : AssessmentForm
{
    public const string Key = "dols-eligibility";

    [Question("Is the person detained, or under a community order or guardianship, under the Mental Health Act?", Required = true)] public bool? IsSubjectToAct { get; init; }
    [Question("Could they be detained under it, and do they object to treatment?", Hint = "Hospital for treatment of mental disorder only", Required = true)] public bool? IsWithinScope { get; init; }
}
