using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Host.Account;

/// <summary>A form that arrives after its sender's session ended.</summary>
public sealed class SealedPostTests(SessionTests.SharedSite shared) : IClassFixture<SessionTests.SharedSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private TestSite Site => shared.Site;

    [Fact]
    public async Task Post_ArrivesSignedOut_IsKeptAndSentAfterTheSameUserSignsIn()
    {
        var (user, _) = await Given.AccountAsync(Site, Roles.Administrator);
        using var client = await Given.SignedInAsync(Site, user);
        var name = $"Riverside & “Tor” {Guid.NewGuid():N}";
        var signIn = await PostSignedOutAsync(client, name);

        var page = await client.PageAsync(signIn);
        var back = await client.SendFormAsync(page.FormAt("#local"), signIn, ("Input.UserName", user.UserName), ("Input.Password", Given.Password));
        var waiting = await client.PageAsync(back.RedirectPath());
        var sent = await client.SendFormAsync(waiting.FormAt("#continue"), back.RedirectPath());

        page.QuerySelector("main")!.TextContent.ShouldContain("They are kept");
        back.RedirectPath().ShouldStartWith("/account/continue/");
        sent.RedirectPath().ShouldStartWith("/admin/teams/");
        (await Site.InDbAsync(db => db.Teams.CountAsync(t => t.Name == name, Cancellation))).ShouldBe(1);
    }

    [Fact]
    public async Task Post_KeptForOneUser_IsNotShownToAnother()
    {
        var (writer, other) = ((await Given.AccountAsync(Site, Roles.Administrator)).User, (await Given.AccountAsync(Site, Roles.Administrator)).User);
        using var client = await Given.SignedInAsync(Site, writer);
        var name = $"Secret {Guid.NewGuid():N}";
        var signIn = await PostSignedOutAsync(client, name);

        var back = await client.SendFormAsync((await client.PageAsync(signIn)).FormAt("#local"), signIn, ("Input.UserName", other.UserName), ("Input.Password", Given.Password));
        var page = await client.PageAsync(back.RedirectPath());

        page.GetElementById("continue").ShouldBeNull();
        page.Body!.TextContent.ShouldContain("written by someone else");
        page.DocumentElement.OuterHtml.ShouldNotContain(name);
    }

    [Fact]
    public async Task Post_KeptForOneUser_SentInAnothersName_FailsItsToken()
    {
        var (writer, other) = ((await Given.AccountAsync(Site, Roles.Administrator)).User, (await Given.AccountAsync(Site, Roles.Administrator)).User);
        using var client = await Given.SignedInAsync(Site, writer);
        var form = (await client.PageAsync("/admin/teams")).FormAt("#add");
        await Site.PostFormAsync(client, "/account/sessions", "header form[action='/account/sign-out']", []);
        await Site.SignInAsync(client, other.UserName!);

        var answer = await client.SendFormAsync(form, "/admin/teams", ("Name", "Not theirs"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Site.InDbAsync(db => db.Teams.AnyAsync(t => t.Name == "Not theirs", Cancellation))).ShouldBeFalse();
    }

    [Fact]
    public async Task Post_FromABrowserNobodySignedInOn_IsNotKept()
    {
        var before = await Site.InDbAsync(db => db.SealedPosts.CountAsync(Cancellation));
        using var stranger = Site.Client();
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("Name", "x"), KeyValuePair.Create("__RequestVerificationToken", "x")]);

        var answer = await stranger.PostAsync("/admin/teams", content, Cancellation);

        answer.RedirectPath().ShouldBe("/account/sign-in?returnUrl=%2Fadmin%2Fteams");
        (await Site.InDbAsync(db => db.SealedPosts.CountAsync(Cancellation))).ShouldBe(before);
    }

    [Fact]
    public async Task Post_ByScript_Gets401AndIsNotKept()
    {
        var (user, _) = await Given.AccountAsync(Site, Roles.Administrator);
        using var client = await Given.SignedInAsync(Site, user);
        var form = (await client.PageAsync("/admin/teams")).FormAt("#add");
        Site.Time.Advance(TimeSpan.FromHours(2));
        client.DefaultRequestHeaders.Add("Sec-Fetch-Mode", "cors");

        (await client.SendFormAsync(form, "/admin/teams", ("Name", "By script"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<string> PostSignedOutAsync(HttpClient client, string name)
    {
        var form = (await client.PageAsync("/admin/teams")).FormAt("#add");
        Site.Time.Advance(TimeSpan.FromHours(2));
        var answer = await client.SendFormAsync(form, "/admin/teams", ("Name", name));
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.RedirectPath().ShouldStartWith("/account/sign-in?returnUrl=%2Faccount%2Fcontinue%2F");
        return answer.RedirectPath();
    }
}
