using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Figures;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Measures;

/// <summary>What the page of a measure shows.</summary>
public sealed record MeasureView
{
    public required Measure Measure { get; init; }
    public required MeasureValue Value { get; init; }
    public required MeasureValue YearAgo { get; init; }
    public Change? Change { get; init; }

    /// <summary>Cuts made leave one person, and this viewer may not open records: no number is shown.</summary>
    public bool IsSuppressed { get; init; }
    public Movements? Moved { get; init; }
    public Distribution? Distribution { get; init; }
    public required IReadOnlyList<HistoryPoint> History { get; init; }
    public required IReadOnlyList<PublishedFigure> Published { get; init; }
    public required IReadOnlyList<(CutValue Cut, string Title)> Within { get; init; }
    public required Cut Cut { get; init; }
    public required IReadOnlyList<CutCell> Cells { get; init; }
    public PopulationEstimate? Population { get; init; }

    /// <summary>Measures of the same rows, and others of the same inventory row: another definition beside this one.</summary>
    public required IReadOnlyList<MeasureValue> Beside { get; init; }

    /// <summary>The row that is the longest, when this viewer may open rows and see that one.</summary>
    public SeenRow? Longest { get; init; }
}

/// <summary>Reads a measure for its page, in a number of statements that does not grow with the county.</summary>
[Scoped]
public sealed class ReadMeasure(
    WaymarkDb db, Catalogue catalogue, Viewer viewer, MeasureEngine engine, MeasureHistory history, MeasureMovements movements, MeasureCuts cuts, MeasureSheet sheet,
    MeasureRowList list)
{
    /// <summary>Null when there is no such measure, or this viewer may not know of it.</summary>
    public Measure? Find(string key) =>
        catalogue.Measures.TryGetValue(key, out var measure) && (measure.Permission is null || viewer.May(measure.Permission)) ? measure : null;

    public async Task<MeasureView> RunAsync(Measure measure, DateOnly asAt, Cut cut, IReadOnlyList<CutValue> within, CancellationToken cancellation = default)
    {
        var yearAgo = asAt.AddYears(-1);
        var value = await engine.ValueAsync(measure, asAt, null, within, cancellation);
        var before = await engine.ValueAsync(measure, yearAgo, null, within, cancellation);
        var isSuppressed = MeasureCuts.IsSuppressed(value, within, viewer) || MeasureCuts.IsSuppressed(before, within, viewer);
        var published = within.Count == 0 ? await PublishedAsync(measure, asAt.AddYears(-3), asAt, cancellation) : [];
        var days = MeasureHistory.Days(asAt, HistoryStep.Weekly, 3).Concat(published.Select(p => p.AsAt)).Distinct().Order().ToList();
        return new MeasureView
        {
            Measure = measure,
            Value = value,
            YearAgo = before,
            Change = MeasureText.Change(value, before, "a year ago"),
            IsSuppressed = isSuppressed,
            Moved = measure.Rows.Kind == MeasureKind.Stock && measure.Counts && !isSuppressed ? await movements.BetweenAsync(measure, yearAgo, asAt, within, cancellation) : null,
            Distribution = measure.Fold is Fold.Mean or Fold.Median or Fold.Longest && !isSuppressed ? await engine.DistributionAsync(measure, asAt, null, within, cancellation) : null,
            History = isSuppressed ? [] : await history.AtAsync(measure, days, within, cancellation),
            Published = published,
            Within = await TitledAsync(within, cancellation),
            Cut = cut,
            Cells = isSuppressed ? [] : await cuts.ByAsync(measure, cut, asAt, viewer, null, within, cancellation),
            Population = await engine.PopulationAsync(measure, asAt, cancellation),
            Beside = within.Count == 0 ? await sheet.ReadAsync(BesideOf(measure), asAt, cancellation) : [],
            Longest = await LongestAsync(measure, value, within, cancellation),
        };
    }

    private List<Measure> BesideOf(Measure measure) =>
        [.. catalogue.Measures.Values.Where(m => m != measure && Find(m.Key) is not null && (ReferenceEquals(m.Rows, measure.Rows) || m.Inventory.Intersect(measure.Inventory).Any()))
            .OrderByDescending(m => ReferenceEquals(m.Rows, measure.Rows)).Take(12)];

    /// <summary>AW-2: the case that is the longest, by its pseudonym.</summary>
    private async Task<SeenRow?> LongestAsync(Measure measure, MeasureValue value, IReadOnlyList<CutValue> within, CancellationToken cancellation)
    {
        if (measure is not { Fold: Fold.Longest, Rows.Kind: MeasureKind.Stock } || !viewer.May(Can.OpenMeasureRows))
        {
            return null;
        }

        var first = (await list.ReadAsync(measure, value.AsAt, null, within, page: 1, size: 1, cancellation)).Rows;
        return first.Count > 0 && first[0].Number == value.Value ? first[0] : null;
    }

    private Task<List<PublishedFigure>> PublishedAsync(Measure measure, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var (key, version) = (measure.Key, measure.DefinitionVersion);
        return db.PublishedFigures.AsNoTracking().Where(f => f.MeasureKey == key && f.DefinitionVersion == version && f.CutKey == null && f.WithdrawnOn == null && f.AsAt >= from && f.AsAt <= to)
            .OrderBy(f => f.AsAt).ToListAsync(cancellation);
    }

    private async Task<IReadOnlyList<(CutValue Cut, string Title)>> TitledAsync(IReadOnlyList<CutValue> within, CancellationToken cancellation)
    {
        var titled = new List<(CutValue, string)>();
        foreach (var cut in within)
        {
            titled.Add((cut, $"{Cut.At(cut.Cut).Title}: {await cuts.TitleAsync(cut, cancellation)}"));
        }

        return titled;
    }
}
