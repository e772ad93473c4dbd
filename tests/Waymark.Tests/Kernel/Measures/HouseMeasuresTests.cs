using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Measures;

/// <summary>What holds for every measure that any module contributes.</summary>
public sealed class HouseMeasuresTests
{
    [Theory, BothEngines]
    public async Task GV_10_EveryMeasure_IsSqlOnBothEngines_AsAtOverTimeByEveryCutAndDownToItsRows(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.InScopeAsync(async services =>
        {
            var (catalogue, today) = (services.GetRequiredService<Catalogue>(), services.GetRequiredService<CareClock>().Today);
            var (engineOf, history, cuts) = (services.GetRequiredService<MeasureEngine>(), services.GetRequiredService<MeasureHistory>(), services.GetRequiredService<MeasureCuts>());
            var (movements, viewer, list) = (services.GetRequiredService<MeasureMovements>(), services.GetRequiredService<Viewer>(), services.GetRequiredService<MeasureRowList>());
            var seen = new HashSet<MeasureRows>(ReferenceEqualityComparer.Instance);
            catalogue.Measures.ShouldNotBeEmpty();
            foreach (var measure in catalogue.Measures.Values)
            {
                (await engineOf.ValueAsync(measure, today)).Rows.ShouldBe(0, measure.Key);
                (await history.HistoryAsync(measure, today, HistoryStep.Monthly)).Count.ShouldBe(37, measure.Key);
                foreach (var cut in seen.Add(measure.Rows) ? Cut.All.Append(Cut.Worker) : [])
                {
                    (await cuts.ByAsync(measure, cut, today, viewer)).ShouldBeEmpty($"{measure.Key} by {cut.Key}");
                    (await engineOf.ValueAsync(measure, today, cuts: [new CutValue(cut.Key, cut.Ages is null ? Cut.NotRecorded : cut.Ages[1].Title)])).Rows.ShouldBe(0, $"{measure.Key} by {cut.Key}");
                }

                if (measure is { Counts: true, Rows.Kind: MeasureKind.Stock })
                {
                    (await movements.BetweenAsync(measure, today.AddYears(-1), today)).Closing.ShouldBe(0, measure.Key);
                }

                (await list.ReadAsync(measure, today, null, [], page: 1)).Visible.ShouldBe(0, measure.Key);
            }
        });
    }

    [Theory, BothEngines]
    public async Task GV_10_RowsOfEveryMeasure_AreFilteredByRecordAccessInSql(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.InScopeAsync(async services =>
        {
            var (catalogue, list, today) = (services.GetRequiredService<Catalogue>(), services.GetRequiredService<MeasureRowList>(), services.GetRequiredService<CareClock>().Today);
            foreach (var measure in catalogue.Measures.Values.Where(m => m.Permission is null).DistinctBy(m => m.Rows))
            {
                (await list.ReadAsync(measure, today, null, [], page: 1)).Restricted.ShouldBe(0, measure.Key);
            }
        }, GivenRecords.As(Guid.NewGuid(), null, Can.OpenMeasureRows));
    }

    [Fact]
    public async Task Document_IsCurrent()
    {
        await using var site = await TestSite.StartAsync();
        MeasuresDocument.Text(site.Services.GetRequiredService<Catalogue>()).ShouldBe(Repository.Read("docs/measures.md"), "Run: ./waymark measures doc > docs/measures.md");
    }

    [Fact]
    public async Task Json_IsAsTheContractSays()
    {
        await using var site = await TestSite.StartAsync();
        var values = await site.InScopeAsync(s => s.GetRequiredService<MeasureSheet>().ReadAsync([s.GetRequiredService<Catalogue>().Measures["contacts"]], new DateOnly(2024, 7, 31)));

        using var json = JsonDocument.Parse(MeasuresVerb.ToJson(values));

        json.RootElement[0].EnumerateObject().Select(p => p.Name).ShouldBe(["key", "title", "unit", "value", "numerator", "denominator", "asAt", "version"]);
        (json.RootElement[0].GetProperty("key").GetString(), json.RootElement[0].GetProperty("asAt").GetString()).ShouldBe(("contacts", "2024-07-31"));
        json.RootElement[0].GetProperty("value").GetDecimal().ShouldBe(0);
    }
}
