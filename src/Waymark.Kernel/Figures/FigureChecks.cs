using Waymark.Kernel.Measures;

namespace Waymark.Kernel.Figures;

/// <summary>Arithmetic that figures of one population must satisfy. Each answer is null, or the sum written out for whoever publishes.</summary>
public static class FigureChecks
{
    /// <summary>
    /// The mean cannot exceed half of median and longest together: half of the values are at most the median, the other half at most the longest (inventory X-03).
    /// </summary>
    public static string? MeanBound(decimal mean, decimal median, decimal longest)
    {
        var bound = (median + longest) / 2;
        return mean <= bound
            ? null
            : $"A mean of {Text(mean)} is impossible beside a median of {Text(median)} and a longest of {Text(longest)}: ({Text(median)} + {Text(longest)}) ÷ 2 = {Text(bound)}, "
                + "and no mean of the same rows can be more. They are of different rows or of different moments.";
    }

    /// <summary>Whether a printed percentage can come from whole things out of <paramref name="of"/>: the GRIM test.</summary>
    /// <param name="printed">As printed, 25.6 for 25.6%.</param>
    public static bool IsReachable(decimal printed, int decimals, long of)
    {
        if (of <= 0)
        {
            return false;
        }

        var nearest = (long)Math.Floor(printed * of / 100);
        return Enumerable.Range(-1, 4).Select(i => nearest + i).Any(n => n >= 0 && n <= of && MeasureText.Round(100m * n / of, decimals) == printed);
    }

    /// <summary>A percentage beside a list: its N must be the list's count, and the printed value must be reachable from it (inventory X-01, AW-4).</summary>
    public static string? PercentOf(long numerator, long denominator, int decimals, long listed)
    {
        if (denominator == listed || denominator == 0)
        {
            return null;
        }

        var printed = MeasureText.Round(100m * numerator / denominator, decimals);
        var sum = $"{numerator:N0} ÷ {denominator:N0} = {MeasureText.Of(printed, "%", decimals)}";
        return IsReachable(printed, decimals, listed)
            ? $"{sum}, but the list of the same day is published as {listed:N0}. The two must be of the same rows."
            : $"{sum}; no whole number of the {listed:N0} published for the same day gives {MeasureText.Of(printed, "%", decimals)}.";
    }

    private static string Text(decimal value) => value.ToString("#,0.##", System.Globalization.CultureInfo.InvariantCulture);
}
