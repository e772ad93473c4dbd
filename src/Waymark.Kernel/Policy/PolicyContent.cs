using System.Globalization;
using Waymark.Kernel.Pathways;

namespace Waymark.Kernel.Policy;

/// <summary>What one policy file says, read and checked. <c>docs/policy.md</c> describes the format.</summary>
public sealed record PolicyContent
{
    public required string Name { get; init; }
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>A key with <c>null</c> says outright that there is no limit.</summary>
    public required IReadOnlyDictionary<string, PolicyLimit?> Limits { get; init; }
    public required IReadOnlyDictionary<string, IReadOnlyList<PolicyItem>> Lists { get; init; }
    public required IReadOnlyDictionary<string, PolicyTable> Tables { get; init; }
    public required IReadOnlyDictionary<string, string> Texts { get; init; }
    public required IReadOnlyDictionary<string, decimal> Numbers { get; init; }

    /// <summary>Words for keys, for those who read the policy page.</summary>
    public required IReadOnlyDictionary<string, string> Titles { get; init; }

    public IEnumerable<string> Keys => Limits.Keys.Concat(Lists.Keys).Concat(Tables.Keys).Concat(Texts.Keys).Concat(Numbers.Keys);
}

/// <summary>A limit as the policy words it: <c>2 working days</c>.</summary>
public sealed record PolicyLimit(int Value, ClockUnit Unit, string Words)
{
    /// <summary>Reads <c>same working day</c>, <c>2 hours</c>, <c>2 service hours</c>, <c>10 working days</c>, <c>21 days</c>, <c>6 weeks</c>, <c>12 months</c>, <c>7 years</c>; null when it is none of these.</summary>
    public static PolicyLimit? Parse(string words)
    {
        if (words.Trim().Equals("same working day", StringComparison.OrdinalIgnoreCase))
        {
            return new(0, ClockUnit.WorkingDays, words.Trim());
        }

        var parts = words.Trim().ToLowerInvariant().Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > 100_000)
        {
            return null;
        }

        return parts[1].TrimEnd('s') switch
        {
            "hour" => new(value, ClockUnit.Hours, words.Trim()),
            "service hour" => new(value, ClockUnit.ServiceHours, words.Trim()),
            "working day" => new(value, ClockUnit.WorkingDays, words.Trim()),
            "day" or "calendar day" => new(value, ClockUnit.CalendarDays, words.Trim()),
            "week" => new(value, ClockUnit.Weeks, words.Trim()),
            "month" => new(value, ClockUnit.Months, words.Trim()),
            "year" => new(value * 12, ClockUnit.Months, words.Trim()),
            _ => null,
        };
    }
}

/// <summary>One entry of a list: a key that is stored, words that are shown, and what else the file says of it (<c>"resolved": "yes"</c>).</summary>
public sealed record PolicyItem(string Key, string Title, IReadOnlyDictionary<string, string> More)
{
    public string? this[string name] => More.GetValueOrDefault(name);
    public bool Is(string name) => More.GetValueOrDefault(name) is "yes" or "true";
}

/// <summary>A table: named columns and rows of text, in the file's order.</summary>
/// <param name="Version">The name and date of the file that holds it, stored beside whatever the table decided.</param>
public sealed record PolicyTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyDictionary<string, string>> Rows, string Version);

/// <summary>Something in a file that cannot be taken: where, what is wrong, how to mend it.</summary>
public sealed record PolicyFault(int Line, string Field, string What, string HowToMend)
{
    public override string ToString() => $"Line {Line}, {Field}: {What} {HowToMend}";
}
