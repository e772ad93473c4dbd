using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Returns.Pack;
using Waymark.Safeguarding.Measures;
using Waymark.Tests.HandMadeCounty;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Safeguarding.Measures;

/// <summary>Safeguarding's measures over the hand-made county, whose answers are worked out beside it.</summary>
public sealed class SafeguardingMeasuresTests
{
    private static readonly DateOnly Year = SafeguardingCounty.YearEnd;

    [Theory, BothEngines]
    public async Task SG_6_F_38_F_39_ConcernsPeopleAndEnquiries_AreThreeLinkedCounts(Engine engine)
    {
        await using var site = await CountyAsync(engine);

        (await ValueAsync(site, "safeguarding-concerns")).ShouldBe(6);
        (await ValueAsync(site, "safeguarding-concern-people")).ShouldBe(4);
        (await ValueAsync(site, "safeguarding-enquiries-started")).ShouldBe(5);
        (await ValueAsync(site, "safeguarding-section-42-started")).ShouldBe(4);
        (await ValueAsync(site, "safeguarding-other-started")).ShouldBe(1);
        (await OfAsync(site, "safeguarding-section-42-share")).ShouldBe((4, 5));
        (await ValueAsync(site, "safeguarding-section-42-people")).ShouldBe(4);
    }

    [Theory, BothEngines]
    public async Task SG_6_Conversion_PerCentOfConcernsAndConcernsPerEnquiry_Section42AndOtherApart(Engine engine)
    {
        await using var site = await CountyAsync(engine);

        (await ValueAsync(site, "safeguarding-concerns-to-enquiry")).ShouldBe(4);
        (await OfAsync(site, "safeguarding-conversion")).ShouldBe((4, 6));
        (await OfAsync(site, "safeguarding-conversion-section-42")).ShouldBe((3, 6));
        (await OfAsync(site, "safeguarding-conversion-other")).ShouldBe((1, 6));
        var perEnquiry = await MeasureAsync(site, "safeguarding-concerns-per-enquiry", Year);
        (perEnquiry.Value, perEnquiry.Numerator, perEnquiry.Denominator, perEnquiry.TextWithUnit).ShouldBe((1.2m, 6, 5, "1.2 concerns"));
        (await MeasureAsync(site, "safeguarding-concerns-per-enquiry", new DateOnly(2021, 3, 31))).Value.ShouldBeNull("there is none to divide by");
    }

    [Theory, BothEngines]
    public async Task SG_8_K_07_F_42_OpenAndAgedEnquiries_AsAtAnyDay(Engine engine)
    {
        await using var site = await CountyAsync(engine);
        var (july23, july24) = (new DateOnly(2023, 7, 31), new DateOnly(2024, 7, 31));

        (await ValueAsync(site, "safeguarding-enquiry-open-items", july23)).ShouldBe(3);
        (await ValueAsync(site, "safeguarding-section-42-open", july23)).ShouldBe(2);
        (await ValueAsync(site, "safeguarding-other-open", july23)).ShouldBe(1);
        (await ValueAsync(site, "safeguarding-enquiries-aged", july23)).ShouldBe(1);
        (await ValueAsync(site, "safeguarding-enquiries-for-clinic", july23)).ShouldBe(2);
        (await ValueAsync(site, "safeguarding-enquiries-aged", new DateOnly(2023, 7, 27))).ShouldBe(0, "twelve weeks to the day are not over twelve weeks");
        (await ValueAsync(site, "safeguarding-enquiries-aged", new DateOnly(2023, 7, 28))).ShouldBe(1);
        (await ValueAsync(site, "safeguarding-enquiry-open-items", july24)).ShouldBe(1);
        (await ValueAsync(site, "safeguarding-enquiries-aged", july24)).ShouldBe(1);
        (await ValueAsync(site, "safeguarding-concerns-open", Year)).ShouldBe(1);

        var rows = await site.InScopeAsync(s => s.GetRequiredService<MeasureRowList>().ReadAsync(s.GetRequiredService<Catalogue>().Measures["safeguarding-enquiries-aged"], july23, null, [], page: 1));
        (rows.Rows.Single().Since, rows.Rows.Single().Number).ShouldBe((new DateOnly(2023, 5, 4), 88));
    }

    [Theory, BothEngines]
    public async Task SG_11_F_40_PeopleInBothYears_AreThoseOfThisYearWhoWereInTheOneBefore(Engine engine)
    {
        await using var site = await CountyAsync(engine);

        (await ValueAsync(site, "safeguarding-repeat-people")).ShouldBe(1);
        (await ValueAsync(site, "safeguarding-repeat-people", Year.AddYears(-1))).ShouldBe(0, "Fay's was in 2021/22, and she has none in 2022/23");
        (await ValueAsync(site, "safeguarding-repeat-people", Year.AddYears(1))).ShouldBe(0, "Cat's was two years before");
    }

    [Theory, BothEngines]
    public async Task SG_12_F_41_BySourceTypeAndPlace(Engine engine)
    {
        await using var site = await CountyAsync(engine);

        (await OfAsync(site, "safeguarding-concerns-by-providers")).ShouldBe((2, 6));
        (await CutAsync(site, "safeguarding-concerns")).ShouldBe([("Care provider", 2), ("Public", 2), ("Family or friend", 1), ("Police", 1)], ignoreOrder: true);
        (await CutAsync(site, "safeguarding-concern-types")).ShouldBe([("Neglect", 2), ("Physical", 1)]);
        (await CutAsync(site, "safeguarding-concern-places")).ShouldBe([("Care home nursing", 1), ("Not recorded", 5)]);
        (await CutAsync(site, "safeguarding-concerns-to-enquiry")).ShouldBe([("Section 42", 2), ("Joined enquiry", 1), ("Other enquiry", 1)], ignoreOrder: true);
    }

    [Theory, BothEngines]
    public async Task SG_13_F_43_F_44_F_45_MakingSafeguardingPersonal_EachWithItsOwnNumbers(Engine engine)
    {
        await using var site = await CountyAsync(engine);

        (await ValueAsync(site, "safeguarding-section-42-concluded")).ShouldBe(4);
        (await OfAsync(site, "safeguarding-asked-at-concern")).ShouldBe((2, 6));
        (await OfAsync(site, "safeguarding-asked-at-planning")).ShouldBe((2, 4));
        (await OfAsync(site, "safeguarding-asked-at-close")).ShouldBe((4, 4));
        (await OfAsync(site, "safeguarding-outcomes-expressed")).ShouldBe((3, 4));
        (await OfAsync(site, "safeguarding-outcomes-met")).ShouldBe((2, 3));
        (await OfAsync(site, "safeguarding-outcomes-fully-met")).ShouldBe((1, 3));
        (await OfAsync(site, "safeguarding-risk-reduced")).ShouldBe((2, 3));
        (await ValueAsync(site, "safeguarding-section-42-days-mean")).ShouldBe(167.25m);
        (await ValueAsync(site, "safeguarding-section-42-days-median")).ShouldBe(137);
    }

    [Theory, BothEngines]
    public async Task SG_21_Advocate_OfThoseWhoLackedCapacity(Engine engine)
    {
        await using var site = await CountyAsync(engine);

        (await OfAsync(site, "safeguarding-advocate")).ShouldBe((1, 3));
        (await OfAsync(site, "safeguarding-supported")).ShouldBe((2, 3));
    }

    [Theory, BothEngines]
    public async Task SG_10_WeeklyMeasures_ShowTheListAndItsActions(Engine engine)
    {
        await using var site = await CountyAsync(engine);
        var week = new DateOnly(2023, 7, 31);

        await site.InScopeAsync(async s =>
        {
            var build = s.GetRequiredService<BuildPack>();
            var list = build.ListFor("safeguarding-enquiry");
            await s.GetRequiredService<AddPackAction>().RunAsync(list.Key, "Look at E1 in the clinic", "Ana Lee", new DateOnly(2024, 8, 7));
            (await build.ListsAsync()).ShouldContain(list);
            var pack = await build.RunAsync(list, week);
            (pack.Working.Opening, pack.Working.Closing).ShouldBe((3, 3));
            (await build.RunAsync(list, new DateOnly(2024, 7, 31))).Actions.Single().Text.ShouldBe("Look at E1 in the clinic");
        });
    }

    [Theory, BothEngines]
    public async Task SG_12_TrendOfEveryMeasure_AgreesWithTheMeasureOnEachOfItsDays(Engine engine)
    {
        await using var site = await CountyAsync(engine);
        DateOnly[] days = [new(2023, 3, 31), new(2023, 7, 31), Year, new(2024, 7, 31)];

        await site.InScopeAsync(async s =>
        {
            var (history, measures) = (s.GetRequiredService<MeasureHistory>(), s.GetRequiredService<MeasureEngine>());
            foreach (var measure in new SafeguardingMeasuresPart().Measures)
            {
                var points = await history.AtAsync(measure, days);
                foreach (var (day, point) in days.Zip(points))
                {
                    var value = await measures.ValueAsync(measure, day);
                    (point.Value, point.Numerator, point.Denominator).ShouldBe((value.Value, value.Numerator, value.Denominator), $"{measure.Key} on {day}");
                }
            }
        });
    }

    private static async Task<TestSite> CountyAsync(Engine engine)
    {
        var site = await TestSite.StartAsync(engine);
        await site.InDbAsync(SafeguardingCounty.MakeAsync);
        return site;
    }

    private static async Task<decimal?> ValueAsync(TestSite site, string key, DateOnly? asAt = null) => (await MeasureAsync(site, key, asAt ?? Year)).Value;

    private static async Task<(long, long?)> OfAsync(TestSite site, string key)
    {
        var value = await MeasureAsync(site, key, Year);
        return (value.Numerator, value.Denominator);
    }

    private static Task<MeasureValue> MeasureAsync(TestSite site, string key, DateOnly asAt) => site.InScopeAsync(s =>
        s.GetRequiredService<MeasureEngine>().ValueAsync(s.GetRequiredService<Catalogue>().Measures[key], asAt));

    private static Task<(string Title, int Rows)[]> CutAsync(TestSite site, string key) => site.InScopeAsync(async s =>
    {
        var cells = await s.GetRequiredService<MeasureCuts>().ByAsync(s.GetRequiredService<Catalogue>().Measures[key], Cut.Reason, Year, s.GetRequiredService<Viewer>());
        return cells.Select(c => (c.Title, c.Measured.Rows)).ToArray();
    });
}
