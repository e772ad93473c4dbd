using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Policy;

/// <summary>The policy page over HTTP.</summary>
public sealed class PolicyPageTests
{
    private const string LoadForm = "form[action$='handler=Load']";
    private const string Good = """{ "name": "Autumn", "effectiveFrom": "2024-10-01", "limits": { "waiting.next-contact": "3 weeks" } }""";

    [Theory, BothEngines]
    public async Task Policy_LoadedAsText_ShowsAsComing_ThenHolds_ThenIsWithdrawn(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var client = site.Client((await Given.UserAsync(site, Roles.Administrator, name: "Kit Roe")).Id);
        (await client.PageAsync("/admin/policy")).QuerySelector("main")!.TextContent.ShouldContain("the defaults hold throughout");

        (await site.PostFormAsync(client, "/admin/policy", LoadForm, [("Text", Good)])).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var now = await client.PageAsync("/admin/policy");
        now.QuerySelector(".govuk-notification-banner")!.TextContent.ShouldContain("“Autumn” is loaded and holds from 1 October 2024.");
        Limit(now).ShouldContain("6 weeks");
        now.QuerySelector("main")!.TextContent.ShouldContain("Autumn, from 1 October 2024");
        Limit(await client.PageAsync("/admin/policy?at=2024-10-01")).ShouldContain("3 weeks");
        Limit(await client.PageAsync("/admin/policy?at=30/9/2024")).ShouldContain("6 weeks");

        (await site.PostFormAsync(client, "/admin/policy", "form[action$='handler=Withdraw']", [])).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Limit(await client.PageAsync("/admin/policy?at=2024-10-01")).ShouldContain("6 weeks");
        (await client.PageAsync("/admin/policy")).QuerySelector("main")!.TextContent.ShouldContain("withdrawn 31 July 2024");
    }

    [Fact]
    public async Task Policy_WithFaults_ShowsEachByLine_AndKeepsTheText()
    {
        await using var site = await TestSite.StartAsync();
        var client = site.Client((await Given.UserAsync(site, Roles.Administrator)).Id);
        const string text = "{\n \"name\": \"x\",\n \"effectiveFrom\": \"soon\",\n \"limits\": { \"waiting.next-contact\": \"a while\" }\n}";

        var page = await (await site.PostFormAsync(client, "/admin/policy", LoadForm, [("Text", text)])).PageAsync();

        page.Errors().ShouldBe(["The file has 2 faults and was not loaded. Each stands below with its line."]);
        page.QuerySelector("table")!.QuerySelectorAll("tbody tr").Select(r => r.TextContent).ShouldBe([
            "3effectiveFrom\"soon\" is not a day.Write the first day on which the policy holds, as 2025-04-01.",
            "4limits.waiting.next-contact\"a while\" is not a limit.Write a whole number and hours, service hours, working days, days, weeks, months or years: \"10 working days\"; or null for no limit.",
        ]);
        ((IHtmlTextAreaElement)page.QuerySelector("textarea")!).Value.ShouldBe(text);
        (await (await site.PostFormAsync(client, "/admin/policy", LoadForm, [])).PageAsync()).Errors().ShouldBe(["Choose a file, or write the policy in the box."]);
        (await site.InDbAsync(db => db.PolicyFiles.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Policy_AsAnUploadedFile_IsLoaded()
    {
        await using var site = await TestSite.StartAsync();
        var client = site.Client((await Given.UserAsync(site, Roles.Administrator)).Id);
        var token = ((IHtmlInputElement)(await client.PageAsync("/admin/policy")).QuerySelector($"{LoadForm} input[name=__RequestVerificationToken]")!).Value;
        using var content = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent(Encoding.UTF8.GetBytes("\uFEFF" + Good)), "Upload", "autumn.json" } };

        (await client.PostAsync("/admin/policy?handler=Load", content)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await site.InDbAsync(db => db.PolicyFiles.SingleAsync())).Name.ShouldBe("Autumn");
    }

    [Fact]
    public async Task Policy_IsForThoseWhoMayEditIt()
    {
        await using var site = await TestSite.StartAsync();
        (await site.Client((await Given.UserAsync(site, Roles.TeamManager)).Id).GetAsync("/admin/policy")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static string Limit(IHtmlDocument page) => page.QuerySelectorAll("tbody tr").Single(r => r.TextContent.Contains("waiting.next-contact", StringComparison.Ordinal) && !r.TextContent.Contains("waiting.next-contact.", StringComparison.Ordinal)).TextContent;
}
