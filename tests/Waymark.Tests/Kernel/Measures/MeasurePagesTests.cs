using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Figures;
using Waymark.Kernel.Pathways;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Measures;

public sealed class MeasurePagesTests
{
    private static readonly DateOnly AsAt = new(2024, 7, 31);

    [Theory, BothEngines]
    public async Task GV_10_Catalogue_ShowsEveryMeasureAndFindsByWord(Engine engine)
    {
        await using var site = await CountyAsync(engine);
        var client = site.Client((await Given.UserAsync(site, Roles.Analyst)).Id);

        var page = await client.PageAsync("/measures");
        page.QuerySelectorAll("tbody th").Select(h => h.TextContent.Trim()).ShouldContain("Things waiting");
        var found = await client.PageAsync("/measures?search=longest+things+waiting");
        found.QuerySelectorAll("tbody th").Select(h => h.TextContent.Trim()).ShouldBe(["Longest wait of things waiting"]);
    }

    [Theory, BothEngines]
    public async Task GV_10_Measure_ShowsValueChangeMovementsHistoryCutAndDefinition(Engine engine)
    {
        await using var site = await CountyAsync(engine);
        await site.InScopeAsync(s => s.GetRequiredService<PublishFigure>().RunAsync(new FigureToPublish("test-waiting-items", AsAt.AddDays(-3))));
        var client = site.Client((await Given.UserAsync(site, Roles.Analyst)).Id);

        var page = await client.PageAsync("/measures/test-waiting-items?cut=sex");

        page.QuerySelector(".wm-stat__number")!.TextContent.ShouldBe("3 items");
        page.QuerySelector(".wm-stat__note")!.TextContent.ShouldBe("Worse: 1 more than a year ago (+50.0%)");
        var moved = page.QuerySelectorAll("table").First(t => t.QuerySelector("caption")!.TextContent.StartsWith("From", StringComparison.Ordinal));
        moved.QuerySelectorAll("tr").Select(r => r.TextContent.Replace("\n", "", StringComparison.Ordinal).Trim())
            .ShouldBe(["On 31 July 20232", "Arrived since+2", "Left: died−1", "On 31 July 20243"]);
        page.QuerySelectorAll("figure td[data-published=true]").Length.ShouldBe(1);
        page.QuerySelectorAll("figure tbody tr").Length.ShouldBe(157 + 1);
        page.QuerySelector("#cuts ~ div table")!.TextContent.ShouldContain("Female");
        page.QuerySelector(".govuk-summary-list")!.TextContent.ShouldContain("Things waiting, for tests.");
    }

    [Fact]
    public async Task GV_10_Measure_AsAtAnyPastDay_RebuildsTheNumber()
    {
        await using var site = await CountyAsync(Engine.Sqlite);
        var client = site.Client((await Given.UserAsync(site, Roles.Analyst)).Id);

        (await client.PageAsync("/measures/test-waiting-items?at=2023-07-31")).QuerySelector(".wm-stat__number")!.TextContent.ShouldBe("2 items");
        (await client.PageAsync("/measures/test-waiting-items?At.Day=31&At.Month=7&At.Year=2023")).QuerySelector(".wm-stat__number")!.TextContent.ShouldBe("2 items");
        (await client.GetAsync("/measures/none-such", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Theory, BothEngines]
    public async Task AW_1_Rows_AskWhy_ThenNamesForTheManager_PseudonymsForTheAnalyst_AndTheRestIsRestricted(Engine engine)
    {
        await using var site = await CountyAsync(engine);
        var (manager, analyst) = (await Given.UserAsync(site, Roles.TeamManager), await Given.UserAsync(site, Roles.Analyst));
        await site.InDbAsync(async db =>
        {
            var hidden = await db.People.SingleAsync(p => p.GivenName == "Given2");
            GivenRecords.Restrict(db, hidden, owner: Guid.NewGuid(), hidesStub: true);
            return await db.SaveChangesAsync();
        });
        var (byManager, byAnalyst) = (site.Client(manager.Id), site.Client(analyst.Id));
        const string Url = "/measures/test-waiting-items/rows";

        (await byManager.PageAsync(Url)).QuerySelectorAll("table").Length.ShouldBe(0);
        (await (await site.PostFormAsync(byManager, Url)).PageAsync()).Errors().ShouldBe(["Choose why you open the rows"]);
        (await site.PostFormAsync(byManager, Url, ("Purpose", "Work on the list"))).RedirectPath().ShouldBe(Url);
        (await site.PostFormAsync(byAnalyst, Url, ("Purpose", "Check the quality of the data"))).RedirectPath().ShouldBe(Url);

        var named = await byManager.PageAsync(Url);
        named.QuerySelector("main p")!.TextContent.ShouldContain("2 rows and 1 restricted");
        named.QuerySelector("main table")!.TextContent.ShouldContain("Given1 Family1");
        named.QuerySelector("main")!.TextContent.ShouldNotContain("Family2");
        var pseudonymous = await byAnalyst.PageAsync(Url);
        pseudonymous.QuerySelector("main p")!.TextContent.ShouldContain("2 rows and 1 restricted");
        pseudonymous.QuerySelector("main")!.TextContent.ShouldNotContain("Family");
        pseudonymous.QuerySelectorAll("main tbody code").Select(c => c.TextContent).ShouldAllBe(k => k.Length == 16);
        var seen = await site.InDbAsync(db => db.ViewLog.ToListAsync());
        seen.ShouldAllBe(v => v.UserId == manager.Id && v.Purpose == "Work on the list");
        seen.Select(v => v.PersonId).Distinct().Count().ShouldBe(2);
        (await site.InDbAsync(db => db.Audit.CountAsync(a => a.Act == "open-measure-rows"))).ShouldBe(2);
    }

    [Fact]
    public async Task Rows_WithoutThePermission_AreForbidden_AndTheCsvNeedsAReason()
    {
        await using var site = await CountyAsync(Engine.Sqlite);
        var worker = site.Client((await Given.UserAsync(site, Roles.SocialWorker)).Id);
        (await worker.GetAsync("/measures/test-waiting-items/rows", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await worker.GetAsync("/measures/test-waiting-items", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);

        var analyst = site.Client((await Given.UserAsync(site, Roles.Analyst)).Id);
        (await analyst.GetAsync("/measures/test-waiting-items/rows?handler=Csv", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        await site.PostFormAsync(analyst, "/measures/test-waiting-items/rows", ("Purpose", "Inspection, audit or complaint"));
        var csv = await analyst.GetStringAsync("/measures/test-waiting-items/rows?handler=Csv", TestContext.Current.CancellationToken);
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + 3);
        csv.ShouldNotContain("Family");
    }

    [Fact]
    public async Task RestrictedMeasure_IsNoMeasureForThoseWithoutItsPermission()
    {
        await using var site = await CountyAsync(Engine.Sqlite);
        var lead = site.Client((await Given.UserAsync(site, Roles.PerformanceLead)).Id);

        (await lead.PageAsync("/measures")).Body!.TextContent.ShouldNotContain("Things only some may count");
        (await lead.PageAsync("/measures/test-waiting-items")).Body!.TextContent.ShouldNotContain("Things only some may count");
        foreach (var path in new[] { "", "/rows", "/publish", "?handler=History", "?handler=Cut" })
        {
            (await lead.GetAsync($"/measures/test-restricted{path}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound, path);
        }
    }

    [Fact]
    public async Task AW_2_Longest_ShowsTheCaseByPseudonym_AndOtherMeasuresBesideIt()
    {
        await using var site = await CountyAsync(Engine.Sqlite);
        var analyst = site.Client((await Given.UserAsync(site, Roles.Analyst)).Id);

        var page = await analyst.PageAsync("/measures/test-waiting-longest");

        page.QuerySelector("main p code")!.TextContent.Length.ShouldBe(16);
        page.QuerySelector("main p code")!.ParentElement!.TextContent.ShouldContain("since 27 June 2023");
        page.QuerySelector("main")!.TextContent.ShouldNotContain("Family");
        page.QuerySelectorAll("main a").Select(a => a.TextContent).ShouldContain("Median wait of things waiting");
        var worker = site.Client((await Given.UserAsync(site, Roles.SocialWorker)).Id);
        (await worker.PageAsync("/measures/test-waiting-longest")).QuerySelectorAll("main p code").Length.ShouldBe(0);
    }

    [Theory, BothEngines]
    public async Task Csv_OfHistoryAndCut_SayTheSameAsThePage(Engine engine)
    {
        await using var site = await CountyAsync(engine);
        var analyst = site.Client((await Given.UserAsync(site, Roles.Analyst)).Id);

        var history = (await analyst.GetStringAsync("/measures/test-waiting-items?handler=History", TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        history.Length.ShouldBe(158);
        history[^1].ShouldBe("2024-07-31,3,3,,items,1");
        var cut = (await analyst.GetStringAsync("/measures/test-waiting-items?handler=Cut&cut=sex", TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        cut[1..].ShouldBe(["Female,1,1,,items,2024-07-31,1", "Male,2,2,,items,2024-07-31,1"]);
        var worker = site.Client((await Given.UserAsync(site, Roles.SocialWorker)).Id);
        var suppressed = (await worker.GetStringAsync("/measures/test-waiting-items?handler=Cut&cut=sex", TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        suppressed[1..].ShouldBe(["Female,suppressed,,,items,2024-07-31,1", "Male,suppressed,,,items,2024-07-31,1"]);
        (await worker.PageAsync("/measures/test-waiting-items?in=sex:Female")).QuerySelector("main")!.TextContent.ShouldContain("These cuts leave one person");
        (await worker.GetAsync("/measures/test-waiting-items?handler=History&in=sex:Female", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    /// <summary>Two waited a year ago, of whom one died; two came since: three wait.</summary>
    private static async Task<TestSite> CountyAsync(Engine engine)
    {
        var site = await TestMeasures.StartSiteAsync(engine);
        await site.InDbAsync(async db =>
        {
            var people = Enumerable.Range(1, 4).Select(i => GivenSpans.Person(i, new DateOnly(1940 + i, 1, 1), i % 2 == 0 ? Waymark.Kernel.People.Sex.Female : Waymark.Kernel.People.Sex.Male)).ToList();
            db.AddRange(people);
            db.Add(GivenSpans.Span(people[0], AsAt.AddDays(-400), null));
            db.Add(GivenSpans.Span(people[1], AsAt.AddDays(-100), null));
            db.Add(GivenSpans.Span(people[2], AsAt.AddDays(-50), null));
            db.Add(GivenSpans.Span(people[3], AsAt.AddDays(-380), AsAt.AddDays(-200), reason: Departures.Died));
            return await db.SaveChangesAsync();
        });
        return site;
    }
}
