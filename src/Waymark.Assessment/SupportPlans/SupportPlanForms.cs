using Waymark.Kernel.Forms;
using Waymark.Kernel.Ui;

namespace Waymark.Assessment.SupportPlans;

/// <summary>How a need is met: each need names the outcome it serves (AW-9).</summary>
public sealed record PlannedNeed
{
    public string RowId { get; init; } = "";

    [Question("Need", Required = true)] public string? Need { get; init; }
    [Question("The outcome it serves, in the person's words", Required = true, Lines = 2)] public string? Outcome { get; init; }
    [Question("How it is met, by whom and when", Required = true, Lines = 2)] public string? HowMet { get; init; }
    [Question("Is it an eligible need?", Required = true)] public bool? IsEligible { get; init; }
}

public enum BudgetHolder
{
    [Choice("The council arranges the support")] Council,
    [Choice("Direct payment")] DirectPayment,
    [Choice("Some of each")] Both,
    [Choice("A provider or other third party holds it")] ThirdParty,
}

/// <summary>A care and support plan: what section 25(1) of the Care Act says it must hold.</summary>
[Form(Key, "Care and support plan", Minutes = 30)]
public sealed record CareAndSupportPlanForm : Form
{
    public const string Key = "care-and-support-plan";

    [Question("What matters to the person?", Hint = "In their own words", Required = true, Lines = 4, Prefill = "what-matters")] public string? WhatMatters { get; init; }
    [Question("Need", Repeats = true, Required = true, Hint = "Add each need with the outcome it serves", MaxLength = 30, Section = "Needs and outcomes")] public IReadOnlyList<PlannedNeed>? Needs { get; init; }
    [Question("What a carer does, and has said they are able and willing to do", Lines = 3)] public string? Carer { get; init; }
    [Question("What the person does themselves, and what helps to prevent or delay needs", Lines = 3)] public string? Prevention { get; init; }
    [Question("What to do when things change or support fails", Required = true, Lines = 3)] public string? Contingency { get; init; }

    [Question("Personal budget, a week", Money = true, Required = true, Section = "Personal budget")] public long? WeeklyBudget { get; init; }
    [Question("Of that, what the person pays", Money = true, Required = true)] public long? PersonPays { get; init; }
    [Question("Who holds it?", Required = true)] public BudgetHolder? Holder { get; init; }
    [Question("Needs met by direct payment, how much and how often", Required = true, Lines = 2, When = nameof(Holder) + "=DirectPayment|Both")] public string? DirectPayment { get; init; }

    [Question("From", Required = true, Section = "When")] public DateOnly? FromDate { get; init; }
    [Question("Until", Hint = "Leave it empty when it has no planned end")] public DateOnly? UntilDate { get; init; }
    [Question("Review by", Hint = "Within 12 months; a first look 6 to 8 weeks after the start", Required = true)] public DateOnly? ReviewDate { get; init; }
    [Question("When was the person given a copy?", Hint = "Leave it empty until it is done")] public DateOnly? CopyDate { get; init; }

    public override Decision Decide(Facts facts) => Decision.Stay;

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (PersonPays > WeeklyBudget)
        {
            yield return (nameof(PersonPays), $"The person cannot pay {Format.Money(PersonPays.Value)} of {Format.Money(WeeklyBudget.Value)}. Check both amounts");
        }

        foreach (var problem in PlanDates.Check(FromDate, UntilDate, ReviewDate))
        {
            yield return problem;
        }
    }
}

/// <summary>A carer's support plan: theirs, and not part of the adult's.</summary>
[Form(Key, "Carer's support plan", Minutes = 20)]
public sealed record CarersSupportPlanForm : Form
{
    public const string Key = "carers-support-plan";

    [Question("What matters to the carer?", Hint = "In their own words", Required = true, Lines = 4)] public string? WhatMatters { get; init; }
    [Question("Need", Repeats = true, Required = true, Hint = "Add each need with the outcome it serves", MaxLength = 30, Section = "Needs and outcomes")] public IReadOnlyList<PlannedNeed>? Needs { get; init; }
    [Question("When the carer cannot care: who is told, and what happens", Required = true, Lines = 3)] public string? Contingency { get; init; }
    [Question("Personal budget, a week", Hint = "Leave it empty when there is none", Money = true)] public long? WeeklyBudget { get; init; }

    [Question("From", Required = true, Section = "When")] public DateOnly? FromDate { get; init; }
    [Question("Until", Hint = "Leave it empty when it has no planned end")] public DateOnly? UntilDate { get; init; }
    [Question("Review by", Hint = "Within 12 months", Required = true)] public DateOnly? ReviewDate { get; init; }

    public override Decision Decide(Facts facts) => Decision.Stay;

    public override IEnumerable<(string Question, string Message)> Check(Facts facts) => PlanDates.Check(FromDate, UntilDate, ReviewDate);
}

internal static class PlanDates
{
    /// <summary>Section 27 and the statutory guidance: a review no later than every 12 months.</summary>
    public static IEnumerable<(string Question, string Message)> Check(DateOnly? from, DateOnly? until, DateOnly? review)
    {
        if (until < from)
        {
            yield return ("UntilDate", $"The plan cannot end before it begins, on {Format.Date(from!.Value)}");
        }

        if (review < from || review > from?.AddYears(1))
        {
            yield return ("ReviewDate", $"The review is due within 12 months of {Format.Date(from!.Value)}, and after it");
        }
    }
}
