using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Host.Account;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Host.Account;

public sealed class SignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, BothEngines]
    public async Task SignIn_RightPassword_ComesBackToThePageAskedFor(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await Given.OneStepIsEnoughAsync(site);
        var (user, _) = await Given.AccountAsync(site, Roles.Administrator);
        using var client = site.Client();

        var sent = await client.GetAsync("/admin/users?q=a", Cancellation);
        var response = await client.SendFormAsync((await client.PageAsync(sent.RedirectPath())).FormAt("#local"), sent.RedirectPath(), ("Input.UserName", user.UserName!.ToUpperInvariant()), ("Input.Password", Given.Password));

        response.RedirectPath().ShouldBe("/admin/users?q=a");
        (await client.GetAsync("/admin/users?q=a", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SignIn_WrongPasswordOrUnknownName_IsRefusedInTheSameWords()
    {
        await using var site = await TestSite.StartAsync();
        var (user, _) = await Given.AccountAsync(site, null);
        using var client = site.Client();

        var wrong = await (await site.SignInAsync(client, user.UserName!, "not the password")).PageAsync();
        var unknown = await (await site.SignInAsync(client, "nobody.here", Given.Password)).PageAsync();

        wrong.Errors().ShouldHaveSingleItem().ShouldContain("is not right");
        unknown.Errors().ShouldBe(wrong.Errors());
        wrong.QuerySelector("input[type=password]")!.GetAttribute("value").ShouldBeNullOrEmpty();
    }

    [Fact]
    public async Task SignIn_FiveWrongPasswords_LocksForAQuarterOfAnHourInPlainWords()
    {
        await using var site = await TestSite.StartAsync();
        await Given.OneStepIsEnoughAsync(site);
        var (user, _) = await Given.AccountAsync(site, null);
        using var client = site.Client();
        for (var i = 0; i < LockOut.Attempts; i++)
        {
            await site.SignInAsync(client, user.UserName!, $"wrong {i}");
        }

        var locked = await (await site.SignInAsync(client, user.UserName!)).PageAsync();
        site.Time.Advance(LockOut.Lasts);
        var after = await site.SignInAsync(client, user.UserName!);

        locked.Errors().ShouldHaveSingleItem().ShouldContain("locked because a wrong password or code was typed 5 times. Wait 15 minutes");
        after.StatusCode.ShouldBe(HttpStatusCode.Found);
        (await site.InDbAsync(db => db.Audit.Where(a => a.SubjectId == user.Id.ToString()).Select(a => a.Act).ToListAsync(Cancellation))).ShouldContain("lock-account");
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_ReturnUrlOfAnotherSite_IsIgnored(string returnUrl)
    {
        await using var site = await TestSite.StartAsync();
        await Given.OneStepIsEnoughAsync(site);
        var (user, _) = await Given.AccountAsync(site, null);
        using var client = site.Client();

        var response = await site.SignInAsync(client, user.UserName!, returnUrl: returnUrl);

        response.RedirectPath().ShouldBe("/");
    }

    [Fact]
    public async Task SignIn_Cookie_IsHttpOnlyAndLax()
    {
        await using var site = await TestSite.StartAsync();
        await Given.OneStepIsEnoughAsync(site);
        var (user, _) = await Given.AccountAsync(site, null);
        using var client = site.Client();

        var response = await site.SignInAsync(client, user.UserName!);

        var cookie = response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("waymark=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldNotContain("expires");
    }

    [Fact]
    public async Task DataProtectionKeys_InTheDatabase_AreSealedWithAKeyThatIsNot()
    {
        await using var site = await TestSite.StartAsync();
        using var client = site.Client();
        await client.PageAsync("/account/sign-in");

        var keys = await site.InDbAsync(db => db.DataProtectionKeys.Select(k => k.Xml!).ToListAsync(Cancellation));

        keys.ShouldNotBeEmpty();
        keys.ShouldAllBe(k => k.Contains("<sealed ") && !k.Contains("<masterKey"));
    }

    [Theory]
    [InlineData("short 7", "12 characters")]
    [InlineData("password1234", "harder to guess")]
    [InlineData("qwertyuiop12", "harder to guess")]
    [InlineData("aaaaaaaaaaaaaaaa", "different characters")]
    public async Task SetPassword_ThatIsGuessedFirst_IsRefusedAndSaysWhatWouldDo(string password, string words)
    {
        await using var site = await TestSite.StartAsync();
        var user = await Given.UserAsync(site, null);
        var link = await LinkAsync(site, user);
        using var client = site.Client();

        var page = await (await site.PostFormAsync(client, link, ("Input.Password", password), ("Input.Again", password))).PageAsync();

        page.Errors().ShouldHaveSingleItem().ShouldContain(words);
    }

    [Fact]
    public async Task SetPasswordLink_WorksOnce()
    {
        await using var site = await TestSite.StartAsync();
        await Given.OneStepIsEnoughAsync(site);
        var user = await Given.UserAsync(site, null);
        var link = await LinkAsync(site, user);
        using var client = site.Client();

        var first = await site.PostFormAsync(client, link, ("Input.Password", Given.Password), ("Input.Again", Given.Password));
        var second = await (await site.PostFormAsync(client, link, ("Input.Password", "another otter lantern 9"), ("Input.Again", "another otter lantern 9"))).PageAsync();

        first.RedirectPath().ShouldBe("/account/sign-in");
        second.Errors().ShouldHaveSingleItem().ShouldContain("used or is too old");
        (await site.SignInAsync(client, user.UserName!)).RedirectPath().ShouldBe("/");
    }

    private static Task<string> LinkAsync(TestSite site, User user) => site.InScopeAsync(async services =>
        await services.GetRequiredService<SetUpLink>().CreateAsync(await services.GetRequiredService<WaymarkDb>().Users.SingleAsync(u => u.Id == user.Id, Cancellation)));
}
