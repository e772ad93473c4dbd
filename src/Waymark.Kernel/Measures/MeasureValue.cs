using System.Globalization;

namespace Waymark.Kernel.Measures;

/// <summary>What a measure is on a day or over a period. Unrounded; <see cref="Text"/> is what a person reads.</summary>
public sealed record MeasureValue
{
    public required string Key { get; init; }
    public required string Title { get; init; }
    public required string Unit { get; init; }

    /// <summary>Null when nothing stands under it: a mean of no rows, a rate without a population.</summary>
    public required decimal? Value { get; init; }

    /// <summary>
    /// For count, people, sum and longest the value itself; for per cent the rows in the numerator; for mean and rate what is divided; for median the rows it stands on.
    /// </summary>
    public required long Numerator { get; init; }

    /// <summary>For per cent and mean the rows it is over; for rate the population; else null.</summary>
    public long? Denominator { get; init; }
    public required DateOnly AsAt { get; init; }

    /// <summary>First day of the period of a flow; null for a stock.</summary>
    public DateOnly? PeriodFrom { get; init; }
    public required int Version { get; init; }

    /// <summary>Rows the fold ran over.</summary>
    public required int Rows { get; init; }

    /// <summary>Different people in those rows; what suppression looks at. Null where it was not asked.</summary>
    public int? People { get; init; }
    public required int Decimals { get; init; }

    /// <summary>The value as people read it: rounded half away from zero, with thousands separators, with % but without other units.</summary>
    public string Text => MeasureText.Of(Value, Unit, Decimals);

    /// <summary><c>592 people</c>, <c>25.6%</c>, <c>none</c>.</summary>
    public string TextWithUnit => Value is null || Unit == "%" ? Text : $"{Text} {Unit}";

    /// <summary><c>149 of 582</c>, where there are two numbers to show.</summary>
    public string? OfText => Denominator is { } n ? $"{MeasureText.Of(Numerator, "", 0)} of {MeasureText.Of(n, "", 0)}" : null;
}

/// <summary>How numbers are written.</summary>
public static class MeasureText
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Half away from zero, in decimal.</summary>
    public static decimal Round(decimal value, int decimals) => Math.Round(value, decimals, MidpointRounding.AwayFromZero);

    public static string Of(decimal? value, string unit, int decimals) => value is { } v
        ? Round(v, decimals).ToString($"N{decimals}", British) + (unit == "%" ? "%" : "")
        : "none";

    public static string Date(DateOnly date) => date.ToString("d MMMM yyyy", British);

    /// <summary><c>856 fewer than a year ago (−59.1%)</c>; of percentages the change is in points. Null when either value is missing.</summary>
    /// <param name="since">As it reads after "than": <c>a year ago</c>.</param>
    public static Change? Change(MeasureValue now, MeasureValue then, string since)
    {
        if (now.Value is not { } after || then.Value is not { } before)
        {
            return null;
        }

        var difference = Round(after, now.Decimals) - Round(before, now.Decimals);
        if (difference == 0)
        {
            return new Change(0, null, ChangeDirection.Same, $"the same as {since}");
        }

        var up = difference > 0;
        var size = Of(Math.Abs(difference), "", now.Decimals);
        if (now.Unit == "%")
        {
            return new Change(difference, null, up ? ChangeDirection.Up : ChangeDirection.Down, $"{size} percentage points {(up ? "more" : "less")} than {since}");
        }

        var words = up ? "more" : now.Unit is "people" or "items" or "days" ? "fewer" : "less";
        var percent = before == 0 ? (decimal?)null : Round(100m * (after - before) / Math.Abs(before), 1);
        var relative = percent is { } p ? $" ({(p >= 0 ? "+" : "−")}{Of(Math.Abs(p), "%", 1)})" : "";
        return new Change(difference, percent, up ? ChangeDirection.Up : ChangeDirection.Down, $"{size} {words} than {since}{relative}");
    }
}

public enum ChangeDirection { Same, Up, Down }

/// <param name="Difference">In the measure's unit; percentage points for a percentage.</param>
/// <param name="Percent">Relative change; null for a percentage (a per cent of a per cent misleads) and from nothing.</param>
public sealed record Change(decimal Difference, decimal? Percent, ChangeDirection Direction, string Words);

/// <summary>A row under a value: of a measure of people, one a person.</summary>
/// <param name="Number">Days waited (stock) or the number carried (flow).</param>
public sealed record CountedRow(string SubjectId, long? Number, bool InNumerator);

/// <summary>A measure on one day of its history.</summary>
public sealed record HistoryPoint(DateOnly Date, decimal? Value, long Numerator, long? Denominator);

public enum HistoryStep { Weekly, Monthly }

/// <summary>Why a stock changed between two days: opening and arrivals, less departures, is closing; always, by how the rows are joined.</summary>
/// <param name="From">The stock on this day is <paramref name="Opening"/>; arrivals and departures come after it.</param>
public sealed record Movements(DateOnly From, DateOnly To, int Opening, int Arrivals, IReadOnlyList<Departed> Departures, int Closing)
{
    public int Departed => Departures.Sum(d => d.Count);
}

public sealed record Departed(string Reason, string Title, int Count);

/// <summary>Percentiles of a measure's waits or values, from the same rows as its mean and its median.</summary>
/// <param name="Percentiles">Percentile (10, 25, 50 …) and value, linear between ranks, so that 50 is the median.</param>
public sealed record Distribution(int Rows, decimal? Mean, decimal? Median, decimal? Longest, IReadOnlyList<(int Percentile, decimal Value)> Percentiles);

/// <summary>A measure at one value of a cut.</summary>
/// <param name="IsSuppressed">Not shown to this viewer: it would single somebody out, or let another value be worked out.</param>
public sealed record CutCell(string Value, string Title, MeasureValue Measured, bool IsSuppressed);
