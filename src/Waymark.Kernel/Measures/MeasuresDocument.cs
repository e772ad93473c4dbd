using System.Globalization;
using System.Text;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Measures;

/// <summary>The catalogue of measures as a document, <c>docs/measures.md</c>; a test says when it is not current.</summary>
public static class MeasuresDocument
{
    public static string Text(Catalogue catalogue)
    {
        var text = new StringBuilder();
        text.Append("# Measures\n\n");
        text.Append("Made by `./waymark measures doc > docs/measures.md`; do not edit by hand.\n\n");
        text.Append("Every measure is rows and a fold. A stock is as at a day; a flow is over a period that ends with it. Any measure can be cut by ");
        text.Append(string.Join(", ", Cut.All.Select(c => c.Title.ToLowerInvariant()))).Append(". A definition that changes gets a new version; published figures keep theirs.\n");
        foreach (var rows in catalogue.Measures.Values.GroupBy(m => m.Rows.Key).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var first = rows.First();
            text.Append(CultureInfo.InvariantCulture, $"\n## Rows `{rows.Key}`\n\n{(first.Rows.Kind == MeasureKind.Stock ? "Stock" : "Flow")}, from {first.Rows.Source}.\n");
            foreach (var measure in rows.OrderBy(m => m.Key, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"\n### {measure.Title}\n\n{measure.Definition}\n\n");
                text.Append(CultureInfo.InvariantCulture, $"- Key: `{measure.Key}`, version {measure.DefinitionVersion}\n");
                text.Append(CultureInfo.InvariantCulture, $"- {FoldOf(measure)}, in {measure.Unit}{(measure.Rows.Kind == MeasureKind.Flow ? $", over {(measure.PeriodMonths == 1 ? "a month" : $"{measure.PeriodMonths} months")}" : "")}\n");
                if (measure.MoreIsBetter is { } more)
                {
                    text.Append(CultureInfo.InvariantCulture, $"- {(more ? "More" : "Less")} is better\n");
                }

                if (measure.Permission is { } permission)
                {
                    text.Append(CultureInfo.InvariantCulture, $"- Only for those who hold `{permission}`\n");
                }

                if (measure.Inventory.Length > 0)
                {
                    text.Append(CultureInfo.InvariantCulture, $"- Inventory: {string.Join(", ", measure.Inventory)}\n");
                }
            }
        }

        return text.ToString();
    }

    /// <summary>The fold in words.</summary>
    public static string FoldOf(Measure measure) => measure.Fold switch
    {
        Fold.Count => "Count of rows",
        Fold.People => "Count of different people",
        Fold.Percent when measure.FactKey is { } fact => $"Share of rows whose person has the fact `{fact}`",
        Fold.Percent => "Share of rows",
        Fold.Mean => "Mean",
        Fold.Median => "Median",
        Fold.Longest => "Longest",
        Fold.Sum => "Sum",
        Fold.PerHit => "Rows of the first kind for each row of the second",
        _ => $"Rows per 100,000 of the population `{measure.PopulationKey}`",
    };
}
