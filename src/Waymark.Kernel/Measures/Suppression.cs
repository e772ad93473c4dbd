namespace Waymark.Kernel.Measures;

/// <summary>Hides what would single somebody out, and what would let it be worked out.</summary>
public static class Suppression
{
    /// <summary>
    /// For staff who may not open records: a value that stands on one person is hidden, and when that leaves one hidden value only, which the total would give away,
    /// the smallest other is hidden too.
    /// </summary>
    public static IReadOnlyList<CutCell> HideSingles(IReadOnlyList<CutCell> cells) => Hide(cells, c => c.Measured.People == 1);

    /// <summary>The smallest number of people, or of the numerator of a percentage, that is shown in public.</summary>
    public const int PublicMinimum = 5;

    /// <summary>Which of the cells of one table must be hidden: the small ones and, when that is one only, the smallest other.</summary>
    /// <param name="size">What the cell stands on; a cell of size 0 cannot hide another.</param>
    public static IReadOnlySet<T> Hidden<T>(IReadOnlyList<T> cells, Func<T, bool> isSmall, Func<T, long> size)
        where T : class
    {
        var hidden = cells.Where(isSmall).ToHashSet();
        if (hidden.Count == 1 && cells.Where(c => !hidden.Contains(c) && size(c) > 0).MinBy(size) is { } next)
        {
            hidden.Add(next);
        }

        return hidden;
    }

    /// <summary>As the national safeguarding return publishes counts: under five is 0, the rest to the nearest five.</summary>
    public static decimal RoundedToFive(decimal count) => count < PublicMinimum ? 0 : MeasureText.Round(count / 5, 0) * 5;

    private static IReadOnlyList<CutCell> Hide(IReadOnlyList<CutCell> cells, Func<CutCell, bool> isSmall)
    {
        var hidden = Hidden(cells, isSmall, c => ((long)(c.Measured.People ?? 0) << 32) + c.Measured.Rows);
        return [.. cells.Select(c => hidden.Contains(c) ? c with { IsSuppressed = true } : c)];
    }
}
