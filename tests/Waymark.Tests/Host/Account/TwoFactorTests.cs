using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Host.Account;
using Waymark.Kernel.Access;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Host.Account;

public sealed class TwoFactorTests(TwoFactorTests.SharedSite shared) : IClassFixture<TwoFactorTests.SharedSite>
{
    private TestSite Site => shared.Site;

    [Fact]
    public async Task FirstSignIn_AsksToSetUpTwoSteps_BeforeAnyOtherPageOpens()
    {
        var (user, _) = await Given.AccountAsync(Site, Roles.Administrator);
        using var client = Site.Client();

        var signedIn = await Site.SignInAsync(client, user.UserName!);
        var elsewhere = await client.GetAsync("/admin/users", TestContext.Current.CancellationToken);
        var page = await client.PageAsync("/account/two-factor/set-up");
        var secret = page.GetElementById("totp-key")!.TextContent.Replace(" ", "");
        var wrong = await (await Site.PostFormAsync(client, "/account/two-factor/set-up", ("Code", "000000"))).PageAsync();
        var kept = wrong.GetElementById("totp-key")!.TextContent.Replace(" ", "");
        var done = await (await client.SendFormAsync(wrong.FormAt("main form"), "/account/two-factor/set-up", ("Code", Totp.CodeAt(kept, Site.Time.GetUtcNow())))).PageAsync();

        signedIn.RedirectPath().ShouldStartWith("/account/two-factor/set-up");
        elsewhere.RedirectPath().ShouldBe("/account/two-factor/set-up");
        secret.Length.ShouldBe(32);
        page.QuerySelector("img")!.GetAttribute("src")!.ShouldStartWith("data:image/svg+xml;base64,");
        wrong.Errors().ShouldHaveSingleItem().ShouldContain("code is not right");
        done.QuerySelectorAll("#recovery-codes li").Length.ShouldBe(10);
        (await client.GetAsync("/admin/users", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task SecondStep_WrongCode_IsRefused_RightCodeOnceOnly()
    {
        var (user, secret) = await Given.AccountAsync(Site, null, withApp: true);
        using var client = Site.Client();
        using var other = Site.Client();
        await Site.SignInAsync(client, user.UserName!);
        await Site.SignInAsync(other, user.UserName!);
        var code = Totp.CodeAt(secret!, Site.Time.GetUtcNow());
        var wrong = await (await Site.PostFormAsync(client, "/account/two-factor", ("Code", code == "123456" ? "654321" : "123456"))).PageAsync();

        var right = await Site.PostFormAsync(client, "/account/two-factor", ("Code", code));
        var replayed = await (await Site.PostFormAsync(other, "/account/two-factor", ("Code", code))).PageAsync();
        Site.Time.Advance(TimeSpan.FromSeconds(30));
        var next = await Site.PostFormAsync(other, "/account/two-factor", ("Code", Totp.CodeAt(secret!, Site.Time.GetUtcNow())));

        wrong.Errors().ShouldHaveSingleItem().ShouldContain("not right, or was used before");
        right.RedirectPath().ShouldBe("/");
        replayed.Errors().ShouldHaveSingleItem().ShouldContain("not right, or was used before");
        next.RedirectPath().ShouldBe("/");
    }

    [Fact]
    public async Task SecondStep_PasswordAlone_OpensNothing()
    {
        var (user, _) = await Given.AccountAsync(Site, Roles.Administrator, withApp: true);
        using var client = Site.Client();

        await Site.SignInAsync(client, user.UserName!);

        (await client.GetAsync("/admin/users", TestContext.Current.CancellationToken)).RedirectPath().ShouldStartWith("/account/sign-in");
        (await client.GetAsync("/account/sessions", TestContext.Current.CancellationToken)).RedirectPath().ShouldStartWith("/account/sign-in");
    }

    [Fact]
    public async Task SecondStep_FiveWrongCodes_LocksTheAccount()
    {
        var (user, secret) = await Given.AccountAsync(Site, null, withApp: true);
        using var client = Site.Client();
        await Site.SignInAsync(client, user.UserName!);
        for (var i = 0; i < LockOut.Attempts; i++)
        {
            await Site.PostFormAsync(client, "/account/two-factor", ("Code", "not a code"));
        }

        var locked = await (await Site.PostFormAsync(client, "/account/two-factor", ("Code", Totp.CodeAt(secret!, Site.Time.GetUtcNow())))).PageAsync();

        locked.Errors().ShouldHaveSingleItem().ShouldContain("locked");
    }

    [Fact]
    public async Task RecoveryCode_LetsInOnce()
    {
        var (user, secret) = await Given.AccountAsync(Site, null, withApp: true);
        using var client = Site.Client();
        await Site.SignInAsync(client, user.UserName!);
        await Site.PostFormAsync(client, "/account/two-factor", ("Code", Totp.CodeAt(secret!, Site.Time.GetUtcNow())));
        Site.Time.Advance(TimeSpan.FromMinutes(1));
        var page = await client.PageAsync("/account/two-factor/set-up");
        var made = await (await client.SendFormAsync(page.FormAt("#codes"), "/account/two-factor/set-up", ("Code", Totp.CodeAt(secret!, Site.Time.GetUtcNow())))).PageAsync();
        var code = made.QuerySelector("#recovery-codes li")!.TextContent.Trim();

        using var phoneless = Site.Client();
        await Site.SignInAsync(phoneless, user.UserName!);
        var first = await Site.PostFormAsync(phoneless, "/account/two-factor", ("Code", code.ToLowerInvariant().Replace("-", " ")));
        using var again = Site.Client();
        await Site.SignInAsync(again, user.UserName!);
        var second = await (await Site.PostFormAsync(again, "/account/two-factor", ("Code", code))).PageAsync();

        first.RedirectPath().ShouldBe("/");
        second.Errors().ShouldHaveSingleItem().ShouldContain("used before");
        (await Site.InDbAsync(db => db.RecoveryCodes.CountAsync(c => c.UserId == user.Id && c.UsedOn == null))).ShouldBe(9);
    }

    public sealed class SharedSite : IAsyncLifetime
    {
        public TestSite Site { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Site = await TestSite.StartAsync();

        public async ValueTask DisposeAsync() => await Site.DisposeAsync();
    }
}
