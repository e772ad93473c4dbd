using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Measures;

/// <summary>
/// Computes measures. It runs as the system and gives everyone the same number; who may see a value, a cut or a row is decided by those who show it
/// (<see cref="MeasureCuts"/>). Idea 5 of the kernel.
/// </summary>
[Scoped]
public sealed class MeasureEngine(WaymarkDb db, Catalogue catalogue)
{
    /// <summary>The value on a day (stock) or over the period that ends with it (flow; its usual period unless <paramref name="periodFrom"/> is given).</summary>
    public async Task<MeasureValue> ValueAsync(
        Measure measure, DateOnly asAt, DateOnly? periodFrom = null, IReadOnlyList<CutValue>? cuts = null, CancellationToken cancellation = default)
    {
        var isStock = measure.Rows.Kind == MeasureKind.Stock;
        var inSql = measure.Fold is Measures.Fold.Count or Measures.Fold.People or Measures.Fold.PerHit || (measure.Fold == Measures.Fold.Longest && isStock)
            || (measure.Fold == Measures.Fold.Percent && measure.FactKey is null);
        if (!inSql)
        {
            return (await ValuesAsync(measure.Rows, [measure], asAt, periodFrom, cuts, cancellation))[0];
        }

        var rows = RowsOf(measure, asAt, periodFrom, cuts);
        if (measure.Fold == Measures.Fold.Count && cuts is not { Count: > 0 })
        {
            var count = await rows.CountAsync(cancellation);
            return Result(measure, asAt, periodFrom, (count, count, null), count, null);
        }

        var totals = await rows.GroupBy(r => 1).Select(g => new
        {
            Rows = g.Count(),
            People = g.Select(r => r.PersonId).Distinct().Count(),
            Hits = g.Count(r => r.Hit == true),
            First = g.Min(r => r.Since ?? r.From),
        }).SingleOrDefaultAsync(cancellation) ?? new { Rows = 0, People = 0, Hits = 0, First = asAt };
        var longest = asAt.DayNumber - totals.First.DayNumber;
        return Result(measure, asAt, periodFrom, measure.Fold switch
        {
            Measures.Fold.Count => (totals.Rows, totals.Rows, null),
            Measures.Fold.People => (totals.People, totals.People, null),
            Measures.Fold.Longest => (totals.Rows == 0 ? null : longest, longest, null),
            Measures.Fold.PerHit => Folds.PerHit(totals.Hits, totals.Rows),
            _ => Folds.Percent(totals.Hits, totals.Rows),
        }, totals.Rows, totals.People);
    }

    /// <summary>Several measures of one set of rows from one read, so that they cannot disagree. In the order of <paramref name="measures"/>.</summary>
    public async Task<IReadOnlyList<MeasureValue>> ValuesAsync(
        MeasureRows rows, IReadOnlyList<Measure> measures, DateOnly asAt, DateOnly? periodFrom = null, IReadOnlyList<CutValue>? cuts = null, CancellationToken cancellation = default)
    {
        if (measures.FirstOrDefault(m => !ReferenceEquals(m.Rows, rows)) is { } stranger)
        {
            throw new ArgumentException($"The measure '{stranger.Key}' has other rows than '{rows.Key}'.", nameof(measures));
        }

        var values = new MeasureValue[measures.Count];
        foreach (var period in measures.Select((measure, index) => (measure, index)).GroupBy(m => periodFrom ?? m.measure.PeriodFrom(asAt)))
        {
            var read = await RowsOf(measures[period.First().index], asAt, period.Key, cuts).Select(FoldColumns).ToListAsync(cancellation);
            foreach (var (measure, index) in period)
            {
                var population = (await PopulationAsync(measure, asAt, cancellation))?.People;
                values[index] = Fold(measure, await WithHitsAsync(measure, read, asAt, cancellation), asAt, period.Key, population);
            }
        }

        return values;
    }

    /// <summary>The value with the rows it stands on, from one read: what publishing freezes.</summary>
    public async Task<(MeasureValue Value, IReadOnlyList<CountedRow> Rows)> WithRowsAsync(
        Measure measure, DateOnly asAt, DateOnly? periodFrom = null, IReadOnlyList<CutValue>? cuts = null, CancellationToken cancellation = default)
    {
        var read = await RowsOf(measure, asAt, periodFrom, cuts)
            .Select(r => new CutRow { SubjectId = r.SubjectId, PersonId = r.PersonId, From = r.From, Since = r.Since, Value = r.Value, Hit = r.Hit })
            .ToListAsync(cancellation);
        var rows = await WithHitsAsync(measure, read, asAt, cancellation);
        var value = Fold(measure, rows, asAt, periodFrom, (await PopulationAsync(measure, asAt, cancellation))?.People);
        var isStock = measure.Rows.Kind == MeasureKind.Stock;
        var counted = measure.Fold == Measures.Fold.People
            ? rows.Where(r => r.PersonId != null).Select(r => new CountedRow(r.PersonId!.Value.ToString(), null, true)).Distinct()
            : rows.Select(r => new CountedRow(r.SubjectId, isStock && measure.Fold != Measures.Fold.Sum ? asAt.DayNumber - (r.Since ?? r.From).DayNumber : r.Value,
                measure.Fold != Measures.Fold.Percent || r.Hit == true));
        return (value, [.. counted]);
    }

    /// <summary>Percentiles of waits (stock) or values (flow), with the mean and the median of the same rows.</summary>
    public async Task<Distribution> DistributionAsync(
        Measure measure, DateOnly asAt, DateOnly? periodFrom = null, IReadOnlyList<CutValue>? cuts = null, CancellationToken cancellation = default)
    {
        var numbers = Numbers(measure, await RowsOf(measure, asAt, periodFrom, cuts).Select(FoldColumns).ToListAsync(cancellation), asAt);
        var mean = Folds.Numbers(Measures.Fold.Mean, numbers).Value;
        var median = Folds.Numbers(Measures.Fold.Median, numbers).Value;
        return new Distribution(numbers.Count, mean, median, numbers.Count == 0 ? null : numbers[^1],
            numbers.Count == 0 ? [] : [.. new[] { 10, 25, 50, 75, 90, 95, 100 }.Select(p => (p, Folds.Percentile(numbers, p)))]);
    }

    /// <summary>The rows that count on the day or in the period, filtered by cuts; composable SQL.</summary>
    internal IQueryable<CutRow> RowsOf(Measure measure, DateOnly asAt, DateOnly? periodFrom, IReadOnlyList<CutValue>? cuts, bool withPerson = false)
    {
        var rows = CompleteRows.Of(measure.Rows, db);
        if (measure.Rows.Kind == MeasureKind.Stock)
        {
            rows = rows.Where(r => r.From <= asAt && (r.To == null || r.To > asAt));
        }
        else
        {
            var from = periodFrom ?? measure.PeriodFrom(asAt)!.Value;
            rows = rows.Where(r => r.From >= from && r.From <= asAt);
        }

        var joined = rows.With(db.People, withPerson || (cuts ?? []).Any(c => Cut.At(c.Cut).OfPerson));
        return (cuts ?? []).Aggregate(joined, (filtered, cut) => filtered.Where(cut, asAt));
    }

    /// <summary>Folds rows already read; see <see cref="WithHitsAsync"/> for a percentage of a fact.</summary>
    internal static MeasureValue Fold(Measure measure, IReadOnlyList<CutRow> rows, DateOnly asAt, DateOnly? periodFrom, long? population)
    {
        var people = rows.Where(r => r.PersonId != null).Select(r => r.PersonId).Distinct().Count();
        return Result(measure, asAt, periodFrom, measure.Fold switch
        {
            Measures.Fold.Count => (rows.Count, rows.Count, null),
            Measures.Fold.People => (people, people, null),
            Measures.Fold.Percent => Folds.Percent(rows.LongCount(r => r.Hit == true), rows.Count),
            Measures.Fold.PerHit => Folds.PerHit(rows.LongCount(r => r.Hit == true), rows.Count),
            Measures.Fold.RatePer100000 => Folds.Rate(rows.Count, population),
            _ => Folds.Numbers(measure.Fold, Numbers(measure, rows, asAt)),
        }, rows.Count, people);
    }

    /// <summary>The rows with the measure's fact, if it has one, in <see cref="CutRow.Hit"/>: as it held on the day (stock) or when the row happened (flow).</summary>
    internal async Task<IReadOnlyList<CutRow>> WithHitsAsync(Measure measure, IReadOnlyList<CutRow> rows, DateOnly asAt, CancellationToken cancellation)
    {
        if (measure.FactKey is null || rows.Count == 0)
        {
            return rows;
        }

        var isStock = measure.Rows.Kind == MeasureKind.Stock;
        var times = await FactTimes.ReadAsync(db, FactOf(measure), isStock ? asAt : rows.Min(r => r.From), asAt, cancellation);
        return [.. rows.Select(r => r with { Hit = times.Holds(r.PersonId, (isStock ? asAt : r.From).DayNumber) })];
    }

    /// <summary>The estimate a rate divides by: the latest that is not after the day, or the earliest there is.</summary>
    public async Task<PopulationEstimate?> PopulationAsync(Measure measure, DateOnly asAt, CancellationToken cancellation = default) =>
        PopulationOn(await PopulationsAsync(measure, cancellation), asAt);

    internal async Task<List<PopulationEstimate>> PopulationsAsync(Measure measure, CancellationToken cancellation) => measure.PopulationKey is { } key
        ? await db.PopulationEstimates.AsNoTracking().Where(p => p.Key == key).OrderBy(p => p.Date).ToListAsync(cancellation)
        : [];

    internal static PopulationEstimate? PopulationOn(List<PopulationEstimate> estimates, DateOnly day) => estimates.LastOrDefault(p => p.Date <= day) ?? estimates.FirstOrDefault();

    internal PersonFact FactOf(Measure measure) => catalogue.Facts.TryGetValue(measure.FactKey!, out var fact)
        ? fact
        : throw new InvalidOperationException($"The measure '{measure.Key}' joins the fact '{measure.FactKey}', which no module contributes.");

    private static List<long> Numbers(Measure measure, IReadOnlyList<CutRow> rows, DateOnly asAt) =>
        measure.Rows.Kind == MeasureKind.Stock && measure.Fold != Measures.Fold.Sum
            ? [.. rows.Select(r => (long)(asAt.DayNumber - (r.Since ?? r.From).DayNumber))]
            : [.. rows.Where(r => r.Value != null).Select(r => r.Value!.Value)];

    private static Expression<Func<CutRow, CutRow>> FoldColumns { get; } =
        r => new CutRow { SubjectId = "", PersonId = r.PersonId, From = r.From, Since = r.Since, Value = r.Value, Hit = r.Hit };

    private static MeasureValue Result(
        Measure measure, DateOnly asAt, DateOnly? periodFrom, (decimal? Value, long Numerator, long? Denominator) folded, int rows, int? people) => new()
        {
            Key = measure.Key,
            Title = measure.Title,
            Unit = measure.Unit,
            Value = folded.Value,
            Numerator = folded.Numerator,
            Denominator = folded.Denominator,
            AsAt = asAt,
            PeriodFrom = measure.Rows.Kind == MeasureKind.Flow ? periodFrom ?? measure.PeriodFrom(asAt) : null,
            Version = measure.DefinitionVersion,
            Rows = rows,
            People = people,
            Decimals = measure.Places,
        };
}
