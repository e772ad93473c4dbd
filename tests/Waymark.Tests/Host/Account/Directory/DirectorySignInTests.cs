using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Host.Account.Directory;
using Waymark.Host.Admin.Directory;
using Waymark.Host.Admin.Users;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Organisations;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Host.Account.Directory;

/// <summary>The council's directory, end to end against a real provider.</summary>
public sealed class DirectorySignInTests(DirectoryProvider provider) : IClassFixture<DirectoryProvider>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, BothEngines]
    public async Task Joiner_GetsAnAccountWithTheRolesAndTeamsOfTheGroups_AndIsWhereTheyWanted(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var north = await Given.TeamAsync(site, "north");
        await MapAsync(site, "asc-managers", Roles.TeamManager, north, managesTeam: true);
        await MapAsync(site, "asc-admins", Roles.Administrator);
        await provider.PersonAsync("joiner", "Priya Nair", "priya.nair@example.org", "asc-managers", "asc-admins", "all-staff");
        using var client = site.Client();
        var page = await client.PageAsync("/account/sign-in?returnUrl=/admin/teams");

        var (answer, _) = await DirectoryProvider.SignInAsync(client, "joiner", "/admin/teams");

        page.QuerySelector($"a[href^='{DirectoryPart.StartPath}']")!.TextContent.ShouldContain("Sign in with the council's account");
        answer.RedirectPath().ShouldBe("/admin/teams");
        (await client.GetAsync("/admin/teams", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var user = await site.InDbAsync(db => db.Users.SingleAsync(u => u.DirectorySubject == provider.Issuer + " joiner", Cancellation));
        (user.DisplayName, user.UserName, user.Email, user.PasswordHash).ShouldBe(("Priya Nair", "priya.nair@example.org", "priya.nair@example.org", null));
        (await GrantsAsync(site, user.Id)).ShouldBe([("administrator", "directory"), ("team-manager", "directory")]);
        var place = await site.InDbAsync(db => db.TeamMembers.SingleAsync(m => m.UserId == user.Id, Cancellation));
        (place.TeamId, place.IsManager, place.Source).ShouldBe((north.Id, true, "directory"));
        (await site.InDbAsync(db => db.UserSessions.SingleAsync(Cancellation))).Method.ShouldBe(SignInMethods.Directory);
    }

    [Theory, BothEngines]
    public async Task Mover_DirectoryRolesFollowTheGroups_LocalOnesStay(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var (north, south) = (await Given.TeamAsync(site, "north"), await Given.TeamAsync(site, "south"));
        await MapAsync(site, "north-workers", Roles.SocialWorker, north);
        await MapAsync(site, "south-managers", Roles.TeamManager, south, onlyForTeam: true, managesTeam: true);
        await provider.PersonAsync("mover", "Jo Mensah", "jo@example.org", "north-workers");
        await DirectoryProvider.SignInAsync(site.Client(), "mover");
        var user = await site.InDbAsync(db => db.Users.SingleAsync(u => u.DisplayName == "Jo Mensah", Cancellation));
        await site.InScopeAsync(s => s.GetRequiredService<GrantRole>().RunAsync(user.Id, Roles.Analyst, null));

        await provider.PersonAsync("mover", "Jo Mensah-Reid", "jo@example.org", "south-managers");
        await DirectoryProvider.SignInAsync(site.Client(), "mover");

        (await GrantsAsync(site, user.Id)).ShouldBe([("analyst", "local"), ("team-manager", "directory")]);
        (await site.InDbAsync(db => db.RoleGrants.SingleAsync(g => g.RoleKey == Roles.TeamManager, Cancellation))).TeamId.ShouldBe(south.Id);
        var places = await site.InDbAsync(db => db.TeamMembers.Where(m => m.UserId == user.Id).ToListAsync(Cancellation));
        places.Single(p => p.TeamId == north.Id).ToDate.ShouldBe(site.CareClock.Today);
        places.Single(p => p.TeamId == south.Id).ToDate.ShouldBeNull();
        (await site.InDbAsync(db => db.Users.CountAsync(Cancellation))).ShouldBe(1);
        (await site.InDbAsync(db => db.Users.SingleAsync(Cancellation))).DisplayName.ShouldBe("Jo Mensah-Reid");
    }

    [Fact]
    public async Task Leaver_InNoMappedGroup_IsRefused_LosesWhatTheDirectoryGave_AndEverySession()
    {
        await using var site = await StartAsync();
        await MapAsync(site, "asc-admins", Roles.Administrator);
        await Given.UserAsync(site, Roles.Administrator);
        await provider.PersonAsync("leaver", "Lee Wong", "lee@example.org", "asc-admins");
        using var client = site.Client();
        await DirectoryProvider.SignInAsync(client, "leaver");
        (await client.GetAsync("/admin/users", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await provider.PersonAsync("leaver", "Lee Wong", "lee@example.org", "all-staff");
        using var again = site.Client();
        var (answer, _) = await DirectoryProvider.SignInAsync(again, "leaver");

        answer.RedirectPath().ShouldBe("/account/sign-in?directory=refused");
        (await again.PageAsync(answer.RedirectPath())).Errors().ShouldHaveSingleItem().ShouldContain("may not use this site");
        var user = await site.InDbAsync(db => db.Users.SingleAsync(u => u.DisplayName == "Lee Wong", Cancellation));
        (await GrantsAsync(site, user.Id)).ShouldBeEmpty();
        (await client.GetAsync("/admin/users", Cancellation)).RedirectPath().ShouldStartWith("/account/sign-in");
    }

    [Fact]
    public async Task Stranger_InNoMappedGroup_GetsNoAccount()
    {
        await using var site = await StartAsync();
        await MapAsync(site, "asc-admins", Roles.Administrator);
        await provider.PersonAsync("stranger", "Someone Else", "else@example.org", "all-staff");
        using var client = site.Client();

        var (answer, _) = await DirectoryProvider.SignInAsync(client, "stranger");

        answer.RedirectPath().ShouldBe("/account/sign-in?directory=refused");
        (await site.InDbAsync(db => db.Users.AnyAsync(Cancellation))).ShouldBeFalse();
    }

    [Theory, BothEngines]
    public async Task LastAdministrator_WhomTheDirectoryWouldTakeAway_IsKept(Engine engine)
    {
        await using var site = await StartAsync(engine);
        await MapAsync(site, "asc-admins", Roles.Administrator);
        await MapAsync(site, "asc-analysts", Roles.Analyst);
        await provider.PersonAsync("last", "Alex Hart", "alex@example.org", "asc-admins", "asc-analysts");
        await DirectoryProvider.SignInAsync(site.Client(), "last");
        var user = await site.InDbAsync(db => db.Users.SingleAsync(Cancellation));

        foreach (var groups in new string[][] { ["asc-analysts"], [] })
        {
            await provider.PersonAsync("last", "Alex Hart", "alex@example.org", groups);
            using var client = site.Client();
            await DirectoryProvider.SignInAsync(client, "last");
            (await client.GetAsync("/admin/users", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await GrantsAsync(site, user.Id)).ShouldBe([("administrator", "directory")]);
        (await site.InDbAsync(db => db.Audit.CountAsync(a => a.Act == "keep-last-administrator", Cancellation))).ShouldBe(2);
    }

    [Fact]
    public async Task EndedHere_IsRefused_WhateverTheDirectorySays()
    {
        await using var site = await StartAsync();
        await MapAsync(site, "workers", Roles.SocialWorker);
        await provider.PersonAsync("ended", "Sam Reed", "sam@example.org", "workers");
        await DirectoryProvider.SignInAsync(site.Client(), "ended");
        var user = await site.InDbAsync(db => db.Users.SingleAsync(Cancellation));
        await site.InScopeAsync(s => s.GetRequiredService<EndUser>().RunAsync(user.Id));

        var (answer, _) = await DirectoryProvider.SignInAsync(site.Client(), "ended");

        answer.RedirectPath().ShouldBe("/account/sign-in?directory=refused");
        (await GrantsAsync(site, user.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task WorkerNamedByAnExtract_WithTheirEmail_BecomesTheSameUser()
    {
        await using var site = await StartAsync();
        await MapAsync(site, "workers", Roles.SocialWorker);
        var worker = await Given.UserAsync(site, null, name: "K Morris");
        await site.InScopeAsync(async s =>
        {
            await s.GetRequiredService<ChangeUser>().RunAsync(worker.Id, "K Morris", "Kate.Morris@example.org");
            await s.GetRequiredService<WaymarkDb>().Users.ExecuteUpdateAsync(u => u.SetProperty(x => x.CanSignIn, false), Cancellation);
        });
        await provider.PersonAsync("kate", "Kate Morris", "kate.morris@example.org", "workers");
        using var client = site.Client();

        await DirectoryProvider.SignInAsync(client, "kate");

        var user = await site.InDbAsync(db => db.Users.SingleAsync(Cancellation));
        (user.Id, user.DisplayName, user.CanSignIn).ShouldBe((worker.Id, "Kate Morris", true));
        (await client.GetAsync("/account/sessions", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task LocalAccountWithAPassword_IsNotTakenOverByAnEmailAddress()
    {
        await using var site = await StartAsync();
        await MapAsync(site, "workers", Roles.SocialWorker);
        var (local, _) = await Given.AccountAsync(site, Roles.Administrator);
        await site.InScopeAsync(s => s.GetRequiredService<ChangeUser>().RunAsync(local.Id, "Alex Hart", "alex.hart@example.org"));
        await provider.PersonAsync("same-email", "Not Alex", "alex.hart@example.org", "workers");

        await DirectoryProvider.SignInAsync(site.Client(), "same-email");

        var joined = await site.InDbAsync(db => db.Users.SingleAsync(u => u.DirectorySubject != null, Cancellation));
        joined.Id.ShouldNotBe(local.Id);
        (await GrantsAsync(site, joined.Id)).ShouldBe([("social-worker", "directory")]);
    }

    [Fact]
    public async Task SigningKeys_Changed_AreReadAgain()
    {
        await using var site = await StartAsync();
        await MapAsync(site, "workers", Roles.SocialWorker);
        await provider.PersonAsync("keys", "Mina Das", "mina@example.org", "workers");
        (await DirectoryProvider.SignInAsync(site.Client(), "keys")).Answer.RedirectPath().ShouldBe("/");
        site.Services.GetRequiredService<SkippingTime>().Skip(TimeSpan.FromMinutes(1));

        await provider.ChangeKeysAsync();

        (await DirectoryProvider.SignInAsync(site.Client(), "keys")).Answer.RedirectPath().ShouldBe("/");
    }

    [Fact]
    public async Task Callback_InAnotherBrowser_OrASecondTime_SignsNobodyIn()
    {
        await using var site = await StartAsync();
        await MapAsync(site, "workers", Roles.SocialWorker);
        await provider.PersonAsync("twice", "Ruth Cole", "ruth@example.org", "workers");
        using var victim = site.Client();
        using var attacker = site.Client();
        using var begun = await attacker.GetAsync(DirectoryPart.StartPath, Cancellation);
        var callback = await DirectoryProvider.ThroughProviderAsync(begun.Headers.Location!, "twice");

        var elsewhere = await victim.GetAsync(callback, Cancellation);
        var first = await attacker.GetAsync(callback, Cancellation);
        var second = await attacker.GetAsync(callback, Cancellation);

        elsewhere.RedirectPath().ShouldBe("/account/sign-in?directory=failed");
        (await victim.GetAsync("/account/sessions", Cancellation)).RedirectPath().ShouldStartWith("/account/sign-in");
        first.RedirectPath().ShouldBe("/");
        second.RedirectPath().ShouldBe("/account/sign-in?directory=failed");
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    public async Task ReturnUrl_OfAnotherSite_IsIgnored(string returnUrl)
    {
        await using var site = await StartAsync();
        await MapAsync(site, "workers", Roles.SocialWorker);
        await provider.PersonAsync("open", "Hugo Lane", "hugo@example.org", "workers");

        (await DirectoryProvider.SignInAsync(site.Client(), "open", returnUrl)).Answer.RedirectPath().ShouldBe("/");
    }

    [Fact]
    public async Task Settings_AreCheckedAgainstTheDirectory_AndTheSecretIsSealed()
    {
        await using var site = await TestSite.StartAsync();
        using var client = site.Client((await Given.UserAsync(site, Roles.Administrator)).Id);
        (string, string?)[] fields = [("Input.ClientId", DirectoryProvider.ClientId), ("Input.ClientSecret", DirectoryProvider.ClientSecret)];

        var plain = await (await site.PostFormAsync(client, "/admin/directory", "form#directory", [.. fields, ("Input.Authority", "http://directory.example")])).PageAsync();
        var wrong = await (await site.PostFormAsync(client, "/admin/directory", "form#directory", [.. fields, ("Input.Authority", $"{provider.Issuer}/nothing-here")])).PageAsync();
        var right = await site.PostFormAsync(client, "/admin/directory", "form#directory", [.. fields, ("Input.Authority", provider.Issuer)]);

        plain.Errors().ShouldHaveSingleItem().ShouldContain("starting with https://");
        wrong.Errors().ShouldHaveSingleItem().ShouldContain("did not describe itself");
        right.RedirectPath().ShouldBe("/admin/directory");
        (await site.InDbAsync(db => db.Settings.Select(s => s.Value).ToListAsync(Cancellation))).ShouldNotContain(v => v.Contains(DirectoryProvider.ClientSecret));
        (await client.PageAsync("/admin/directory")).DocumentElement.OuterHtml.ShouldNotContain("only theirs");
        (await site.InScopeAsync(s => s.GetRequiredService<DirectorySettings>().ReadAsync()))!.ClientSecret.ShouldBe(DirectoryProvider.ClientSecret);
    }

    /// <summary>A site whose real time is real, as the provider's is, with this directory.</summary>
    private async Task<TestSite> StartAsync(Engine engine = Engine.Sqlite)
    {
        var time = new SkippingTime();
        var site = await TestSite.StartAsync(engine, services => services.AddSingleton(time).AddSingleton<TimeProvider>(time));
        await site.InScopeAsync(s => s.GetRequiredService<DirectorySettings>().SaveAsync(provider.Config, Cancellation));
        return site;
    }

    private static Task MapAsync(TestSite site, string group, string? role, Team? team = null, bool onlyForTeam = false, bool managesTeam = false) =>
        site.InScopeAsync(s => s.GetRequiredService<MapGroup>().RunAsync(group, role, team?.Id, onlyForTeam, managesTeam));

    private static async Task<List<(string, string)>> GrantsAsync(TestSite site, Guid userId) =>
        [.. (await site.InDbAsync(db => db.RoleGrants.Where(g => g.UserId == userId).ToListAsync(Cancellation))).Select(g => (g.RoleKey, g.Source)).Order()];

    /// <summary>Real time, of which a stretch may be skipped by those who only measure how long something took.</summary>
    private sealed class SkippingTime : TimeProvider
    {
        private long skipped;

        public void Skip(TimeSpan stretch) => skipped += stretch.Ticks * TimestampFrequency / TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => base.GetTimestamp() + skipped;
    }
}
