using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Audit;

public sealed class AuditPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothEngines]
    public async Task Audit_NarrowedByPersonActUserAndDay_ShowsReferencesAndNoNames(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.PersonAsync("Amal Okafor");
        var second = await site.PersonAsync("Ida Briain");
        var worker = await Given.UserAsync(site, Roles.SafeguardingLead, name: "Wes Worker");
        await site.InScopeAsync(s => s.GetRequiredService<RestrictRecord>().RunAsync(second.Id, new RestrictionDetails { Scope = "person", Reason = "Test" }), GivenRecords.As(worker.Id));
        var client = site.Client((await Given.UserAsync(site, Roles.RecordsOfficer)).Id);

        (await RowsAsync(client, "/admin/audit")).Count.ShouldBe(3);
        (await RowsAsync(client, $"/admin/audit?person={second.Reference.ToLowerInvariant()}")).Count.ShouldBe(2);
        (await RowsAsync(client, "/admin/audit?act=Restrict+record")).ShouldHaveSingleItem().ShouldContain(second.Reference);
        (await RowsAsync(client, "/admin/audit?by=wes")).ShouldHaveSingleItem().ShouldContain("Wes Worker");
        (await RowsAsync(client, "/admin/audit?from=2026-03-02&to=2026-03-02")).Count.ShouldBe(3);
        (await RowsAsync(client, "/admin/audit?to=2026-03-01")).ShouldBeEmpty();
        (await RowsAsync(client, "/admin/audit?person=P-NONE")).ShouldBeEmpty();
        (await client.GetStringAsync("/admin/audit", Stop)).ShouldNotContain("Okafor");
        (await site.Client(worker.Id).GetAsync("/admin/audit", Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Audit_LongerThanAPage_IsReadOnToItsEnd()
    {
        await using var site = await TestSite.StartAsync();
        await site.InDbAsync(async db =>
        {
            db.Audit.AddRange(Enumerable.Range(0, 120).Select(i => new Waymark.Kernel.Audit.AuditEntry { OccurredOn = site.Time.GetUtcNow().UtcDateTime, Act = "test-act", SubjectKind = "Thing", SubjectId = $"{i}", Detail = "{}" }));
            return await db.SaveChangesAsync();
        });
        var client = site.Client((await Given.UserAsync(site, Roles.Administrator)).Id);
        var (url, count) = ("/admin/audit", 0);
        while (url is not null)
        {
            var page = await client.PageAsync(url);
            count += page.QuerySelectorAll("main tbody tr").Length;
            url = page.QuerySelector("main a[rel=next]")?.GetAttribute("href");
        }

        count.ShouldBe(120);
    }

    [Theory, BothEngines]
    public async Task WhoLooked_CountsViewsOfMergedRecordsToo_AndHidesWhomTheReaderDeclared(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (kept, merged) = (await site.PersonAsync("Amal Okafor"), await site.PersonAsync("Amal Okafor"));
        var worker = site.Client((await Given.UserAsync(site, Roles.SocialWorker, name: "Wes Worker")).Id);
        await worker.GetAsync($"/people/{kept.Reference}", Stop);
        await worker.GetAsync($"/people/{merged.Reference}", Stop);
        await site.InScopeAsync(s => s.GetRequiredService<MergePeople>().RunAsync(kept.Id, merged.Id, "The same person", new HashSet<string>()));
        var officer = site.Client((await Given.UserAsync(site, Roles.RecordsOfficer)).Id);

        var row = (await RowsAsync(officer, $"/people/{kept.Reference}/views")).ShouldHaveSingleItem();
        row.ShouldContain("Wes Worker");
        row.ShouldContain("2");
        (await RowsAsync(officer, $"/admin/audit?views=true&person={kept.Reference}")).Count.ShouldBe(2);
        await site.PostFormAsync(officer, "/account/declared-interests", ("Input.Number", kept.Reference), ("Input.Relation", "Aunt"));
        (await officer.GetAsync($"/people/{kept.Reference}/views", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await RowsAsync(officer, "/admin/audit?views=true")).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(HttpClient client, string url) =>
        [.. (await client.PageAsync(url)).QuerySelectorAll("main tbody tr").Select(r => r.TextContent)];
}
