using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Measures;

/// <summary>A measure over years from one read of its intervals and a sweep; never a query a date.</summary>
[Scoped]
public sealed class MeasureHistory(WaymarkDb db, MeasureEngine engine)
{
    /// <summary>Points every week or at every month's end, the last on <paramref name="asAt"/>.</summary>
    public Task<IReadOnlyList<HistoryPoint>> HistoryAsync(
        Measure measure, DateOnly asAt, HistoryStep step = HistoryStep.Weekly, int years = 3, IReadOnlyList<CutValue>? cuts = null, CancellationToken cancellation = default) =>
        AtAsync(measure, Days(asAt, step, years), cuts, cancellation);

    /// <summary>The measure on each of some days, ascending.</summary>
    public async Task<IReadOnlyList<HistoryPoint>> AtAsync(Measure measure, IReadOnlyList<DateOnly> days, IReadOnlyList<CutValue>? cuts = null, CancellationToken cancellation = default)
    {
        var isStock = measure.Rows.Kind == MeasureKind.Stock;
        var sweep = new Sweep(measure.Fold, measure.Rows.Kind, days, isStock ? null : [.. days.Select(d => measure.PeriodFrom(d)!.Value)]);
        var (first, last) = (DateOnly.FromDayNumber(sweep.FirstDay), days[^1]);
        var rows = isStock
            ? CompleteRows.Of(measure.Rows, db).Where(r => r.From <= last && (r.To == null || r.To > first))
            : CompleteRows.Of(measure.Rows, db).Where(r => r.From >= first && r.From <= last);
        var joined = (cuts ?? []).Aggregate(rows.With(db.People, (cuts ?? []).Any(c => Cut.At(c.Cut).OfPerson)), (filtered, cut) => filtered.Where(cut, null));

        var facts = measure.FactKey is null ? null : await FactTimes.ReadAsync(db, engine.FactOf(measure), first, last, cancellation);
        var people = new Dictionary<Guid, int>();
        var ages = (cuts ?? []).Select(c => (Cut.At(c.Cut).Ages, c.Value)).Where(c => c.Ages is not null).ToList();
        await IntervalReader.ReadAsync(db, joined, Columns(measure, ages.Count > 0), row =>
        {
            (row.OfAgeFrom, row.OfAgeTo) = (int.MinValue, int.MaxValue);
            foreach (var (bands, title) in ages)
            {
                var (from, to) = OfAge(row, bands!, title);
                (row.OfAgeFrom, row.OfAgeTo) = (Math.Max(row.OfAgeFrom, from), Math.Min(row.OfAgeTo, to));
            }

            Add(sweep, measure, row, facts, people);
        }, cancellation);

        var populations = await engine.PopulationsAsync(measure, cancellation);
        var values = sweep.Values(day => MeasureEngine.PopulationOn(populations, day)?.People);
        return [.. days.Select((day, i) => new HistoryPoint(day, values[i].Value, values[i].Numerator, values[i].Denominator))];
    }

    /// <summary>Days a step apart, ascending, ending with <paramref name="asAt"/>; month ends for a monthly history of a month's last day.</summary>
    public static IReadOnlyList<DateOnly> Days(DateOnly asAt, HistoryStep step, int years)
    {
        var first = asAt.AddYears(-years);
        if (step == HistoryStep.Weekly)
        {
            var weeks = (asAt.DayNumber - first.DayNumber) / 7;
            return [.. Enumerable.Range(0, weeks + 1).Select(i => asAt.AddDays(-7 * (weeks - i)))];
        }

        return [.. Enumerable.Range(0, (12 * years) + 1).Select(i => asAt.AddDays(1).AddMonths(i - (12 * years)).AddDays(-1))];
    }

    private static List<string> Columns(Measure measure, bool byAge)
    {
        var isStock = measure.Rows.Kind == MeasureKind.Stock;
        var columns = new List<string> { nameof(CutRow.From) };
        if (isStock)
        {
            columns.Add(nameof(CutRow.To));
        }

        switch (measure.Fold)
        {
            case Fold.Sum:
            case Fold.Mean or Fold.Median or Fold.Longest when !isStock:
                columns.Add(nameof(CutRow.Value));
                break;
            case Fold.Mean or Fold.Median or Fold.Longest:
                columns.Add(nameof(CutRow.Since));
                break;
            case Fold.PerHit:
            case Fold.Percent when measure.FactKey is null:
                columns.Add(nameof(CutRow.Hit));
                break;
            case Fold.People or Fold.Percent:
                columns.Add(nameof(CutRow.PersonId));
                break;
        }

        if (byAge)
        {
            columns.AddRange([nameof(CutRow.BirthDate), nameof(CutRow.AgeBand)]);
        }

        return columns;
    }

    private static void Add(Sweep sweep, Measure measure, IntervalRow row, FactTimes? facts, Dictionary<Guid, int> people)
    {
        var isStock = measure.Rows.Kind == MeasureKind.Stock;
        var ofNumber = measure.Fold is Fold.Sum || (!isStock && measure.Fold is Fold.Mean or Fold.Median or Fold.Longest);
        if ((ofNumber && row.Value is null) || (measure.Fold == Fold.People && row.Person is null))
        {
            return;
        }

        var person = 0;
        if (measure.Fold == Fold.People && !people.TryGetValue(row.Person!.Value, out person))
        {
            people[row.Person.Value] = person = people.Count;
        }

        if (!isStock)
        {
            sweep.AddFlow(row.From, row.Value ?? 0, person, row.OfAgeFrom, row.OfAgeTo);
            if (measure.Fold is Fold.Percent or Fold.PerHit && (facts?.Holds(row.Person, row.From) ?? row.Hit))
            {
                sweep.AddFlowHit(row.From, row.OfAgeFrom, row.OfAgeTo);
            }

            return;
        }

        var (from, to) = (Math.Max(row.From, row.OfAgeFrom), Math.Min(row.To, row.OfAgeTo));
        sweep.AddStock(from, to, ofNumber ? row.Value!.Value : row.Since ?? row.From, person);
        if (measure.Fold is Fold.Percent or Fold.PerHit)
        {
            foreach (var (start, end) in facts?.Within(row.Person, from, to) ?? (row.Hit ? [(from, to)] : []))
            {
                sweep.AddStockHit(start, end);
            }
        }
    }

    /// <summary>The days [from, to) on which the row's person is in the age band.</summary>
    private static (int From, int To) OfAge(in IntervalRow row, IReadOnlyList<AgeBand> bands, string title)
    {
        if (row.Birth is not { } birth || title is AgeBands.Unknown or Cut.NotRecorded)
        {
            var stays = row.Birth is null && AgeBands.Of(bands, null, row.AgeBand, DateOnly.MinValue) == (title == Cut.NotRecorded ? AgeBands.Unknown : title);
            return stays ? (int.MinValue, int.MaxValue) : (0, 0);
        }

        var band = CutQueries.Band(bands, title);
        var born = DateOnly.FromDayNumber(birth);
        return (band.From == 0 ? int.MinValue : AgeBand.Birthday(born, band.From).DayNumber, band.Below is { } below ? AgeBand.Birthday(born, below).DayNumber : int.MaxValue);
    }
}
