using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Access;

/// <summary>Over HTTP, as each of those concerned.</summary>
public sealed class BreakGlassTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothEngines]
    public async Task BreakGlass_AsksAReason_OpensForFourHours_TellsTheOwner_AndIsJudgedBySomeoneElse(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var person = await site.PersonAsync("Amal Okafor");
        var owner = await Given.UserAsync(site, Roles.SafeguardingLead, name: "Rosa Lead");
        var judge = site.Client((await Given.UserAsync(site, Roles.SafeguardingLead, name: "Jo Judge")).Id);
        var worker = await Given.UserAsync(site, Roles.SocialWorker, name: "Wes Worker");
        await RestrictAsync(site, person, owner);
        var client = site.Client(worker.Id);

        (await client.GetAsync($"/people/{person.Reference}", Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var asked = await client.PageAsync($"/break-glass/{person.Reference}");
        asked.QuerySelector("main")!.TextContent.ShouldContain("Speak to Rosa Lead");
        asked.QuerySelector("main")!.TextContent.ShouldNotContain("Okafor");
        (await (await site.PostFormAsync(client, $"/break-glass/{person.Reference}", ("Reason", "Fall"))).PageAsync()).Errors().ShouldHaveSingleItem().ShouldContain("10 characters");
        (await site.PostFormAsync(client, $"/break-glass/{person.Reference}", ("Reason", "Ambulance crew on the line"))).RedirectPath().ShouldBe($"/people/{person.Reference}");
        (await client.GetAsync($"/people/{person.Reference}", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var message = await site.InDbAsync(db => db.Outbox.SingleAsync());
        (message.To, message.Kind).ShouldBe((owner.Email!, "break-glass-opened"));
        message.Text.ShouldNotContain("Okafor");
        message.Text.ShouldNotContain("Ambulance");
        (await site.Client(owner.Id).PageAsync("/admin/break-glass")).QuerySelector("main")!.TextContent.ShouldContain("Ambulance crew");

        var opening = await site.InDbAsync(db => db.BreakGlasses.SingleAsync());
        var page = $"/admin/break-glass/{opening.Id}";
        (await judge.PageAsync(page)).QuerySelector("main")!.TextContent.ShouldContain("/people/{reference}");
        (await (await site.PostFormAsync(judge, page, ("WasRight", "false"))).PageAsync()).Errors().ShouldHaveSingleItem().ShouldContain("not right");
        (await site.PostFormAsync(judge, page, ("WasRight", "false"), ("Words", "The owner was in the room."))).RedirectPath().ShouldBe("/admin/break-glass");
        (await client.GetAsync($"/people/{person.Reference}", Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await site.InDbAsync(db => db.Audit.Where(a => a.PersonId == person.Id).Select(a => a.Act).ToListAsync())).ShouldBe(["add-person", "restrict-record", "break-glass", "judge-break-glass"], ignoreOrder: true);
    }

    [Theory, BothEngines]
    public async Task BreakGlass_ByAJudge_IsNotJudgedByThemselves_AndNobodyElseSeesIt(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var person = await site.PersonAsync();
        var owner = await Given.UserAsync(site, Roles.TeamManager);
        var opener = await Given.UserAsync(site, Roles.SafeguardingLead);
        await RestrictAsync(site, person, owner);
        await site.InScopeAsync(s => s.GetRequiredService<OpenBreakGlass>().RunAsync(person.Id, "A reason of some length"), GivenRecords.As(opener.Id));
        var opening = await site.InDbAsync(db => db.BreakGlasses.SingleAsync());

        (await site.Client(opener.Id).PageAsync($"/admin/break-glass/{opening.Id}")).QuerySelector("main form").ShouldBeNull();
        (await Should.ThrowAsync<RefusedException>(() => site.InScopeAsync(s => s.GetRequiredService<JudgeBreakGlass>().RunAsync(opening.Id, true, null), GivenRecords.As(opener.Id, null, Can.JudgeBreakGlass))))
            .Message.ShouldContain("yourself");
        var stranger = site.Client((await Given.UserAsync(site, Roles.SocialWorker)).Id);
        (await stranger.GetAsync($"/admin/break-glass/{opening.Id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.PageAsync("/admin/break-glass")).QuerySelector(".wm-empty").ShouldNotBeNull();
    }

    [Theory, BothEngines]
    public async Task BreakGlass_OnAHiddenDeclaredOrOpenRecord_OpensNothing(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (hidden, declared, open) = (await site.PersonAsync(), await site.PersonAsync(), await site.PersonAsync());
        var owner = await Given.UserAsync(site, Roles.TeamManager);
        var worker = await Given.UserAsync(site, Roles.SocialWorker);
        await RestrictAsync(site, hidden, owner, hidesStub: true);
        await RestrictAsync(site, declared, owner);
        var client = site.Client(worker.Id);
        await site.PostFormAsync(client, "/account/declared-interests", ("Input.Number", declared.Reference), ("Input.Relation", "Aunt"));

        (await client.GetAsync($"/break-glass/{hidden.Reference}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var page = await client.PageAsync($"/break-glass/{declared.Reference}");
        page.QuerySelector("main form").ShouldBeNull();
        page.QuerySelector("main")!.TextContent.ShouldContain("You have declared");
        foreach (var person in new[] { hidden, declared, open })
        {
            await Should.ThrowAsync<RefusedException>(() => site.InScopeAsync(s => s.GetRequiredService<OpenBreakGlass>().RunAsync(person.Id, "A reason of some length"), GivenRecords.As(worker.Id)));
        }

        (await site.InDbAsync(db => db.BreakGlasses.CountAsync())).ShouldBe(0);
    }

    [Theory, BothEngines]
    public async Task Restriction_OfAField_IsMadeChangedHandedOverAndLifted_ByThoseWithinIt(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var person = await site.PersonAsync(with: d => d with { Address = "1 Refuge Road", Postcode = "OX1 1AA" });
        var (owner, next) = (await Given.UserAsync(site, Roles.SafeguardingLead), await Given.UserAsync(site, Roles.SafeguardingLead));
        var worker = site.Client((await Given.UserAsync(site, Roles.SocialWorker)).Id);
        var client = site.Client(owner.Id);
        var url = $"/people/{person.Reference}/restrictions";

        (await (await site.PostFormAsync(client, url, ("Input.Scope", "field:address"), ("Input.Reason", "Refuge"), ("Input.Users", "nobody@nowhere"))).PageAsync()).Errors().ShouldHaveSingleItem().ShouldContain("nobody@nowhere");
        (await site.PostFormAsync(client, url, ("Input.Scope", "field:address"), ("Input.Reason", "Refuge"))).RedirectPath().ShouldBe(url);
        (await (await site.PostFormAsync(client, url, ("Input.Scope", "field:address"), ("Input.Reason", "Again"))).PageAsync()).Errors().ShouldHaveSingleItem().ShouldContain("already");
        (await worker.PageAsync($"/people/{person.Reference}")).QuerySelector("main")!.TextContent.ShouldNotContain("Refuge Road");
        (await client.PageAsync($"/people/{person.Reference}")).QuerySelector("main")!.TextContent.ShouldContain("Refuge Road");

        var restriction = await site.InDbAsync(db => db.Restrictions.SingleAsync());
        var one = $"{url}/{restriction.Id}";
        (await site.Client(next.Id).GetAsync(one, Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.PostFormAsync(client, one, "#change", [("Input.Reason", "Refuge, second move"), ("Owner", next.UserName)])).RedirectPath().ShouldBe(url);
        (await client.GetAsync(one, Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await site.PostFormAsync(site.Client(next.Id), one, "#lift", [("LiftReason", "")])).PageAsync()).Errors().ShouldHaveSingleItem().ShouldContain("reason");
        (await site.PostFormAsync(site.Client(next.Id), one, "#lift", [("LiftReason", "Moved on")])).RedirectPath().ShouldBe(url);
        (await worker.PageAsync($"/people/{person.Reference}")).QuerySelector("main")!.TextContent.ShouldContain("Refuge Road");
        (await worker.GetAsync(url, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, BothEngines]
    public async Task DeclaredInterest_ByNameAndBirthDate_HoldsAtOnce_AndIsEndedOnlyBySomeoneElse(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var person = await site.PersonAsync("Ida Ó Briain", new DateOnly(1950, 4, 2));
        var worker = await Given.UserAsync(site, Roles.TeamManager);
        var client = site.Client(worker.Id);
        (await (await site.PostFormAsync(client, "/account/declared-interests", ("Input.FamilyName", "Nobody"), ("Input.GivenName", "Ida"), ("Input.BirthDate.Day", "2"), ("Input.BirthDate.Month", "4"), ("Input.BirthDate.Year", "1950"), ("Input.Relation", "Mother"))).PageAsync())
            .Errors().ShouldHaveSingleItem().ShouldContain("No record");
        (await site.PostFormAsync(client, "/account/declared-interests", ("Input.FamilyName", "briain"), ("Input.GivenName", "ida o"), ("Input.BirthDate.Day", "2"), ("Input.BirthDate.Month", "4"), ("Input.BirthDate.Year", "1950"), ("Input.Relation", "Mother")))
            .RedirectPath().ShouldBe("/account/declared-interests");

        (await client.PageAsync($"/people/{person.Reference}")).QuerySelector("main")!.TextContent.ShouldContain("You have declared");
        (await client.PageAsync("/admin/declared-interests")).QuerySelector("main form").ShouldBeNull();
        var other = site.Client((await Given.UserAsync(site, Roles.SafeguardingLead)).Id);
        (await site.PostFormAsync(other, "/admin/declared-interests")).RedirectPath().ShouldBe("/admin/declared-interests");
        (await client.GetAsync($"/people/{person.Reference}", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task PersonPage_WritesDownTheView_StubsAndMissingOnesDoNot()
    {
        await using var site = await TestSite.StartAsync();
        var (open, closed) = (await site.PersonAsync(), await site.PersonAsync());
        await RestrictAsync(site, closed, await Given.UserAsync(site, Roles.TeamManager));
        var worker = await Given.UserAsync(site, Roles.SocialWorker);
        var client = site.Client(worker.Id);
        foreach (var reference in new[] { open.Reference, closed.Reference, "P-NONE" })
        {
            await client.GetAsync($"/people/{reference}", Stop);
        }

        await site.Services.GetRequiredService<ViewLog>().FlushAsync(Stop);

        var view = await site.InDbAsync(db => db.ViewLog.SingleAsync());
        (view.PersonId, view.UserId, view.Page).ShouldBe((open.Id, worker.Id, "/people/{reference}"));
    }

    private static Task RestrictAsync(TestSite site, Person person, User owner, bool hidesStub = false) => site.InScopeAsync(
        s => s.GetRequiredService<RestrictRecord>().RunAsync(person.Id, new RestrictionDetails { Scope = "person", Reason = "Known to staff", HidesStub = hidesStub }), GivenRecords.As(owner.Id));
}
