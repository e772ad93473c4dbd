using System.Globalization;
using Waymark.Text.Numbers;

namespace Waymark.Text.Claims;

/// <summary>Units that stand in a table's header or a row's label: "£m", "%", "per 100,000", "days".</summary>
internal static class TableUnits
{
    public static void Apply(Mention m, string label, string header)
    {
        foreach (var text in new[] { header, label })
        {
            if (m.Unit == Unit.Count && Per(text) is { } per)
            {
                (m.Unit, m.Per) = (Unit.Rate, per);
            }
            else if (m.Unit == Unit.Count && text.Contains('£', StringComparison.Ordinal))
            {
                var scale = Scale(text);
                (m.Unit, m.Value, m.Step) = (Unit.Money, m.Value * scale, m.Step * scale);
            }
            else if (m.Unit == Unit.Count && (text.Contains('%', StringComparison.Ordinal) || text.Contains("per cent", StringComparison.OrdinalIgnoreCase) || text.StartsWith("proportion", StringComparison.OrdinalIgnoreCase) || text.Contains("the proportion", StringComparison.OrdinalIgnoreCase)))
            {
                m.Unit = Unit.Percent;
            }
            else if (m.Unit == Unit.Count && (text.Contains("(days)", StringComparison.OrdinalIgnoreCase) || text.Contains("days)", StringComparison.OrdinalIgnoreCase)))
            {
                m.Unit = Unit.Duration;
            }
        }

        m.Every = label.Contains("week", StringComparison.OrdinalIgnoreCase) && !label.Contains("weeks", StringComparison.OrdinalIgnoreCase) ? "week" : label.Contains("per month", StringComparison.OrdinalIgnoreCase) || label.Contains("a month", StringComparison.OrdinalIgnoreCase) ? "month"
            : label.Contains("per day", StringComparison.OrdinalIgnoreCase) ? "day" : m.Every;
    }

    private static decimal? Per(string text)
    {
        var at = text.IndexOf("per 1", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var end = at + 4;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == ','))
        {
            end++;
        }

        return decimal.TryParse(text.AsSpan(at + 4, end - at - 4), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var per) && per >= 100 ? per : null;
    }

    private static decimal Scale(string text)
    {
        var at = text.IndexOf('£', StringComparison.Ordinal) + 1;
        return at >= text.Length ? 1 : text[at] is 'm' or 'M' ? 1_000_000 : text[at] is 'k' or 'K' || text[at..].StartsWith("000", StringComparison.Ordinal) ? 1_000 : text[at..].StartsWith("bn", StringComparison.Ordinal) ? 1_000_000_000 : 1;
    }
}
