using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.FrontDoor.Contacts;
using Waymark.FrontDoor.Prioritisation;
using Waymark.Kernel.Access;
using Waymark.Kernel.Pathways;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.FrontDoor.Contacts;

/// <summary>The contact page as a browser without scripts uses it, and what its scripts ask.</summary>
public sealed class ContactPageTests : IAsyncLifetime
{
    private static readonly (string Name, string? Value)[] Katharine =
        [("Input.GivenName", "Katharine"), ("Input.FamilyName", "Okafor"), ("Input.BirthDate.Day", "12"), ("Input.BirthDate.Month", "3"), ("Input.BirthDate.Year", "1940")];

    private TestSite site = null!;
    private HttpClient client = null!;
    private Episode contact = null!;

    private string Url => $"/contacts/{contact.Reference}";

    public async ValueTask InitializeAsync()
    {
        site = await TestSite.StartAsync();
        client = site.Client((await Given.UserAsync(site, Roles.FrontDoorAdviser, name: "Asha Patel")).Id);
        contact = await site.InScopeAsync(s => s.GetRequiredService<StartContact>().RunAsync("phone"));
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await site.DisposeAsync();
    }

    [Fact]
    public async Task FC_1_AddPerson_WhoMayHaveARecord_ShowsItWithWhyBeforeAnythingIsSaved()
    {
        var there = await site.PersonAsync("Catherine Okafor", new DateOnly(1940, 3, 12));

        using var sent = await site.PostFormAsync(client, Url, "form[data-duplicates]", Katharine);
        var page = await sent.PageAsync();

        var form = page.FormAt("form[data-duplicates]");
        form.TextContent.ShouldContain("same birth date and sounds the same");
        form.QuerySelector("input[name='Input.GivenName']")!.GetAttribute("value").ShouldBe("Katharine", "nothing typed is lost");
        var button = form.QuerySelector("button[name=person]")!;
        (button.GetAttribute("value"), button.GetAttribute("formaction")).ShouldBe((there.Reference, "?handler=Person"));
        (await site.InDbAsync(db => db.People.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task FC_1_Choose_BesideAHalfTypedPerson_IsDone()
    {
        var there = await site.PersonAsync("Catherine Okafor", new DateOnly(1940, 3, 12));
        var form = (await client.PageAsync(Url)).FormAt("form[data-duplicates]");
        form.SetAttribute("action", $"{Url}?handler=Person");

        using var chosen = await client.SendFormAsync(form, Url, ("person", there.Reference), ("Input.BirthDate.Day", "99"));

        chosen.RedirectPath().ShouldBe(Url);
        (await site.EpisodeAsync(contact.Id)).PersonId.ShouldBe(there.Id);
    }

    [Fact]
    public async Task FC_1_AddPerson_NoneOfThese_IsAddedAndTheContactIsAboutThem()
    {
        await site.PersonAsync("Catherine Okafor", new DateOnly(1940, 3, 12));

        using var sent = await site.PostFormAsync(client, Url, "form[data-duplicates]", [.. Katharine, ("NoneOfThese", "true")]);

        sent.RedirectPath().ShouldBe(Url);
        var about = await site.InDbAsync(db => db.People.SingleAsync(p => p.GivenName == "Katharine"));
        (await site.EpisodeAsync(contact.Id)).PersonId.ShouldBe(about.Id);
        (await site.InDbAsync(db => db.Audit.Where(a => a.PersonId == about.Id).Select(a => a.Act).ToListAsync())).ShouldBe(["add-person", "set-contact-person"], ignoreOrder: true);
    }

    [Fact]
    public async Task FC_1_AddPerson_Wrong_SaysEveryFaultAndKeepsWhatWasTyped()
    {
        using var sent = await site.PostFormAsync(client, Url, "form[data-duplicates]", [("Input.FamilyName", "Okafor"), ("Input.NhsNumber", "943 476 5918"), ("Input.BirthDate.Day", "31"), ("Input.BirthDate.Month", "2"), ("Input.BirthDate.Year", "1940")]);

        var page = await sent.PageAsync();
        page.Errors().Count.ShouldBe(2, string.Join("; ", page.Errors()));
        page.QuerySelector("input[name='Input.NhsNumber']")!.GetAttribute("value").ShouldBe("943 476 5918");
        (await site.InDbAsync(db => db.People.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task FC_1_AlsoAboutSomeoneElse_OpensAFormOfTheirOwn_AndEachPageShowsTheOther()
    {
        var person = await site.PersonAsync("Obi Okafor");
        await site.DoAsync((SetContactPerson set) => set.RunAsync(contact.Id, person.Id));

        using var sent = await site.PostFormAsync(client, Url, "form[action*='handler=Another']", []);

        var other = sent.RedirectPath();
        other.ShouldStartWith("/contacts/CON-");
        (await client.PageAsync(other)).QuerySelector("#others")!.ParentElement!.TextContent.ShouldContain("Obi Okafor");
        (await client.PageAsync(Url)).QuerySelector($"a[href='{other}']").ShouldNotBeNull();
        (await site.InDbAsync(db => db.Set<Contact>().CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task FC_2_Priority_WithoutScripts_AButtonSavesAndShowsCategoryReasonAndVersion()
    {
        using var sent = await site.PostFormAsync(client, Url, "form[data-autosave]",
            [("q.outcome", "Forward"), ("q.danger", "No"), ("q.alone", "Yes"), ("q.falls", "TwoOrMore"), ("_act", "look")]);

        sent.RedirectPath().ShouldBe(Url);
        var panel = (await client.PageAsync(Url)).QuerySelector("[data-priority-shown]")!.TextContent;
        panel.ShouldContain("High");
        panel.ShouldContain("lives alone, repeated falls");
        panel.ShouldContain(await VersionAsync());
        (await client.PageAsync(Url)).QuerySelector("[data-priority-button] button")!.GetAttribute("form").ShouldBe((await client.PageAsync(Url)).QuerySelector("form[data-autosave]")!.Id);
    }

    [Fact]
    public async Task FC_2_Priority_AsAnswersChange_IsWhatIsStoredWhenItIsPassedOn()
    {
        (string, string)[] answers = [("q.outcome", "Forward"), ("q.danger", "NotKnown"), ("q.carer-breakdown", "AboutTo")];

        using var live = await PriorityAsync(client, answers);
        var shown = JsonDocument.Parse(await live.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

        var form = new ContactForm { Outcome = ContactOutcome.Forward, Danger = YesNoUnknown.NotKnown, CarerBreakdown = CarerBreakdown.AboutTo };
        var stored = await site.InScopeAsync(s => Task.FromResult(s.GetRequiredService<PrioritisationTools>().On(site.CareClock.Today).Prioritise(form.PrioritisationAnswers())));
        shown.GetProperty("title").GetString()!.ToLowerInvariant().ShouldBe(stored.Priority);
        (shown.GetProperty("reason").GetString(), shown.GetProperty("version").GetString()).ShouldBe((stored.Reason, stored.Version));
    }

    [Fact]
    public async Task FC_2_Priority_ActNow_IsUrgentWhateverTheTableSays_AndSaysBoth()
    {
        using var live = await PriorityAsync(client, ("q.outcome", "ActNow"), ("q.danger", "No"));
        var shown = JsonDocument.Parse(await live.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

        shown.GetProperty("title").GetString().ShouldBe("Urgent");
        shown.GetProperty("reason").GetString()!.ShouldContain("the answers alone give “Low”");
    }

    [Fact]
    public async Task FC_2_Priority_NotPassedOn_HasNone_AndAnotherRoleMayNotAsk()
    {
        using var none = await PriorityAsync(client, ("q.outcome", "Resolved"), ("q.danger", "Yes"));
        none.StatusCode.ShouldBe(HttpStatusCode.NoContent);

        using var worker = site.Client((await Given.UserAsync(site, Roles.SocialWorker)).Id);
        using var refused = await PriorityAsync(worker, ("q.outcome", "Forward"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var nobody = site.Client();
        using var away = await PriorityAsync(nobody, ("q.outcome", "Forward"));
        away.IsSuccessStatusCode.ShouldBeFalse();
    }

    [Fact]
    public async Task FC_1_AboutSomeoneWhoHasDied_SaysSo_IsNotPassedOn_AndNothingTypedIsLost()
    {
        var person = await site.PersonAsync("Obi Okafor", with: d => d with { DeathDate = new DateOnly(2024, 7, 20) });
        await site.DoAsync((SetContactPerson set) => set.RunAsync(contact.Id, person.Id));
        (await client.PageAsync(Url)).QuerySelector("main")!.TextContent.ShouldContain("Died on 20 July 2024");
        (string, string?)[] answers = [("q.caller", "Family"), ("q.what-matters", "His wheelchair is to be fetched"), ("q.danger", "No"), ("_act", "complete")];

        using var refused = await site.PostFormAsync(client, Url, "form[data-autosave]", [.. answers, ("q.outcome", "Forward")]);
        var page = await refused.PageAsync();
        page.Errors().ShouldHaveSingleItem().ShouldContain("Obi Okafor died on 20 July 2024, so no assessment can follow");
        page.QuerySelector("[name='q.what-matters']")!.TextContent.ShouldContain("His wheelchair is to be fetched");
        (await site.EpisodeAsync(contact.Id)).StageKey.ShouldBe("conversation");

        using var resolved = await site.PostFormAsync(client, Url, "form[data-autosave]", [("q.outcome", "Resolved"), ("_act", "complete")]);
        (await site.EpisodeAsync(contact.Id)).ClosedDate.ShouldNotBeNull("a call about their affairs is recorded all the same");
    }

    [Fact]
    public async Task FC_3_DiedSinceThePassingOn_TheSupervisorIsTold_AndClosesItAnotherWay()
    {
        var person = await site.PersonAsync("Obi Okafor");
        await site.DoAsync((SetContactPerson set) => set.RunAsync(contact.Id, person.Id));
        using var passed = await site.PostFormAsync(client, Url, "form[data-autosave]", [("q.caller", "Person"), ("q.what-matters", "Help to wash"), ("q.outcome", "Forward"), ("q.danger", "No"), ("_act", "complete")]);
        (await site.EpisodeAsync(contact.Id)).StageKey.ShouldBe("screen");
        await site.InDbAsync(db => db.People.Where(p => p.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.DeathDate, new DateOnly(2024, 7, 31))));
        using var supervisor = site.Client((await Given.UserAsync(site, Roles.FrontDoorSupervisor)).Id);

        using var refused = await site.PostFormAsync(supervisor, $"/work/{contact.Reference}", "form[data-autosave]", [("q.outcome", "Forward"), ("q.priority", "Agree"), ("_act", "complete")]);
        (await refused.PageAsync()).Errors().ShouldHaveSingleItem().ShouldContain("died on 31 July 2024");

        using var closed = await site.PostFormAsync(supervisor, $"/work/{contact.Reference}", "form[data-autosave]", [("q.outcome", "Decline"), ("q.reason", "He has died"), ("_act", "complete")]);
        (await site.EpisodeAsync(contact.Id)).ClosedDate.ShouldNotBeNull();
    }

    [Fact]
    public async Task FC_1_RightToLeftName_IsAddedAndShownAsItIs_AndFoundAgain()
    {
        using var sent = await site.PostFormAsync(client, Url, "form[data-duplicates]", [("Input.GivenName", "محمد"), ("Input.FamilyName", "علي"), ("Input.Postcode", "ox4 1aa")]);

        sent.RedirectPath().ShouldBe(Url);
        var link = (await client.PageAsync(Url)).QuerySelector("#about")!.ParentElement!.QuerySelector("a")!;
        (link.TextContent, link.GetAttribute("dir")).ShouldBe(("محمد علي", "auto"));
        var other = await site.InScopeAsync(s => s.GetRequiredService<StartContact>().RunAsync("phone"));
        (await client.PageAsync($"/contacts/{other.Reference}?Find={Uri.EscapeDataString("محمد علي")}")).QuerySelector("[data-people-shown] button bdi")!.TextContent.ShouldBe("محمد علي");
    }

    [Fact]
    public async Task Contact_GuessedReference_OtherWorkOrAnotherRole_IsNotShown()
    {
        var person = await site.PersonAsync();
        var assessment = await site.WaitsForAssessmentAsync(person);
        foreach (var guess in new[] { "CON-2024-999999", assessment.Reference, "'; drop table", "%2e%2e%2fwork" })
        {
            using var answer = await client.GetAsync($"/contacts/{guess}", TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, guess);
        }

        using var worker = site.Client((await Given.UserAsync(site, Roles.SocialWorker)).Id);
        using var refused = await worker.GetAsync(Url, TestContext.Current.CancellationToken);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private Task<string> VersionAsync() => site.InScopeAsync(s => Task.FromResult(s.GetRequiredService<PrioritisationTools>().On(site.CareClock.Today).Version));

    private static async Task<HttpResponseMessage> PriorityAsync(HttpClient who, params (string Name, string Value)[] answers)
    {
        var token = (await who.PageAsync("/my-day")).QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";
        using var content = new FormUrlEncodedContent(answers.Append(("__RequestVerificationToken", token)).Select(a => KeyValuePair.Create(a.Item1, a.Item2)));
        return await who.PostAsync(PriorityEndpoint.Address, content);
    }
}
