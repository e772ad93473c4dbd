using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Organisations;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Access;

public sealed class PermissionGateTests(PermissionGateTests.GateSite gate) : IClassFixture<PermissionGateTests.GateSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handler_NamesNoPermission_IsRefusedAndSaysHowToMendIt()
    {
        using var client = gate.Site.Client((await Given.UserAsync(gate.Site, Roles.Administrator)).Id);

        var response = await client.GetAsync("/t/unruled", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldContain("names no permission");
    }

    [Fact]
    public async Task Role_ThatMayNot_Gets403NamingThePermission()
    {
        using var client = gate.Site.Client((await Given.UserAsync(gate.Site, Roles.Analyst)).Id);

        var response = await client.GetAsync("/t/allocate", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldContain("Allocate work to a worker or team");
    }

    [Theory]
    [InlineData(Roles.TeamManager, HttpStatusCode.OK)]
    [InlineData(Roles.SocialWorker, HttpStatusCode.Forbidden)]
    public async Task Role_DecidesWhoPasses(string role, HttpStatusCode expected)
    {
        using var client = gate.Site.Client((await Given.UserAsync(gate.Site, role)).Id);

        (await client.GetAsync("/t/allocate", Cancellation)).StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Anonymous_OpensAPage_GoesToSignInAndBack()
    {
        using var client = gate.Site.Client();
        client.DefaultRequestHeaders.Add("Accept", "text/html");

        var response = await client.GetAsync("/t/allocate?team=north&page=2", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.RedirectPath().ShouldBe("/account/sign-in?returnUrl=%2Ft%2Fallocate%3Fteam%3Dnorth%26page%3D2");
    }

    [Theory]
    [InlineData("Sec-Fetch-Mode", "cors")]
    [InlineData("X-Requested-With", "autosave")]
    [InlineData("Accept", "application/json")]
    public async Task Anonymous_AsksByScript_Gets401AndNoRedirect(string header, string value)
    {
        using var client = gate.Site.Client();
        client.DefaultRequestHeaders.Add(header, value);

        (await client.PostAsync("/t/allocate", null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Anonymous_AtAPublicEndpoint_Passes()
    {
        using var client = gate.Site.Client();

        (await client.GetStringAsync("/t/public", Cancellation)).ShouldBe("Not signed in");
    }

    [Fact]
    public async Task Grant_TakenAway_HoldsFromTheNextRequest()
    {
        var user = await Given.UserAsync(gate.Site, Roles.TeamManager);
        using var client = gate.Site.Client(user.Id);
        (await client.GetAsync("/t/allocate", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await gate.Site.InDbAsync(db => db.RoleGrants.Where(g => g.UserId == user.Id).ExecuteDeleteAsync(Cancellation));

        (await client.GetAsync("/t/allocate", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task User_WhoLeft_IsNobody()
    {
        var user = await Given.UserAsync(gate.Site, Roles.TeamManager);
        using var client = gate.Site.Client(user.Id);
        await gate.Site.InDbAsync(db => db.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(u => u.SetProperty(x => x.LeftOn, DateTime.UnixEpoch), Cancellation));

        (await client.GetStringAsync("/t/public", Cancellation)).ShouldBe("Not signed in");
    }

    [Theory, BothEngines]
    public async Task Viewer_HoldsTeamsOfToday_AndWhatEachTeamGrants(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (north, south, old) = (await Given.TeamAsync(site, "north"), await Given.TeamAsync(site, "south"), await Given.TeamAsync(site, "old"));
        var user = await Given.UserAsync(site, Roles.SocialWorker, north);
        await site.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<Waymark.Kernel.Data.WaymarkDb>();
            var today = services.GetRequiredService<CareClock>().Today;
            db.AddRange(
                new TeamMember { TeamId = old.Id, UserId = user.Id, FromDate = today.AddDays(-30), ToDate = today },
                new RoleGrant { UserId = user.Id, RoleKey = Roles.TeamManager, TeamId = south.Id, Source = "local" });
            await db.SaveChangesAsync(Cancellation);
        });

        var viewer = await site.InScopeAsync(async services =>
        {
            var filled = new Viewer();
            await services.GetRequiredService<ViewerReader>().FillAsync(filled, user.Id, cancellation: Cancellation);
            return filled;
        });

        viewer.TeamIds.ShouldBe([north.Id, south.Id], ignoreOrder: true);
        viewer.ManagedTeamIds.ShouldBe([south.Id]);
        viewer.May(Can.AllocateWork).ShouldBeTrue();
        viewer.MayFor(south.Id, Can.AllocateWork).ShouldBeTrue();
        viewer.MayFor(north.Id, Can.AllocateWork).ShouldBeFalse();
        viewer.MayFor(null, Can.AllocateWork).ShouldBeFalse();
        viewer.MayFor(null, Can.ViewPeople).ShouldBeTrue();
    }

    [Fact]
    public async Task EveryHandlerAndEndpoint_NamesAPermissionOrSaysItIsPublic()
    {
        var endpoints = gate.Site.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).Where(e => e is not RouteEndpoint { RoutePattern.RawText: "/t/unruled" }).ToList();
        var loader = gate.Site.Services.GetRequiredService<PageLoader>();
        var unruled = new List<string>();
        var handlers = 0;
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page)
            {
                if (AccessRule.From(endpoint.Metadata) is null)
                {
                    unruled.Add(endpoint.DisplayName!);
                }

                continue;
            }

            var compiled = await loader.LoadAsync(page, endpoint.Metadata);
            var model = AccessRule.From(compiled.EndpointMetadata);
            handlers += compiled.HandlerMethods.Count;
            unruled.AddRange(compiled.HandlerMethods.Where(h => model is null && AccessRule.From(h.MethodInfo.GetCustomAttributes(true)) is null).Select(h => $"{page.ViewEnginePath}.{h.MethodInfo.Name}"));
            if (compiled.HandlerMethods.Count == 0 && model is null)
            {
                unruled.Add(page.ViewEnginePath);
            }
        }

        unruled.ShouldBeEmpty();
        handlers.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void EveryPermission_ThatARoleOrAHandlerNames_HasATitle()
    {
        var catalogue = gate.Site.Services.GetRequiredService<Waymark.Kernel.Modules.Catalogue>();
        var named = typeof(Can).GetFields().Select(f => (string)f.GetValue(null)!).Concat(Roles.All.SelectMany(r => r.Permissions)).Distinct();

        named.Where(p => !catalogue.Permissions.ContainsKey(p)).ShouldBeEmpty();
        catalogue.Permissions.Values.SelectMany(p => p.Roles).Where(r => Roles.Find(r) is null).ShouldBeEmpty();
    }

    public sealed class GateSite : IAsyncLifetime
    {
        public TestSite Site { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Site = await TestSite.StartAsync(routes: routes =>
        {
            routes.MapGet("/t/unruled", () => "in");
            routes.MapGet("/t/public", (Viewer viewer) => viewer.DisplayName).AllowPublic();
            routes.MapMethods("/t/allocate", ["GET", "POST"], (Viewer viewer) => viewer.DisplayName).Requires(Can.AllocateWork);
        });

        public async ValueTask DisposeAsync() => await Site.DisposeAsync();
    }
}
