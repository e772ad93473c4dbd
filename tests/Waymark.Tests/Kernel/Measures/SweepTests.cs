using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Waymark.Kernel.Measures;
using Xunit;

namespace Waymark.Tests.Kernel.Measures;

/// <summary>Random intervals, every date: the sweep gives what a filter of that date gives.</summary>
public sealed class SweepTests
{
    private static readonly DateOnly Day0 = new(2024, 1, 1);

    [Fact]
    public void Stock_AnyIntervals_EqualsFilterOfEveryDay() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Rows().ToArbitrary(), rows =>
    {
        var days = Enumerable.Range(0, 60).Where(i => i % 3 != 1).Select(i => Day0.AddDays(i)).ToList();
        foreach (var fold in new[] { Fold.Count, Fold.People, Fold.Mean, Fold.Median, Fold.Longest, Fold.Sum })
        {
            var sweep = new Sweep(fold, MeasureKind.Stock, days, null);
            rows.ForEach(r => sweep.AddStock(r.From, r.To, fold == Fold.Sum ? r.Number : r.Since, r.Person));
            var values = sweep.Values(_ => null);
            for (var i = 0; i < days.Count; i++)
            {
                var day = days[i].DayNumber;
                var on = rows.Where(r => r.From <= day && day < r.To).ToList();
                values[i].Value.ShouldBe(Expected(fold, on, r => fold == Fold.Sum ? r.Number : day - r.Since), $"{fold} on {days[i]:O}");
            }
        }
    }));

    [Fact]
    public void Flow_AnyDays_EqualsFilterOfEveryPeriod() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Rows().ToArbitrary(), rows =>
    {
        var days = Enumerable.Range(20, 40).Where(i => i % 3 != 1).Select(i => Day0.AddDays(i)).ToList();
        foreach (var fold in new[] { Fold.Count, Fold.People, Fold.Mean, Fold.Median, Fold.Longest, Fold.Sum })
        {
            var sweep = new Sweep(fold, MeasureKind.Flow, days, [.. days.Select(d => d.AddDays(-13))]);
            rows.ForEach(r => sweep.AddFlow(r.From, r.Number, r.Person));
            var values = sweep.Values(_ => null);
            for (var i = 0; i < days.Count; i++)
            {
                var day = days[i].DayNumber;
                var on = rows.Where(r => r.From >= day - 13 && r.From <= day).ToList();
                values[i].Value.ShouldBe(Expected(fold, on, r => r.Number), $"{fold} in the fortnight to {days[i]:O}");
            }
        }
    }));

    private static decimal? Expected(Fold fold, List<Row> on, Func<Row, long> number)
    {
        var numbers = on.Select(number).Order().ToList();
        return fold switch
        {
            Fold.Count => on.Count,
            Fold.People => on.Select(r => r.Person).Distinct().Count(),
            Fold.Sum => numbers.Sum(),
            _ when numbers.Count == 0 => null,
            Fold.Mean => (decimal)numbers.Sum() / numbers.Count,
            Fold.Longest => numbers[^1],
            _ => (numbers[(numbers.Count - 1) / 2] + numbers[numbers.Count / 2]) / 2m,
        };
    }

    private static Gen<List<Row>> Rows() =>
        (from start in Gen.Choose(-20, 70)
         from length in Gen.Choose(0, 30)
         from open in Gen.Choose(0, 3)
         from waited in Gen.Choose(0, 40)
         from person in Gen.Choose(0, 4)
         from number in Gen.Choose(0, 9)
         select new Row(Day0.DayNumber + start, open == 0 ? int.MaxValue : Day0.DayNumber + start + length, Day0.DayNumber + start - waited, person, number)).ListOf().Select(l => l.ToList());

    private sealed record Row(int From, int To, int Since, int Person, long Number);
}
