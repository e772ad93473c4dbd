using Waymark.Kernel.Forms;

namespace Waymark.Liberty.Dols.Assessments;

public enum Deprivation
{
    [Choice("Yes: the arrangements deprive them of liberty")] Deprived,
    [Choice("No deprivation of liberty (form 3A)", Hint = "A finding in its own right; the other assessments then stop")] None,
}

public enum ShownWishes
{
    [Choice("Content")] Content,
    [Choice("Content at times, objecting at times")] Mixed,
    [Choice("Objecting, by words or acts")] Objecting,
    [Choice("It cannot be told")] NotTold,
}

public enum ConsentByWishes
{
    [Choice("No")] No,
    [Choice("Yes: they amount to consent")] Yes,
    [Choice("Not asked: decided before 2 June 2026")] NotAsked,
}

public sealed record ProposedCondition
{
    public string RowId { get; init; } = "";

    [Question("Condition", Required = true, Lines = 2)] public string? Text { get; init; }
    [Question("By when", Required = true)] public DateOnly? DueDate { get; init; }
}

/// <summary>
/// The best interests assessment: the concrete situation, the wishes and feelings, then the question itself under the guidance that holds on the day. No ticks lead to
/// the answer; the assessor does.
/// </summary>
[Form(Key, "Best interests assessment (form 3 or 3A)", Minutes = 60)]
public sealed record DolsBestInterestsForm : AssessmentForm
{
    public const string Key = "dols-best-interests";
    private const string Deprived = nameof(IsDeprived) + "=Deprived";

    [Question("Who was consulted, and what did they say?", Required = true, Lines = 4)] public string? Consulted { get; init; }
    [Question("The person's situation: a day and a night as they live it", Required = true, Lines = 5)] public string? Situation { get; init; }
    [Question("What restrictions are there, of what type, and for how long?", Required = true, Lines = 3)] public string? Restrictions { get; init; }
    [Question("What do they do to the person, in what manner and for what purpose?", Required = true, Lines = 3)] public string? Effects { get; init; }
    [Question("How far is it a life that people live elsewhere?", Hint = "Relative normality", Required = true, Lines = 2)] public string? Normality { get; init; }
    [Question("The person's wishes and feelings, as words or acts show them", Required = true, Lines = 3)] public string? Wishes { get; init; }
    [Question("Are they content, or do they object?", Required = true)] public ShownWishes? Shown { get; init; }
    [Question("Do their wishes and feelings amount to consent to the arrangements?", Hint = "The guidance of the day stands beside the request", Required = true)] public ConsentByWishes? Consents { get; init; }
    [Question("Are they deprived of liberty?", Required = true)] public Deprivation? IsDeprived { get; init; }

    [Question("Why is it necessary to keep them from harm?", Required = true, Lines = 3, When = Deprived)] public string? Necessary { get; init; }
    [Question("Why is it a proportionate answer to that harm?", Required = true, Lines = 3, When = Deprived)] public string? Proportionate { get; init; }
    [Question("What less restrictive ways were considered?", Required = true, Lines = 3, When = Deprived)] public string? LessRestrictive { get; init; }
    [Question("For how many months at most?", Hint = "At most 12", Required = true, When = Deprived)] public int? MostMonths { get; init; }
    [Question("Condition", Repeats = true, MaxLength = 20, When = Deprived)] public IReadOnlyList<ProposedCondition>? Conditions { get; init; }
    [Question("Whom do you recommend as representative?", Hint = "Name and relation; “a paid representative” where there is nobody", Required = true, When = Deprived)] public string? Representative { get; init; }

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        foreach (var problem in base.Check(facts))
        {
            yield return problem;
        }

        if (MostMonths is < 1 or > 12)
        {
            yield return (nameof(MostMonths), "Give 1 to 12 months: no authorisation is longer than a year");
        }

        if (IsMet == true && IsDeprived == Deprivation.None)
        {
            yield return (nameof(IsMet), "Without a deprivation of liberty there is nothing to authorise, so the requirement is not met");
        }

        var test = DeprivationTest.On(AssessedDate ?? facts.Today);
        if (Consents == ConsentByWishes.NotAsked && test.AllowsConsentByWishes)
        {
            yield return (nameof(Consents), $"Since 2 June 2026 the question must be answered ({test.Source})");
        }
        else if (Consents is ConsentByWishes.Yes && !test.AllowsConsentByWishes)
        {
            yield return (nameof(Consents), $"Under {test.Source} wishes and feelings are not consent where the person lacks capacity. Choose “not asked”, and record them above");
        }
        else if (Consents == ConsentByWishes.Yes && IsDeprived == Deprivation.Deprived)
        {
            yield return (nameof(IsDeprived), "Arrangements to which the person consents do not deprive them of liberty. Look at both answers again");
        }
    }
}
