using Waymark.Kernel.Forms;

namespace Waymark.Liberty.Dols.Signing;

public enum SignatoryDecision
{
    [Choice("Grant the authorisation (form 5)")] Grant,
    [Choice("Do not grant it: a requirement is not met (form 6)")] NotGrant,
    [Choice("Do not grant it: no deprivation of liberty (form 3A)")] NoDeprivation,
}

public enum RepresentativeKind
{
    [Choice("Family or friend, unpaid")] Unpaid,
    [Choice("Paid representative")] Paid,
    [Choice("Not yet: to be appointed")] NotYet,
}

public sealed record GrantedCondition
{
    public string RowId { get; init; } = "";

    [Question("Condition", Required = true, Lines = 2)] public string? Text { get; init; }
    [Question("By when", Required = true)] public DateOnly? DueDate { get; init; }
}

/// <summary>The supervisory body's decision, signed by someone who assessed nothing.</summary>
[Form(Key, "Signatory's decision (forms 5 and 6)", Permission = LibertyCan.Sign)]
public sealed record DolsDecisionForm : Form
{
    public const string Key = "dols-decision";
    private const string Grants = nameof(Decided) + "=Grant";

    [Question("What do you decide?", Required = true)] public SignatoryDecision? Decided { get; init; }
    [Question("Which requirement is not met?", Required = true, When = nameof(Decided) + "=NotGrant")] public RequirementNotMet? NotMet { get; init; }
    [Question("First day of the authorisation", Required = true, When = Grants)] public DateOnly? FromDate { get; init; }
    [Question("Last day of the authorisation", Hint = "No later than the best interests assessor allows, and at most a year", Required = true, When = Grants)] public DateOnly? UntilDate { get; init; }
    [Question("Purpose: what is authorised, for the letter", Required = true, Lines = 3, When = Grants)] public string? Purpose { get; init; }
    [Question("Condition", Repeats = true, MaxLength = 20, When = Grants)] public IReadOnlyList<GrantedCondition>? Conditions { get; init; }
    [Question("Who represents the person?", Required = true, When = Grants)] public RepresentativeKind? Representative { get; init; }
    [Question("Name and relation of the representative", Required = true, When = nameof(Representative) + "=Unpaid|Paid")] public string? RepresentativeName { get; init; }
    [Question("Reasons for the decision", Required = true, Lines = 4)] public string? Reasons { get; init; }
    [Question("Sign by typing your name and position", Required = true)] public string? Signature { get; init; }

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (UntilDate < FromDate)
        {
            yield return (nameof(UntilDate), "The last day is before the first");
        }
        else if (UntilDate >= FromDate?.AddYears(1))
        {
            yield return (nameof(UntilDate), "No authorisation is longer than a year");
        }
    }

    public override Decision Decide(Facts facts) => Decision.Take(Decided switch
    {
        SignatoryDecision.Grant => DolsPathway.Granted,
        SignatoryDecision.NotGrant => DolsPathway.NotGranted,
        _ => DolsPathway.NoDeprivation,
    });
}

/// <summary>The six, as the first of <see cref="NotGrantedReason"/>.</summary>
public enum RequirementNotMet
{
    [Choice("Age")] Age,
    [Choice("No refusals")] NoRefusals,
    [Choice("Mental capacity")] Capacity,
    [Choice("Mental health")] MentalHealth,
    [Choice("Eligibility")] Eligibility,
    [Choice("Best interests")] BestInterests,
}

/// <summary>Form 9: the authorisation has ceased. A death under it is told to the coroner only where something else calls for it (since April 2017).</summary>
[Form("dols-end", "The authorisation has ended (form 9)", Permission = LibertyCan.Work)]
public sealed record DolsEndForm : Form
{
    [Question("Why did it end?", Required = true)] public EndReason? Reason { get; init; }
    [Question("On which day?", Required = true)] public DateOnly? EndedDate { get; init; }
    [Question("Where did the person move?", Hint = "Tell the new place that it needs a request of its own", Required = true, When = nameof(Reason) + "=Moved")] public string? MovedTo { get; init; }
    [Question("What else should be known?", Lines = 2)] public string? Note { get; init; }

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (EndedDate > facts.Today)
        {
            yield return (nameof(EndedDate), "The day is in the future. Record the end when it has come");
        }
    }

    public override Decision Decide(Facts facts) => Decision.Take(Reason switch
    {
        EndReason.Died => DolsPathway.Closed.Died,
        EndReason.Moved => DolsPathway.Closed.Moved,
        _ => "ended",
    });
}
