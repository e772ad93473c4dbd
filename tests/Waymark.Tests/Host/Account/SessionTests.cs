using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Host.Account;

public sealed class SessionTests(SessionTests.SharedSite shared) : IClassFixture<SessionTests.SharedSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private TestSite Site => shared.Site;

    [Fact]
    public async Task Sessions_AreListedWithDevice_AndOneCanBeEnded()
    {
        var (user, _) = await Given.AccountAsync(Site, Roles.Administrator);
        using var desk = await Given.SignedInAsync(Site, user);
        using var phone = await Given.SignedInAsync(Site, user, "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1");
        var page = await desk.PageAsync("/account/sessions");
        var rows = page.QuerySelectorAll("tbody tr").Select(r => r.TextContent).ToList();
        var row = page.QuerySelectorAll("tbody tr").Single(r => r.TextContent.Contains("Safari on iPhone"));

        var ended = await desk.SendFormAsync(row.FormAt("form"), "/account/sessions");

        rows.Count.ShouldBe(2);
        rows.ShouldContain(r => r.Contains("Firefox on Windows") && r.Contains("This one"));
        ended.RedirectPath().ShouldBe("/account/sessions");
        (await phone.GetAsync("/admin/users", Cancellation)).RedirectPath().ShouldStartWith("/account/sign-in");
        (await desk.GetAsync("/admin/users", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task EndSession_OfSomeoneElse_IsRefused()
    {
        var (mine, theirs) = ((await Given.AccountAsync(Site, null)).User, (await Given.AccountAsync(Site, null)).User);
        using var me = await Given.SignedInAsync(Site, mine);
        using var them = await Given.SignedInAsync(Site, theirs);
        var their = await Site.InDbAsync(db => db.UserSessions.SingleAsync(s => s.UserId == theirs.Id, Cancellation));

        var answer = await (await Site.PostFormAsync(me, "/account/sessions", ("session", their.Id.ToString()))).PageAsync();

        answer.Errors().ShouldHaveSingleItem().ShouldContain("ended already");
        (await them.GetAsync("/account/sessions", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SignOutEverywhere_EndsEveryDevice_EvenACookieThatWasCopied()
    {
        var (user, _) = await Given.AccountAsync(Site, Roles.Administrator);
        using var desk = await Given.SignedInAsync(Site, user);
        using var phone = await Given.SignedInAsync(Site, user);

        await Site.PostFormAsync(desk, "/account/sessions", "form#everywhere", []);

        (await desk.GetAsync("/admin/users", Cancellation)).RedirectPath().ShouldStartWith("/account/sign-in");
        (await phone.GetAsync("/admin/users", Cancellation)).RedirectPath().ShouldStartWith("/account/sign-in");
        using var again = await Given.SignedInAsync(Site, user);
        (await again.GetAsync("/admin/users", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SecurityStamp_Changed_EndsSessionsWhoseRowIsStillOpen()
    {
        var (user, _) = await Given.AccountAsync(Site, Roles.Administrator);
        using var desk = await Given.SignedInAsync(Site, user);
        await Site.InDbAsync(db => db.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(u => u.SetProperty(x => x.SecurityStamp, "another"), Cancellation));

        (await desk.GetAsync("/admin/users", Cancellation)).RedirectPath().ShouldStartWith("/account/sign-in");
    }

    [Fact]
    public async Task SignOut_EndsTheSessionOnTheServer()
    {
        var (user, _) = await Given.AccountAsync(Site, Roles.Administrator);
        using var desk = await Given.SignedInAsync(Site, user);

        await Site.PostFormAsync(desk, "/account/sessions", "header form[action='/account/sign-out']", []);

        (await Site.InDbAsync(db => db.UserSessions.SingleAsync(s => s.UserId == user.Id, Cancellation))).EndedOn.ShouldNotBeNull();
        (await desk.GetAsync("/admin/users", Cancellation)).RedirectPath().ShouldStartWith("/account/sign-in");
    }

    [Fact]
    public async Task Session_WithoutUseForAnHour_Ends_AndOneInUseLastsAWorkingDay()
    {
        var (user, _) = await Given.AccountAsync(Site, Roles.Administrator);
        using var busy = await Given.SignedInAsync(Site, user);
        using var idle = await Given.SignedInAsync(Site, user);
        for (var minutes = 0; minutes < 61; minutes += 30)
        {
            Site.Time.Advance(TimeSpan.FromMinutes(30.5));
            (await busy.GetAsync("/admin/users", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await idle.GetAsync("/admin/users", Cancellation)).RedirectPath().ShouldStartWith("/account/sign-in");

        for (var hours = 0.0; hours < 11; hours += 0.9)
        {
            Site.Time.Advance(TimeSpan.FromHours(0.9));
            await busy.GetAsync("/admin/users", Cancellation);
        }

        (await busy.GetAsync("/admin/users", Cancellation)).RedirectPath().ShouldStartWith("/account/sign-in");
    }

    [Fact]
    public async Task LastSeen_IsWrittenDownApartFromThePages()
    {
        var (user, _) = await Given.AccountAsync(Site, null);
        using var desk = await Given.SignedInAsync(Site, user);
        Site.Time.Advance(TimeSpan.FromMinutes(10));
        var seen = Site.Time.GetUtcNow().UtcDateTime;
        await desk.GetAsync("/account/sessions", Cancellation);

        await Site.Services.GetRequiredService<SessionSeenWriter>().WriteAsync(Cancellation);

        (await Site.InDbAsync(db => db.UserSessions.SingleAsync(s => s.UserId == user.Id, Cancellation))).LastSeenOn.ShouldBe(seen);
    }

    [Fact]
    public async Task TidySignIns_ForgetsSessionsLongOver_AndKeepsTheRest()
    {
        var (user, _) = await Given.AccountAsync(Site, null);
        using var old = await Given.SignedInAsync(Site, user);
        Site.Time.Advance(TimeSpan.FromDays(91));
        using var desk = await Given.SignedInAsync(Site, user);

        await Site.InScopeAsync(s => new TidySignIns().RunAsync(s, Cancellation));

        (await Site.InDbAsync(db => db.UserSessions.CountAsync(s => s.UserId == user.Id, Cancellation))).ShouldBe(1);
        (await desk.GetAsync("/account/sessions", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ChangePassword_SignsOtherDevicesOut_AndKeepsThisOne()
    {
        var (user, _) = await Given.AccountAsync(Site, null);
        using var desk = await Given.SignedInAsync(Site, user);
        using var phone = await Given.SignedInAsync(Site, user);
        const string changed = "marble thicket oboe 12";

        var wrong = await (await Site.PostFormAsync(desk, "/account/password", ("Current", "not it"), ("Input.Password", changed), ("Input.Again", changed))).PageAsync();
        var done = await Site.PostFormAsync(desk, "/account/password", ("Current", Given.Password), ("Input.Password", changed), ("Input.Again", changed));

        wrong.Errors().ShouldHaveSingleItem().ShouldContain("you have now is not right");
        done.RedirectPath().ShouldBe("/account/sessions");
        (await desk.GetAsync("/account/sessions", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await phone.GetAsync("/account/sessions", Cancellation)).RedirectPath().ShouldStartWith("/account/sign-in");
        (await Site.SignInAsync(Site.Client(), user.UserName!, changed)).RedirectPath().ShouldBe("/");
    }

    public sealed class SharedSite : IAsyncLifetime
    {
        public TestSite Site { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Site = await TestSite.StartAsync();
            await Given.OneStepIsEnoughAsync(Site);
        }

        public async ValueTask DisposeAsync() => await Site.DisposeAsync();
    }
}
