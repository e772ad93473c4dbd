using Waymark.Kernel.Forms;

namespace Waymark.Safeguarding.Enquiries;

/// <summary>One step that protects.</summary>
public sealed record ProtectionStep
{
    public string RowId { get; init; } = "";

    [Question("Risk", Required = true)] public string? Risk { get; init; }
    [Question("What is done about it", Required = true, Lines = 2)] public string? Step { get; init; }
    [Question("By whom", Required = true)] public string? By { get; init; }
    [Question("By when")] public DateOnly? Until { get; init; }
}

/// <summary>How the adult is protected from now on, agreed with them.</summary>
[Form(Key, "Protection plan", Permission = SafeguardingCan.Enquire)]
public sealed record ProtectionPlanForm : Form
{
    public const string Key = "safeguarding-protection-plan";

    [Question("What does the adult say about the plan?", Hint = "In their own words", Required = true, Lines = 3)] public string? AdultSays { get; init; }
    [Question("Step", Repeats = true, Required = true, MaxLength = 30)] public IReadOnlyList<ProtectionStep>? Steps { get; init; }
    [Question("Who watches over the plan?", Required = true)] public string? Lead { get; init; }
    [Question("Reviewed by", Required = true)] public DateOnly? ReviewDate { get; init; }
    [Question("Who has a copy?")] public string? Copies { get; init; }

    public override Decision Decide(Facts facts) => Decision.Stay;

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (ReviewDate < facts.Today)
        {
            yield return (nameof(ReviewDate), "The review is yet to come. Give a later day");
        }
    }
}
