namespace Waymark.Kernel.Measures;

/// <summary>Hides what would single somebody out, and what would let it be worked out.</summary>
public static class Suppression
{
    /// <summary>
    /// For staff who may not open records: a value that stands on one person is hidden, and when that leaves one hidden value only, which the total would give away,
    /// the smallest other is hidden too.
    /// </summary>
    public static IReadOnlyList<CutCell> HideSingles(IReadOnlyList<CutCell> cells) => Hide(cells, c => c.Measured.People == 1);

    /// <summary>
    /// For the public: fewer than five people, and secondary suppression. A zero is hidden too where others are, so that a hidden value may be nought.
    /// </summary>
    public static IReadOnlyList<CutCell> HideSmall(IReadOnlyList<CutCell> cells) => Hide(cells, c => c.Measured.People is > 0 and < 5);

    private static IReadOnlyList<CutCell> Hide(IReadOnlyList<CutCell> cells, Func<CutCell, bool> isSmall)
    {
        var hidden = cells.Where(isSmall).ToHashSet();
        if (hidden.Count == 1 && cells.Where(c => !hidden.Contains(c) && c.Measured.Rows > 0).MinBy(c => (c.Measured.People ?? 0, c.Measured.Rows)) is { } next)
        {
            hidden.Add(next);
        }

        return [.. cells.Select(c => hidden.Contains(c) ? c with { IsSuppressed = true } : c)];
    }
}
