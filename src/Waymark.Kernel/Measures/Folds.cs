namespace Waymark.Kernel.Measures;

/// <summary>How rows already read become a value. Pure.</summary>
internal static class Folds
{
    /// <param name="numbers">Days waited or the value column, of the rows that have one.</param>
    public static (decimal? Value, long Numerator, long? Denominator) Numbers(Fold fold, List<long> numbers)
    {
        if (numbers.Count == 0)
        {
            return fold == Fold.Sum ? (0m, 0, null) : (null, 0, fold == Fold.Mean ? 0 : null);
        }

        switch (fold)
        {
            case Fold.Sum:
                var sum = numbers.Sum();
                return (sum, sum, null);
            case Fold.Mean:
                return Mean(numbers.Sum(), numbers.Count);
            case Fold.Longest:
                var longest = numbers.Max();
                return (longest, longest, null);
            case Fold.Median:
                numbers.Sort();
                return (Percentile(numbers, 50), numbers.Count, null);
            default:
                throw new ArgumentOutOfRangeException(nameof(fold), fold, "Not a fold over numbers.");
        }
    }

    public static (decimal? Value, long Numerator, long? Denominator) Mean(long sum, long count) => (count == 0 ? null : (decimal)sum / count, sum, count);

    public static (decimal? Value, long Numerator, long? Denominator) Percent(long hits, long rows) => (rows == 0 ? null : 100m * hits / rows, hits, rows);

    public static (decimal? Value, long Numerator, long? Denominator) PerHit(long hits, long rows) => (hits == 0 ? null : (decimal)(rows - hits) / hits, rows - hits, hits);

    public static (decimal? Value, long Numerator, long? Denominator) Rate(long count, long? population) =>
        (population is > 0 ? 100_000m * count / population.Value : null, count, population);

    /// <summary>Linear between the two ranks nearest, so that the 50th is the median. The list is sorted and not empty.</summary>
    public static decimal Percentile(List<long> sorted, int percentile)
    {
        var rank = (sorted.Count - 1) * percentile / 100m;
        var below = (int)Math.Floor(rank);
        return below + 1 < sorted.Count ? sorted[below] + ((rank - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
