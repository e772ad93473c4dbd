using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Returns.Reproduce;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Returns.Reproduce;

public sealed class ReproduceFiguresTests
{
    private static readonly DateOnly AsAt = new(2024, 7, 31);

    [Theory, BothEngines]
    public async Task GV_10_Reproduce_CountRatioAndChange_MatchOrDoNot(Engine engine)
    {
        await using var site = await CountyAsync(engine);

        var figures = await ReproduceAsync(site,
            Printed("592", "test-waiting-items") with { Cannot = "contradiction", X = "X-01", Because = "Printed twice." },
            Printed("3", "test-waiting-items"),
            Printed("4", "test-waiting-items"),
            Printed("33.3%", "test-waiting-paused"),
            Printed("25.6%", "test-waiting-paused") with { X = "X-01" },
            Printed("30", "test-waiting-longest"),
            Printed("50.0%", "test-waiting-items") with { Compute = "change-since", PeriodFrom = AsAt.AddDays(-15) },
            Printed("7.4%", "") with { Cannot = "fed", Because = "Counted by the hospitals." },
            Printed("about 1,500", "") with { Cannot = "later", Because = "Needs referrals." });

        figures.Select(f => (f.Matches, f.Computed)).ShouldBe([("cannot", 3m), ("yes", 3m), ("no", 3m), ("yes", 33.33m), ("no", 33.33m), ("yes", 30m), ("yes", 50m), ("cannot", null), ("cannot", null)]);
        figures[0].Because.ShouldBe("X-01. Printed twice.");
        figures[3].Because.ShouldBe("1 of 3.");
        figures[4].Because.ShouldBe("X-01. 1 of 3. No whole number of 3 gives 25.6%.");
        figures[8].Published.ShouldBe("about 1,500");
    }

    [Fact]
    public async Task Reproduce_CountyAtAScale_SaysHowItWasScaled()
    {
        await using var site = await CountyAsync(Engine.Sqlite);
        await site.InDbAsync(async db => { db.Add(new Setting { Key = ReproduceFigures.ScaleSetting, Value = "50" }); return await db.SaveChangesAsync(); });

        var figures = await ReproduceAsync(site, Printed("160", "test-waiting-items"), Printed("592", "test-waiting-items"), Printed("25.6%", "test-waiting-paused"));

        figures.Select(f => (f.Matches, f.Computed)).ShouldBe([("yes", 150m), ("no", 150m), ("cannot", 33.33m)]);
        figures[0].Because.ShouldBe("The county is 1:50: 3 × 50 = 150; the nearest it could come to 160 is 3 × 50 = 150.");
    }

    [Fact]
    public async Task PrintedFigures_EachHasAMeasureOrAReason_AndEveryIdOfTheInventoryIsThere()
    {
        await using var site = await TestSite.StartAsync();
        var catalogue = site.Services.GetRequiredService<Catalogue>();

        foreach (var figure in PrintedFigure.All)
        {
            (figure.Measure.Length > 0 ? catalogue.Measures.ContainsKey(figure.Measure) : figure is { Cannot.Length: > 0, Because.Length: > 0 }).ShouldBeTrue($"{figure.Id} {figure.Title}");
            figure.Cannot.ShouldBeOneOf("", "fed", "later", "contradiction");
            figure.Compute.ShouldBeOneOf("value", "change", "change-since");
            Regex.IsMatch(figure.X, @"^(X-\d\d)?$").ShouldBeTrue(figure.X);
            (figure.Number is not null || figure.Cannot.Length > 0).ShouldBeTrue($"{figure.Id} {figure.Printed}");
        }

        PrintedFigure.All.Select(f => (f.Id, f.Title, f.Printed)).Distinct().Count().ShouldBe(PrintedFigure.All.Count);
        var ids = PrintedFigure.All.Select(f => f.Id).ToHashSet();
        Enumerable.Range(1, 56).Select(n => $"F-{n:00}").Where(id => !ids.Contains(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Json_IsAsTheContractSays()
    {
        await using var site = await TestSite.StartAsync();
        var all = await site.InScopeAsync(s => s.GetRequiredService<ReproduceFigures>().RunAsync(PrintedFigure.All));

        using var json = JsonDocument.Parse(ReproduceVerb.ToJson(all));

        json.RootElement.GetArrayLength().ShouldBe(PrintedFigure.All.Count);
        json.RootElement[0].EnumerateObject().Select(p => p.Name).ShouldBe(["id", "title", "published", "computed", "numerator", "denominator", "asAt", "matches", "because"]);
        json.RootElement.EnumerateArray().First(f => f.GetProperty("id").GetString() == "F-03").GetProperty("published").GetDecimal().ShouldBe(592);
        json.RootElement.EnumerateArray().ShouldAllBe(f => f.GetProperty("matches").GetString() != "yes");
    }

    private static PrintedFigure Printed(string printed, string measure) =>
        new() { Id = "F-00", Title = "A figure", Printed = printed, AsAt = AsAt, Measure = measure, Compute = "value" };

    private static Task<IReadOnlyList<ReproducedFigure>> ReproduceAsync(TestSite site, params PrintedFigure[] figures) =>
        site.InScopeAsync(s => s.GetRequiredService<ReproduceFigures>().RunAsync(figures));

    private static async Task<TestSite> CountyAsync(Engine engine)
    {
        var site = await TestMeasures.StartSiteAsync(engine);
        await site.InDbAsync(async db =>
        {
            db.AddRange(GivenSpans.Span(null, AsAt.AddDays(-30), null), GivenSpans.Span(null, AsAt.AddDays(-20), null), GivenSpans.Span(null, AsAt.AddDays(-10), null, paused: true));
            return await db.SaveChangesAsync();
        });
        return site;
    }
}
