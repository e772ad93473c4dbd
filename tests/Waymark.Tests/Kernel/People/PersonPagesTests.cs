using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Notes;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.People;

public sealed class PersonPagesTests : IAsyncLifetime
{
    private readonly StatementCount counter = new();
    private TestSite site = null!;
    private User worker = null!;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        site = await TestSite.StartAsync(configure: counter.Watch);
        worker = await Given.UserAsync(site, Roles.SocialWorker, name: "Sol Worker");
        client = site.Client(worker.Id);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await site.DisposeAsync();
    }

    [Fact]
    public async Task Search_FindsARightToLeftName_AndKeepsTheQueryInTheAddress()
    {
        var person = await site.PersonAsync("محمد علي", new DateOnly(1970, 7, 8));

        var page = await client.PageAsync($"/people?q={Uri.EscapeDataString("محمد")}");

        page.QuerySelector("main input[name=q]")!.GetAttribute("value").ShouldBe("محمد");
        var cell = page.QuerySelector("main tbody td")!;
        cell.GetAttribute("dir").ShouldBe("auto");
        cell.QuerySelector("a")!.GetAttribute("href").ShouldBe($"/people/{person.Reference}");
        cell.QuerySelector("bdi")!.TextContent.ShouldBe("محمد علي");
    }

    [Fact]
    public async Task New_PossibleDuplicate_IsShownWithWhyBeforeAnythingIsSaved()
    {
        var there = await site.PersonAsync("Catherine Okafor", new DateOnly(1940, 3, 12));
        (string, string?)[] typed = [("Input.GivenName", "Katharine"), ("Input.FamilyName", "Okafor"), ("Input.BirthDate.Day", "12"), ("Input.BirthDate.Month", "3"), ("Input.BirthDate.Year", "1940")];

        using var first = await site.PostFormAsync(client, "/people/new", typed);
        var page = await first.PageAsync();
        page.QuerySelector("main tbody")!.TextContent.ShouldContain(there.Reference);
        page.QuerySelector("main tbody")!.TextContent.ShouldContain("same birth date and sounds the same");
        page.QuerySelector<IHtmlInputElement>("input[name='Input.GivenName']")!.Value.ShouldBe("Katharine");
        (await site.InDbAsync(db => db.People.CountAsync())).ShouldBe(1);

        using var second = await site.PostFormAsync(client, "/people/new", [.. typed, ("NoneOfThese", "true")]);
        second.RedirectPath().ShouldBe("/people/P-000002");
    }

    [Fact]
    public async Task New_Wrong_NamesEveryFaultAtOnceAndKeepsWhatWasTyped()
    {
        using var posted = await site.PostFormAsync(client, "/people/new", ("Input.FamilyName", ""), ("Input.NhsNumber", "943 476 5918"), ("Input.BirthDate.Day", "31"), ("Input.BirthDate.Month", "2"), ("Input.BirthDate.Year", "1940"));

        var page = await posted.PageAsync();
        page.Errors().Count.ShouldBe(3);
        page.QuerySelector<IHtmlInputElement>("input[name='Input.NhsNumber']")!.Value.ShouldBe("943 476 5918");
        page.QuerySelector<IHtmlInputElement>("input[name='Input.BirthDate.Day']")!.Value.ShouldBe("31");
        foreach (var link in page.QuerySelectorAll(".govuk-error-summary__list a"))
        {
            page.QuerySelector(link.GetAttribute("href")!.Replace(".", "\\.", StringComparison.Ordinal)).ShouldNotBeNull(link.TextContent);
        }
    }

    [Fact]
    public async Task Page_ShowsWhoTheyAreAndOneStoryNewestFirst_InFewStatements()
    {
        var person = await site.PersonAsync("Amal Okafor", new DateOnly(1940, 3, 12), d => d with { Pronouns = "she/her", CommunicationNeeds = "Large print", Address = "1 Test Street" });
        await site.InScopeAsync(s => s.GetRequiredService<AddAlert>().RunAsync(person.Id, new AlertDetails
        {
            Kind = "staff-safety", Text = "Visit in pairs", Reason = "Dog", ReviewDate = new DateOnly(2024, 9, 1), ExpiryDate = new DateOnly(2024, 12, 1),
        }));
        var son = await site.PersonAsync("Ben Okafor");
        await site.InScopeAsync(s => s.GetRequiredService<AddRelationship>().RunAsync(person.Id, son.Reference, "son", true));
        var episode = await site.InDbAsync(async db =>
        {
            var opened = GivenRecords.AddEpisode(db, person, "needs-assessment", worker: worker.Id);
            db.CareEvents.Add(new CareEvent { PersonId = person.Id, Kind = CareEventKind.Service, Source = "waymark", Reference = "S1", StartDate = new DateOnly(2024, 6, 1), ServiceType = "Home care" });
            await db.SaveChangesAsync();
            return opened;
        });
        await site.NoteAsync(person, "She is well. <b>Really</b>");
        await client.PageAsync($"/people/{person.Reference}");

        counter.Restart();
        var page = await client.PageAsync($"/people/{person.Reference}");

        // The page itself and the panels other modules put on it.
        counter.Statements.Count.ShouldBeLessThanOrEqualTo(StatementCount.MostOfAPage, string.Join("\n---\n", counter.Statements));
        var main = page.QuerySelector("main")!;
        foreach (var text in new[] { "Amal Okafor", "84 years old", "she/her", "Large print", "Visit in pairs", "Ben Okafor", "1 Test Street", episode.Reference, "Sol Worker", "Home care", "She is well. <b>Really</b>" })
        {
            main.TextContent.ShouldContain(text);
        }

        page.QuerySelectorAll(".wm-timeline__kind").Select(k => k.TextContent).ShouldBe(["Note", "Work", "Care event"]);
        (await client.PageAsync($"/people/{person.Reference}?kind=Work")).QuerySelectorAll(".wm-timeline__kind").Select(k => k.TextContent).ShouldBe(["Work"]);
    }

    [Fact]
    public async Task Page_LinksToTheLawOfRecords_ForThoseWhoMay()
    {
        var person = await site.PersonAsync();
        async Task<List<string>> LinksAsync(string role)
        {
            using var who = site.Client((await Given.UserAsync(site, role)).Id);
            var links = (await who.PageAsync($"/people/{person.Reference}")).QuerySelectorAll<IHtmlAnchorElement>("main a[href]").Select(a => a.GetAttribute("href")!)
                .Where(h => new[] { "/restrictions", "/views", "/subject-access" }.Any(h.EndsWith)).ToList();
            foreach (var link in links)
            {
                using var opened = await who.GetAsync(link);
                opened.StatusCode.ShouldBe(HttpStatusCode.OK, link);
            }

            return [.. links.Select(l => l.Split('/')[^1])];
        }

        (await LinksAsync(Roles.RecordsOfficer)).ShouldBe(["restrictions", "views", "subject-access"]);
        (await LinksAsync(Roles.TeamManager)).ShouldBe(["restrictions"]);
        (await LinksAsync(Roles.SocialWorker)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_LongStory_IsPaged()
    {
        var person = await site.PersonAsync();
        for (var i = 0; i < PersonPageModel.Size + 5; i++)
        {
            await site.NoteAsync(person, $"Note {i}");
        }

        var first = await client.PageAsync($"/people/{person.Reference}");
        var second = await client.PageAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        first.QuerySelectorAll(".wm-timeline__item").Length.ShouldBe(PersonPageModel.Size);
        second.QuerySelectorAll(".wm-timeline__item").Length.ShouldBe(5);
        second.QuerySelector("a[rel=next]").ShouldBeNull();
    }

    [Fact]
    public async Task Page_RestrictedMergedOrUnknown_IsAnsweredRightly()
    {
        var secret = await site.PersonAsync("Nora Refuge");
        var kept = await site.PersonAsync("Amal Okafor");
        var merged = await site.PersonAsync("Amal Okaffor");
        await site.InDbAsync(async db =>
        {
            GivenRecords.Restrict(db, secret, Guid.NewGuid());
            return await db.SaveChangesAsync();
        });
        await site.InScopeAsync(s => s.GetRequiredService<MergePeople>().RunAsync(kept.Id, merged.Id, "Same", new HashSet<string>()));

        using var stub = await client.GetAsync($"/people/{secret.Reference}", TestContext.Current.CancellationToken);
        stub.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var text = await stub.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.ShouldNotContain("Nora");
        using var gone = await client.GetAsync($"/people/{merged.Reference}", TestContext.Current.CancellationToken);
        gone.RedirectPath().ShouldBe($"/people/{kept.Reference}?from={merged.Reference}");
        using var unknown = await client.GetAsync("/people/P-999999", TestContext.Current.CancellationToken);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var sub in new[] { "edit", "details" })
        {
            using var behind = await client.GetAsync($"/people/{secret.Reference}/{sub}", TestContext.Current.CancellationToken);
            behind.RedirectPath().ShouldBe($"/people/{secret.Reference}");
        }
    }

    [Fact]
    public async Task Edit_TwoWorkers_TheSecondLosesNothingAndOverwritesNothing()
    {
        var person = await site.PersonAsync("Amal Okafor", with: d => d with { Address = "1 Old Street", Postcode = "OX4 1AA" });
        var url = $"/people/{person.Reference}/edit";
        var stale = (await client.PageAsync(url)).QuerySelector<IHtmlFormElement>("main form")!;

        using var first = await site.PostFormAsync(client, url, ("Input.FamilyName", "Okonkwo"), ("Input.Address", "2 New Street"), ("Input.Postcode", "OX4 2BB"));
        first.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var second = await client.SendFormAsync(stale, url, ("Input.Phone", "01632 960123"));

        var page = await second.PageAsync();
        page.Errors().ShouldHaveSingleItem().ShouldContain("Someone else changed this");
        page.QuerySelector<IHtmlInputElement>("input[name='Input.Phone']")!.Value.ShouldBe("01632 960123");
        var read = await site.InDbAsync(db => db.People.SingleAsync(p => p.Id == person.Id));
        (read.FamilyName, read.Phone, read.PostcodeKey).ShouldBe(("Okonkwo", null, "OX42BB"));
        (await site.InDbAsync(db => db.PersonNames.SingleAsync())).FamilyName.ShouldBe("Okafor");
        (await site.InDbAsync(db => db.PersonAddresses.OrderBy(a => a.ToDate == null).Select(a => new { a.Address, Ended = a.ToDate != null }).ToListAsync()))
            .Select(a => (a.Address, a.Ended)).ShouldBe([("1 Old Street", true), ("2 New Street", false)]);
    }

    [Fact]
    public async Task Note_FromThePersonsPage_IsSavedInOnePostAndShown()
    {
        var person = await site.PersonAsync();
        using var saved = await site.PostFormAsync(client, $"/people/{person.Reference}", "form[data-note-draft]", [("Input.Text", "Rang; she is well."), ("Input.Kind", "call")]);

        saved.RedirectPath().ShouldBe($"/people/{person.Reference}");
        (await client.PageAsync($"/people/{person.Reference}")).QuerySelector(".wm-timeline__item")!.TextContent.ShouldContain("Rang; she is well.");
    }

    [Fact]
    public async Task Note_Empty_ShowsTheErrorAndAnotherPersonsNoteIsNotReached()
    {
        var person = await site.PersonAsync();
        using var posted = await site.PostFormAsync(client, $"/people/{person.Reference}", "form[data-note-draft]", [("Input.Text", " ")]);
        (await posted.PageAsync()).Errors().ShouldBe(["Enter the note"]);
        var note = await site.NoteAsync(person);
        await site.InDbAsync(async db =>
        {
            GivenRecords.Restrict(db, person, Guid.NewGuid());
            return await db.SaveChangesAsync();
        });

        using var response = await client.GetAsync($"/notes/{note.Id}", TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task NoteDraft_IsKeptAsTyped_ShownToItsAuthorOnly_AndGoneWhenSaved()
    {
        var person = await site.PersonAsync();
        var page = await client.PageAsync($"/people/{person.Reference}");
        var token = page.QuerySelector("form[data-note-draft] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var body = new FormUrlEncodedContent([new("PersonId", person.Id.ToString()), new("text", "Half a thou"), new("__RequestVerificationToken", token)]);

        using var kept = await client.PostAsync("/notes/draft", body, TestContext.Current.CancellationToken);

        kept.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.PageAsync($"/people/{person.Reference}")).QuerySelector<IHtmlTextAreaElement>("textarea")!.Value.ShouldBe("Half a thou");
        using var other = site.Client((await Given.UserAsync(site, Roles.SocialWorker)).Id);
        (await other.PageAsync($"/people/{person.Reference}")).QuerySelector<IHtmlTextAreaElement>("textarea")!.Value.ShouldBeEmpty();
        using var signedOut = site.Client();
        using var refused = await signedOut.PostAsync("/notes/draft", new FormUrlEncodedContent([new("text", "x")]), TestContext.Current.CancellationToken);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var saved = await site.PostFormAsync(client, $"/people/{person.Reference}", "form[data-note-draft]", [("Input.Text", "A whole thought"), ("Input.Kind", "call")]);
        (await site.InDbAsync(db => db.Set<NoteDraft>().CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task MergeAndUnmerge_OverThePages()
    {
        var kept = await site.PersonAsync("Amal Okafor", new DateOnly(1940, 3, 12));
        var merged = await site.PersonAsync("Amal Okaffor", new DateOnly(1940, 3, 12), d => d with { Phone = "01632 960123" });
        using var officer = site.Client((await Given.UserAsync(site, Roles.RecordsOfficer)).Id);
        (await officer.PageAsync($"/people/{kept.Reference}/merge")).QuerySelector("main tbody")!.TextContent.ShouldContain(merged.Reference);

        using var done = await site.PostFormAsync(officer, $"/people/{kept.Reference}/merge?with={merged.Reference}", ("Reason", "Same person"));
        done.RedirectPath().ShouldBe($"/people/{kept.Reference}");
        (await site.InDbAsync(db => db.People.SingleAsync(p => p.Id == kept.Id))).Phone.ShouldBe("01632 960123");
        site.Time.Advance(TimeSpan.FromHours(1));
        await site.NoteAsync(kept, "Written since");
        var merge = await site.InDbAsync(db => db.PersonMerges.SingleAsync());
        (await officer.PageAsync($"/people/merges/{merge.Id}")).QuerySelector("main tbody")!.TextContent.ShouldContain("Written since");

        using var undone = await site.PostFormAsync(officer, $"/people/merges/{merge.Id}", ("Reason", "Two people"));
        undone.RedirectPath().ShouldBe($"/people/{merged.Reference}");
        (await site.InDbAsync(db => db.People.SingleAsync(p => p.Id == merged.Id))).MergedIntoId.ShouldBeNull();
    }

    [Fact]
    public async Task SearchAndDuplicates_AsOneTypes_AnswerJson()
    {
        var person = await site.PersonAsync("Catherine Okafor", new DateOnly(1940, 3, 12));
        var token = (await client.PageAsync("/people/new")).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        async Task<string> PostAsync(string url, params (string, string)[] fields)
        {
            using var body = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)), new("__RequestVerificationToken", token)]);
            using var response = await client.PostAsync(url, body);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            return await response.Content.ReadAsStringAsync();
        }

        (await PostAsync("/people/search", ("q", "okafor"))).ShouldContain(person.Reference);
        (await PostAsync("/people/duplicates", ("givenName", "Katharine"), ("familyName", "Okafor"), ("birthDay", "12"), ("birthMonth", "3"), ("birthYear", "1940"))).ShouldContain("same birth date and sounds the same");
        (await PostAsync("/people/duplicates", ("givenName", "Peter"))).ShouldContain("\"people\":[]");
    }
}
