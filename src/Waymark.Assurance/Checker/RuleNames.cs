using Waymark.Text.Rules;

namespace Waymark.Assurance.Checker;

/// <summary>The fifteen rules and three severities in words for people.</summary>
public static class RuleNames
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["change"] = "A printed change is not the change between its two figures",
        ["points-or-percent"] = "Percentage points are called per cent, or the other way round",
        ["two-values"] = "One thing at one time has two values",
        ["parts-and-total"] = "Parts do not add to their total",
        ["unreachable-percentage"] = "A percentage that no whole number of its base gives",
        ["mean-median-longest"] = "A mean, median and longest that cannot be of the same people",
        ["rate-and-count"] = "A rate or share that is not its count",
        ["subset"] = "A part is more than its whole",
        ["stale"] = "An older year's figure stands as today's",
        ["direction"] = "A word goes one way and its numbers the other",
        ["shares"] = "Shares of one whole do not add to 100",
        ["reference"] = "A note, figure, table or cross-reference leads nowhere",
        ["unit-or-period"] = "A figure without its unit or period, or with two",
        ["across-documents"] = "Two documents disagree",
        ["comparator-year"] = "Two different years are compared",
    };

    public static IEnumerable<string> All => Text.Checker.Rules.Select(r => Of(r.Name));

    public static string Of(string rule) => Names[rule];

    public static string Of(Severity severity) => severity switch { Severity.Wrong => "Cannot be", Severity.Inconsistent => "Disagree", _ => "To be checked" };

    public static string Colour(Severity severity) => severity switch { Severity.Wrong => "red", Severity.Inconsistent => "orange", _ => "blue" };
}
