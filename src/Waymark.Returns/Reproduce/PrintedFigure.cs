using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using CsvHelper.Configuration.Attributes;
using Waymark.Kernel.Policy;

namespace Waymark.Returns.Reproduce;

/// <summary>A value as a council printed it, and what of Waymark gives it. One row of <c>printed-figures.csv</c>; more figures are more rows.</summary>
public sealed record PrintedFigure
{
    /// <summary>Inventory id; may repeat, the title tells which.</summary>
    [Name("id")] public required string Id { get; init; }
    [Name("title")] public required string Title { get; init; }

    /// <summary>As printed: <c>592</c>, <c>25.6%</c>, <c>-59.1%</c>, or words.</summary>
    [Name("printed")] public required string Printed { get; init; }
    [Name("as_at")] public required DateOnly AsAt { get; init; }

    /// <summary>First day of a period, or the day that a change is counted from.</summary>
    [Name("period_from")] public DateOnly? PeriodFrom { get; init; }

    /// <summary>Key of the measure; empty while there is none.</summary>
    [Name("measure")] public string Measure { get; init; } = "";

    /// <summary><c>value</c>; <c>change</c>: per cent in the year to the day; <c>change-since</c>: per cent since <see cref="PeriodFrom"/>.</summary>
    [Name("compute")] public required string Compute { get; init; }

    /// <summary>Why records cannot give it: <c>fed</c> from outside, <c>later</c> (no records of it yet), <c>contradiction</c> (with another printed figure).</summary>
    [Name("cannot")] public string Cannot { get; init; } = "";

    /// <summary>Id of the inconsistency (inventory section 21) it takes part in.</summary>
    [Name("x")] public string X { get; init; } = "";
    [Name("because")] public string Because { get; init; } = "";

    public bool IsPercent => Printed.EndsWith('%');

    /// <summary>The printed number; null when it was printed in words.</summary>
    public decimal? Number => decimal.TryParse(Printed.TrimEnd('%'), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Decimal places as printed.</summary>
    public int Decimals => Printed.TrimEnd('%') is var text && text.IndexOf('.', StringComparison.Ordinal) is var point && point >= 0 ? text.Length - point - 1 : 0;

    public static IReadOnlyList<PrintedFigure> All { get; } = Read();

    private static List<PrintedFigure> Read()
    {
        using var text = new StringReader(PolicyPart.EmbeddedText(typeof(PrintedFigure).Assembly, "printed-figures.csv"));
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture));
        return [.. csv.GetRecords<PrintedFigure>()];
    }
}
