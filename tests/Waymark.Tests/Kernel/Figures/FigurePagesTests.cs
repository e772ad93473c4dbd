using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Figures;
using Waymark.Kernel.Measures;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Figures;

public sealed class FigurePagesTests
{
    private static readonly DateOnly AsAt = new(2024, 7, 31);

    [Theory, BothEngines]
    public async Task GV_10_PublishRestateWithdraw_OnThePages(Engine engine)
    {
        await using var site = await CountyAsync(engine, [6, 7]);
        var lead = site.Client((await Given.UserAsync(site, Roles.PerformanceLead)).Id);

        var published = await site.PostFormAsync(lead, "/measures/test-waiting-items/publish", ("CutKey", "ward"));
        var url = published.RedirectPath();
        (await lead.PageAsync(url)).QuerySelectorAll("main table").Select(t => t.QuerySelector("td.num")!.TextContent).ShouldBe(["13", "6"]);
        (await (await site.PostFormAsync(lead, "/measures/test-waiting-items/publish")).PageAsync()).Errors().Single().ShouldContain("already published as 13");

        (await (await PostAsync(lead, url, "Restate", "")).PageAsync()).Errors().Single().ShouldContain("Say why");
        (await (await PostAsync(lead, url, "Restate", "Late entry")).PageAsync()).Errors().Single().ShouldContain("nothing to restate");
        await site.InDbAsync(async db => { db.Add(GivenSpans.Span(null, AsAt.AddDays(-1), null)); return await db.SaveChangesAsync(); });
        (await PostAsync(lead, url, "Restate", "Late entry")).RedirectPath().ShouldBe(url);
        var restated = (await lead.PageAsync(url)).QuerySelector("main table")!.TextContent;
        restated.ShouldContain("13");
        restated.ShouldContain("14");
        restated.ShouldContain("+1");
        restated.ShouldContain("Late entry");

        (await PostAsync(lead, url, "Withdraw", "Wrong day")).RedirectPath().ShouldBe(url);
        (await lead.PageAsync(url)).QuerySelector(".govuk-warning-text")!.TextContent.ShouldContain("Wrong day");
        (await lead.PageAsync("/figures")).QuerySelector("main table")!.TextContent.ShouldContain("Withdrawn");
    }

    [Fact]
    public async Task Publish_WhoMayNot_IsForbidden()
    {
        await using var site = await CountyAsync(Engine.Sqlite, [6]);
        var analyst = site.Client((await Given.UserAsync(site, Roles.Analyst)).Id);
        var figure = await site.InScopeAsync(s => s.GetRequiredService<PublishFigure>().RunAsync(new FigureToPublish("test-waiting-items", AsAt)));

        (await analyst.GetAsync("/measures/test-waiting-items/publish", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await analyst.PageAsync($"/figures/{figure.Id}")).QuerySelectorAll("main form").Length.ShouldBe(0);
        (await PostAsync(analyst, $"/figures/{figure.Id}", "Withdraw", "Because")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, BothEngines]
    public async Task PublicList_OnlyPublishedFigures_PlainWordsSmallNumbersHiddenWithASecond(Engine engine)
    {
        await using var site = await CountyAsync(engine, [2, 7, 9]);
        await site.InScopeAsync(async s =>
        {
            var publish = s.GetRequiredService<PublishFigure>();
            await publish.RunAsync(new FigureToPublish("test-waiting-items", AsAt, CutKey: "ward", IsPublic: true));
            await publish.RunAsync(new FigureToPublish("test-waiting-people", AsAt));
        });

        var page = await site.Client().PageAsync("/our-figures");

        page.QuerySelectorAll("main h2").Select(h => h.TextContent).ShouldBe(["Things waiting"]);
        page.QuerySelector("main strong")!.TextContent.ShouldBe("18 items");
        page.QuerySelectorAll("main tbody tr").Select(r => string.Join(' ', r.Children.Select(c => c.TextContent))).ShouldBe(["Ward 0 not shown", "Ward 1 not shown", "Ward 2 9 items"]);
        page.QuerySelectorAll("main a").Length.ShouldBe(0);
        (await site.Client().GetAsync("/figures", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 5)]
    [InlineData(12, 10)]
    [InlineData(13, 15)]
    [InlineData(1377, 1375)]
    public void RoundedInPublic_AsNationally(int count, int shown) => Suppression.RoundedToFive(count).ShouldBe(shown);

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string url, string handler, string reason)
    {
        var token = (await client.PageAsync(url)).QuerySelector("main form input[name=__RequestVerificationToken]")?.GetAttribute("value")
            ?? (await client.PageAsync("/measures/test-waiting-items/rows")).QuerySelector("main form input[name=__RequestVerificationToken]")!.GetAttribute("value");
        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", token!), new("Reason", reason)]);
        return await client.PostAsync($"{url}?handler={handler}", content);
    }

    /// <summary>So many people wait in each ward.</summary>
    private static async Task<TestSite> CountyAsync(Engine engine, int[] wards)
    {
        var site = await TestMeasures.StartSiteAsync(engine);
        await site.InDbAsync(async db =>
        {
            var number = 0;
            for (var ward = 0; ward < wards.Length; ward++)
            {
                for (var i = 0; i < wards[ward]; i++)
                {
                    var person = GivenSpans.Person(++number, ward: $"Ward {ward}");
                    db.Add(person);
                    db.Add(GivenSpans.Span(person, AsAt.AddDays(-10), null));
                }
            }

            return await db.SaveChangesAsync();
        });
        return site;
    }
}
