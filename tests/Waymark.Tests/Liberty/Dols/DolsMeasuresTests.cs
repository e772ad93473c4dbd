using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Liberty.Dols;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Liberty.Dols;

/// <summary>Four applications completed in July 2024 after 5, 10, 20 and 45 days; one in June after 300; one never ours.</summary>
public sealed class DolsMeasuresTests
{
    private static readonly DateOnly Today = new(2024, 7, 31);

    [Theory, BothEngines]
    public async Task DL_3_MeanMedianAndLongest_AreOfTheMonthsCompleted_AsAw3Counts(Engine engine)
    {
        await using var site = await CountyAsync(engine);

        (await ValueAsync(site, "dols-days-mean")).Value.ShouldBe(20m);
        (await ValueAsync(site, "dols-days-median")).Value.ShouldBe(15m);
        (await ValueAsync(site, "dols-days-longest")).Value.ShouldBe(45m);
        var catalogue = site.Services.GetRequiredService<Catalogue>();
        catalogue.Measures["dols-days-mean"].PeriodMonths.ShouldBe(catalogue.Measures["assessment-days-mean"].PeriodMonths);
        (await ValueAsync(site, "dols-within-21-days")).Numerator.ShouldBe(3);
    }

    [Theory, BothEngines]
    public async Task DL_1_Rate_ShowsThePopulationUsed(Engine engine)
    {
        await using var site = await CountyAsync(engine);

        var rate = await ValueAsync(site, "dols-completed-rate");

        (rate.Value, rate.Numerator, rate.Denominator).ShouldBe((2.5m, 5, 200_000));
        var reader = await Given.UserAsync(site, Waymark.Kernel.Access.Roles.PerformanceLead);
        using var client = site.Client(reader.Id);
        (await client.PageAsync("/measures/dols-completed-rate")).QuerySelector("main")!.TextContent.ShouldContain("200,000 adults at 30 June 2022 (the test)");
    }

    private static async Task<TestSite> CountyAsync(Engine engine)
    {
        var site = await TestSite.StartAsync(engine);
        await site.InDbAsync(async db =>
        {
            db.Add(new PopulationEstimate { Key = DolsMeasures.Adults, Title = "Adults", Date = new DateOnly(2022, 6, 30), People = 200_000, Source = "the test" });
            foreach (var (completed, days) in new[] { (new DateOnly(2024, 7, 1), 5), (new DateOnly(2024, 7, 8), 10), (new DateOnly(2024, 7, 15), 20), (Today, 45), (new DateOnly(2024, 6, 30), 300) })
            {
                Add(db, completed.AddDays(-days), completed, DolsStatus.Granted);
            }

            Add(db, new DateOnly(2024, 7, 2), null, DolsStatus.WrongBody);
            return await db.SaveChangesAsync();
        });
        return site;
    }

    private static void Add(Waymark.Kernel.Data.WaymarkDb db, DateOnly received, DateOnly? completed, DolsStatus status)
    {
        var episode = new Episode
        {
            Reference = $"DOL-{Guid.NewGuid():N}", PathwayKey = DolsPathway.PathwayKey, ReceivedOn = received.ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc), ReceivedDate = received, StageKey = DolsPathway.Sign,
        };
        db.Add(episode);
        db.Add(new DolsCase
        {
            EpisodeId = episode.Id, AuthorityName = "Meadow View", Place = PlaceKind.CareHome, Funding = Funding.Council, Kind = RequestKind.Standard, GivenName = "A", FamilyName = "B",
            ReceivedDate = received, CompletedDate = completed, Status = status,
        });
    }

    private static Task<MeasureValue> ValueAsync(TestSite site, string key) =>
        site.InScopeAsync(s => s.GetRequiredService<MeasureEngine>().ValueAsync(s.GetRequiredService<Catalogue>().Measures[key], Today));
}
