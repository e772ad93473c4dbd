using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Measures;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Measures;

public sealed class MeasureHistoryTests
{
    private static readonly DateOnly Start = new(2024, 1, 1);
    private static readonly TestMeasures Tests = new();

    [Theory, BothEngines]
    public async Task AW_1_SweepEqualsAsAtFilter_EveryMeasureEveryDay(Engine engine)
    {
        await using var site = await TestMeasures.StartSiteAsync(engine);
        await site.InDbAsync(async db => { await GivenSpans.RandomCountyAsync(db, seed: 20240731, Start); return 0; });
        var days = Enumerable.Range(-3, 200).Select(i => Start.AddDays(i)).Where((_, i) => i % 11 == 0).ToList();

        await site.InScopeAsync(async services =>
        {
            var (engineOf, history) = (services.GetRequiredService<MeasureEngine>(), services.GetRequiredService<MeasureHistory>());
            foreach (var measure in Tests.Measures)
            {
                var points = await history.AtAsync(measure, days);
                foreach (var point in points)
                {
                    var value = await engineOf.ValueAsync(measure, point.Date);
                    (point.Value, point.Numerator, point.Denominator).ShouldBe((value.Value, value.Numerator, value.Denominator), $"{measure.Key} on {point.Date:O}");
                }

                points.ShouldContain(p => p.Value != null, measure.Key);
            }
        });
    }

    [Theory, BothEngines]
    public async Task SweepEqualsAsAtFilter_EveryCutWithAges(Engine engine)
    {
        await using var site = await TestMeasures.StartSiteAsync(engine);
        await site.InDbAsync(async db => { await GivenSpans.RandomCountyAsync(db, seed: 7, Start); return 0; });
        var days = Enumerable.Range(0, 190).Select(i => Start.AddDays(i)).Where((_, i) => i % 14 == 0).ToList();
        CutValue[][] cuts =
        [
            [new("age-band", "18 to 24")], [new("age-band", "Under 18")], [new("age-group", "18 to 64")], [new("age-band", "25 to 44")], [new("age-band", AgeBands.Unknown)],
            [new("sex", "Female")], [new("ward", "W1"), new("age-band", "18 to 24")], [new("team", Cut.NotRecorded)],
        ];

        await site.InScopeAsync(async services =>
        {
            var (engineOf, history) = (services.GetRequiredService<MeasureEngine>(), services.GetRequiredService<MeasureHistory>());
            foreach (var measure in new[] { Tests["test-waiting-items"], Tests["test-waiting-mean"], Tests["test-finished-people"] })
            {
                foreach (var cut in cuts)
                {
                    var points = await history.AtAsync(measure, days, cut);
                    foreach (var point in points)
                    {
                        var value = await engineOf.ValueAsync(measure, point.Date, cuts: cut);
                        (point.Value, point.Numerator).ShouldBe((value.Value, value.Numerator), $"{measure.Key} {cut[0]} on {point.Date:O}");
                    }

                    points.ShouldContain(p => p.Numerator > 0, $"{measure.Key} {cut[0]}");
                }
            }
        });
    }

    [Theory, BothEngines]
    public async Task AW_2_AW_3_ValuesOfSharedRows_AgreeWithEachOther(Engine engine)
    {
        await using var site = await TestMeasures.StartSiteAsync(engine);
        await site.InDbAsync(async db => { await GivenSpans.RandomCountyAsync(db, seed: 3, Start); return 0; });
        var asAt = Start.AddDays(100);

        await site.InScopeAsync(async services =>
        {
            var engineOf = services.GetRequiredService<MeasureEngine>();
            var measures = Tests.Measures.Where(m => m.Rows == TestMeasures.Waiting).ToList();
            var values = await engineOf.ValuesAsync(TestMeasures.Waiting, measures, asAt);
            foreach (var (measure, value) in measures.Zip(values))
            {
                var alone = await engineOf.ValueAsync(measure, asAt);
                (alone.Value, alone.Numerator, alone.Denominator, alone.Rows).ShouldBe((value.Value, value.Numerator, value.Denominator, value.Rows), measure.Key);
            }

            decimal Of(string key) => values.Single(v => v.Key == key).Value!.Value;
            Of("test-waiting-mean").ShouldBeLessThanOrEqualTo((Of("test-waiting-median") + Of("test-waiting-longest")) / 2);
            var distribution = await engineOf.DistributionAsync(Tests["test-waiting-mean"], asAt);
            distribution.Mean.ShouldBe(Of("test-waiting-mean"));
            distribution.Median.ShouldBe(Of("test-waiting-median"));
            distribution.Longest.ShouldBe(Of("test-waiting-longest"));
            distribution.Percentiles.Single(p => p.Percentile == 50).Value.ShouldBe(distribution.Median!.Value);
        });
    }
}
