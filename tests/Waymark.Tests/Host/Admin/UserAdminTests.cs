using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Host.Admin.Users;
using Waymark.Kernel.Access;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Host.Admin;

public sealed class UserAdminTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, BothEngines]
    public async Task AddUser_GiveRole_EndUser_EachHoldsAtOnceAndIsAudited(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var admin = await Given.UserAsync(site, Roles.Administrator);
        var north = await Given.TeamAsync(site, "north");
        using var client = site.Client(admin.Id);

        var added = await site.PostFormAsync(client, "/admin/users/new", ("Input.Name", "Zoë O’Brien"), ("Input.RoleKey", Roles.SocialWorker));
        var user = await site.InDbAsync(db => db.Users.SingleAsync(u => u.DisplayName == "Zoë O’Brien", Cancellation));
        var page = added.RedirectPath();
        await site.PostFormAsync(client, page, "form#grant", [("RoleKey", Roles.TeamManager), ("TeamId", north.Id.ToString())]);
        using var theirs = site.Client(user.Id);
        (await theirs.GetAsync("/account/sessions", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var roles = await site.InDbAsync(db => db.RoleGrants.Where(g => g.UserId == user.Id).Select(g => new { g.RoleKey, g.TeamId }).ToListAsync(Cancellation));
        await site.PostFormAsync(client, page, "form#end", []);

        page.ShouldBe($"/admin/users/{user.Id}");
        user.UserName.ShouldBe("zoe.obrien");
        roles.Select(r => (r.RoleKey, r.TeamId)).ShouldBe([(Roles.SocialWorker, null), (Roles.TeamManager, north.Id)], ignoreOrder: true);
        (await theirs.GetAsync("/account/sessions", Cancellation)).RedirectPath().ShouldStartWith("/account/sign-in");
        (await site.InDbAsync(db => db.RoleGrants.AnyAsync(g => g.UserId == user.Id, Cancellation))).ShouldBeFalse();
        var acts = await site.InDbAsync(db => db.Audit.Where(a => a.UserId == admin.Id).Select(a => a.Act).ToListAsync(Cancellation));
        acts.ShouldBe(["add-user", "grant-role", "end-user"], ignoreOrder: true);
    }

    [Theory, BothEngines]
    public async Task LastAdministrator_IsKept_WhicheverWayTheyWouldGo(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var last = await Given.UserAsync(site, Roles.Administrator);
        using var client = site.Client(last.Id);
        var url = $"/admin/users/{last.Id}";

        var revoked = await (await site.PostFormAsync(client, url, "tbody form", [])).PageAsync();
        var ended = await (await site.PostFormAsync(client, url, "form#end", [])).PageAsync();

        revoked.Errors().ShouldHaveSingleItem().ShouldContain("last administrator");
        ended.Errors().ShouldHaveSingleItem().ShouldContain("last administrator");
        (await client.GetAsync(url, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await site.InDbAsync(db => db.Users.SingleAsync(u => u.Id == last.Id, Cancellation))).LeftOn.ShouldBeNull();
        (await site.InDbAsync(db => db.Audit.CountAsync(a => a.Act == "revoke-role" || a.Act == "end-user", Cancellation))).ShouldBe(0);
    }

    [Theory, BothEngines]
    public async Task TwoAdministrators_WhoEndEachOtherAtOnce_LeaveOne(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (one, two) = (await Given.UserAsync(site, Roles.Administrator), await Given.UserAsync(site, Roles.Administrator));

        var outcomes = await Task.WhenAll(EndAsync(one.Id), EndAsync(two.Id));

        outcomes.Count(done => done).ShouldBe(1);
        (await site.InScopeAsync(s => s.GetRequiredService<AdministratorGuard>().CountAsync(Cancellation))).ShouldBe(1);

        Task<bool> EndAsync(Guid id) => site.InScopeAsync(async services =>
        {
            try
            {
                await services.GetRequiredService<EndUser>().RunAsync(id);
                return true;
            }
            catch (RefusedException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task UserList_SearchesAndPages()
    {
        await using var site = await TestSite.StartAsync();
        var admin = await Given.UserAsync(site, Roles.Administrator, name: "Alex Hart");
        for (var i = 0; i < 30; i++)
        {
            await Given.UserAsync(site, Roles.Analyst, name: $"Worker {i:D2}");
        }

        using var client = site.Client(admin.Id);
        var second = await client.PageAsync("/admin/users?page=2");
        var found = await client.PageAsync("/admin/users?q=hART");

        second.QuerySelectorAll("tbody tr").Length.ShouldBe(6);
        found.QuerySelectorAll("tbody tr").ShouldHaveSingleItem().TextContent.ShouldContain("Alex Hart");
    }

    [Theory]
    [InlineData("/admin/users")]
    [InlineData("/admin/users/new")]
    [InlineData("/admin/teams")]
    public async Task Admin_ByARoleThatMayNot_Is403(string url)
    {
        await using var site = await TestSite.StartAsync();
        using var client = site.Client((await Given.UserAsync(site, Roles.SocialWorker)).Id);

        (await client.GetAsync(url, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Team_GetsPeopleAndDutiesWithDates()
    {
        await using var site = await TestSite.StartAsync();
        var admin = await Given.UserAsync(site, Roles.Administrator);
        var worker = await Given.UserAsync(site, Roles.SocialWorker, name: "Jo Mensah");
        using var client = site.Client(admin.Id);

        var url = (await site.PostFormAsync(client, "/admin/teams", "form#add", [("Name", "North Locality")])).RedirectPath();
        await site.PostFormAsync(client, url, "form#add-member", [("UserId", worker.Id.ToString()), ("IsManager", "true")]);
        var duty = (await client.PageAsync(url)).QuerySelectorAll("select[name=DutyKey] option").Select(o => o.GetAttribute("value")!).First(v => v.Length > 0);
        await site.PostFormAsync(client, url, "form#add-duty", [("DutyKey", duty), ("Wards", "Northfield, Heathbury ,Northfield")]);
        var twice = await (await site.PostFormAsync(client, url, "form#add-member", [("UserId", worker.Id.ToString())])).PageAsync();

        var team = await site.InDbAsync(db => db.Teams.SingleAsync(Cancellation));
        team.Key.ShouldBe("north-locality");
        (await site.InDbAsync(db => db.TeamMembers.SingleAsync(Cancellation))).IsManager.ShouldBeTrue();
        (await site.InDbAsync(db => db.TeamDuties.SingleAsync(Cancellation))).Wards.ShouldBe("Northfield,Heathbury");
        twice.Errors().ShouldHaveSingleItem().ShouldContain("in this team already");
    }
}
