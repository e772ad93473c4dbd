using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Pathways.Work;

/// <summary>One episode over HTTP: what it shows, and what is done with it.</summary>
public sealed class EpisodePageTests
{
    [Theory, BothEngines]
    public async Task Episode_SaysWhereItIs_WhoseMove_ByWhen(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var (east, manager) = await TeamAsync(site);
        var episode = await OpenAsync(site);
        await site.DoAsync(async (AllocateEpisode allocate) => await allocate.RunAsync(await site.SeenAsync(episode.Id), manager.Id));
        site.CareClock.Offset += TimeSpan.FromDays(1);

        var page = await site.Client(manager.Id).PageAsync($"/work/{episode.Reference}");
        var text = page.QuerySelector("main")!.TextContent;

        page.QuerySelector("h1")!.TextContent.Trim().ShouldStartWith("Amal Okafor");
        text.ShouldContain($"Owner: {east.Name}, Mia Poe");
        page.QuerySelectorAll(".wm-stages__item").Select(s => s.TextContent.Trim()).ShouldBe(["Waiting (done)", "Work (now)", "Check (to come)"]);
        text.ShouldContain("The work: due tomorrow, 1 working day left (2 working days, by law (a made-up Act))");
        text.ShouldContain("All of it: due Wednesday 14 August, 9 working days left (10 working days)");
        text.ShouldContain("Open long: on 11 September 2024");
        page.QuerySelectorAll("a[href*='/do/']").Select(a => a.TextContent).ShouldBe(
            ["Give to another worker", "Transfer to another team", "Record a contact while waiting", "Change priority", "Pause", "Move back", "Link to other work"]);
    }

    [Fact]
    public async Task Episode_StageWithoutAForm_IsCompletedByChoosing_AndTwiceIsRefused()
    {
        await using var site = await StartAsync();
        var (_, manager) = await TeamAsync(site);
        var episode = await OpenAsync(site);
        var client = site.Client(manager.Id);
        var url = $"/work/{episode.Reference}";
        const string form = "form[action$='?handler=Leave']";
        var before = (IHtmlFormElement)(await client.PageAsync(url)).QuerySelector(form)!;
        before.SetAttribute("action", $"{url}?handler=Leave");

        (await (await client.SendFormAsync(before, url)).PageAsync()).Errors().ShouldBe(["Choose what it led to."]);
        (await client.SendFormAsync(before, url, ("ExitKey", "signpost"))).RedirectPath().ShouldBe(url);

        (await (await client.SendFormAsync(before, url, ("ExitKey", "signpost"))).PageAsync()).Errors().ShouldHaveSingleItem().ShouldContain("was closed by Mia Poe on 31 July 2024, 10:00: Signposted.");
        var closed = await client.PageAsync(url);
        closed.QuerySelector("main")!.TextContent.ShouldContain("Closed 31 July 2024");
        closed.QuerySelectorAll("a[href*='/do/']").Select(a => a.TextContent).ShouldBe(["Open again", "Link to other work"]);
    }

    [Theory, BothEngines]
    public async Task Episode_FormTaskApproval_FromStartToEnd_InAtMost12Statements(Engine engine)
    {
        var counter = new StatementCount();
        await using var site = await TestSite.StartAsync(engine, services => { Given.ModuleOf(new SampleWorkModule())(services); counter.Watch(services); });
        var (east, manager) = await TeamAsync(site);
        var (ana, ben) = (await Given.UserAsync(site, Roles.SocialWorker, east, "Ana Lee"), await Given.UserAsync(site, Roles.SocialWorker, east, "Ben Ode"));
        var episode = await OpenAsync(site);
        var url = $"/work/{episode.Reference}";
        await site.DoAsync(async (AllocateEpisode allocate) => await allocate.RunAsync(await site.SeenAsync(episode.Id), ana.Id));

        // The side task's form, on a page of its own.
        var worker = site.Client(ana.Id);
        var draft = (await PostAsync(worker, url, "TaskForm")).RedirectPath();
        draft.ShouldStartWith("/drafts/");
        (await CompleteFormAsync(worker, draft.Split('?')[0], ("q.found", "All well"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await worker.PageAsync(url)).QuerySelector("main")!.TextContent.ShouldContain("Done by Ana Lee");
        (await PostAsync(worker, url, "Leave", ("ExitKey", "on"))).RedirectPath().ShouldBe(url);

        // The stage's form stands on the page; opened once, it is read in few statements.
        var other = site.Client(ben.Id);
        await other.PageAsync(url);
        counter.Restart();
        (await other.PageAsync(url)).QuerySelector("form[data-autosave]").ShouldNotBeNull();
        counter.Statements.Count.ShouldBeLessThanOrEqualTo(StatementCount.MostOfAPage, string.Join("\n\n", counter.Statements));
        (await CompleteFormAsync(other, url, ("q.is-right", "Yes"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        // Not to be approved by its author; returned only with words; then approved.
        (await other.PageAsync(url)).QuerySelector("form[action$='?handler=Approve']").ShouldBeNull();
        var boss = site.Client(manager.Id);
        (await (await PostAsync(boss, url, "Return", form: "Approve")).PageAsync()).Errors().ShouldHaveSingleItem().ShouldContain("Say what needs doing");
        (await PostAsync(boss, url, "Return", [("Words", "Ask her sister")], "Approve")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await other.PageAsync(url)).QuerySelector(".govuk-inset-text")!.TextContent.ShouldContain("Ask her sister");
        (await CompleteFormAsync(other, url)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await PostAsync(boss, url, "Approve")).RedirectPath().ShouldBe(url);
        (await site.EpisodeAsync(episode.Id)).Departure.ShouldBe(Departures.Assessed);
    }

    [Fact]
    public async Task Episode_EachAct_OnItsOwnPage_AsksAndDoes()
    {
        await using var site = await StartAsync();
        var (_, manager) = await TeamAsync(site);
        var west = await site.TeamAsync("West");
        var (episode, second) = (await OpenAsync(site), await OpenAsync(site));
        var client = site.Client(manager.Id);
        async Task ActAsync(string act, string error, params (string, string?)[] fields)
        {
            var url = $"/work/{episode.Reference}/do/{act}";
            (await (await site.PostFormAsync(client, url)).PageAsync()).Errors().ShouldBe([error], act);
            using var done = await site.PostFormAsync(client, url, fields);
            done.StatusCode.ShouldBe(HttpStatusCode.Redirect, $"{act}: {string.Join(' ', (await done.PageAsync()).Errors())}");
        }

        await ActAsync("priority", "Choose a priority.", ("Input.Priority", "high"), ("Input.Reason", "fell twice"));
        await ActAsync("contact", "Say whether you reached them.", ("Input.Reached", "true"), ("Input.Risk", "red"), ("Input.Reason", "Managing"));
        await ActAsync("pause", "Say why it is paused, such as “in hospital”.", ("Input.Reason", "in hospital"));
        (await site.EpisodeAsync(episode.Id)).ShouldSatisfyAllConditions(e => e.IsPaused.ShouldBeTrue(), e => e.Priority.ShouldBe("high"), e => e.Risk.ShouldBe("red"), e => e.LastContactDate.ShouldBe(site.CareClock.Today));
        (await site.PostFormAsync(client, $"/work/{episode.Reference}/do/resume")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await ActAsync("link", "Give the reference of the other item.", ("Input.ToReference", second.Reference));
        await ActAsync("allocate", "Choose the worker to allocate to.", ("Input.WorkerId", manager.Id.ToString()));
        await ActAsync("move-back", "Say why it goes back; whoever takes it up reads this.", ("Input.StageKey", "queue"), ("Input.Reason", "worker ill"));
        await ActAsync("transfer", "Choose the team to transfer to.", ("Input.TeamId", west.Id.ToString()), ("Input.Reason", "moved house"));
        await site.LeavesAsync(episode.Id, "signpost");
        await ActAsync("reopen", "Say why it is opened again.", ("Input.StageKey", "queue"), ("Input.Reason", "rang again"));

        var page = await client.PageAsync($"/work/{episode.Reference}");
        page.QuerySelector("main")!.TextContent.ShouldContain($"Sample work {second.Reference}");
        (await client.GetAsync($"/work/{episode.Reference}/do/nonsense")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Episode_StaleAct_KeepsWhatWasTyped_AndThePressAgainWorks()
    {
        await using var site = await StartAsync();
        var (_, manager) = await TeamAsync(site);
        var episode = await OpenAsync(site);
        var client = site.Client(manager.Id);
        var url = $"/work/{episode.Reference}/do/priority";
        var form = (IHtmlFormElement)(await client.PageAsync(url)).QuerySelector("main form")!;
        await site.DoAsync(async (SetRisk set) => await set.RunAsync(await site.SeenAsync(episode.Id), "red"));

        var refused = await (await client.SendFormAsync(form, url, ("Input.Priority", "low"), ("Input.Reason", "has a neighbour"))).PageAsync();

        refused.Errors().ShouldHaveSingleItem().ShouldContain("was changed by Waymark (set risk)");
        ((IHtmlInputElement)refused.QuerySelector("input[name='Input.Reason']")!).Value.ShouldBe("has a neighbour");
        (await client.SendFormAsync((IHtmlFormElement)refused.QuerySelector("main form")!, url)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await site.EpisodeAsync(episode.Id)).ShouldSatisfyAllConditions(e => e.Priority.ShouldBe("low"), e => e.Risk.ShouldBe("red"));
    }

    [Fact]
    public async Task Episode_Restricted_ShowsWhomToAsk_HiddenIsNotThere_AndViewsAreLogged()
    {
        await using var site = await StartAsync();
        var (_, manager) = await TeamAsync(site);
        var (open, stub, hidden) = (await OpenAsync(site), await OpenAsync(site), await OpenAsync(site));
        var owner = await Given.UserAsync(site, Roles.SafeguardingLead, name: "Kit Roe");
        await site.InDbAsync(async db =>
        {
            db.Restrictions.AddRange(new[] { (stub, false), (hidden, true) }.Select(r => new Restriction
            {
                PersonId = r.Item1.PersonId!.Value, EpisodeId = r.Item1.Id, HidesStub = r.Item2, Reason = "colleague", OwnerId = owner.Id, FromOn = site.CareClock.Now,
            }));
            return await db.SaveChangesAsync();
        });
        var client = site.Client(manager.Id);

        (await client.GetAsync($"/work/{open.Reference}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await client.PageAsync($"/work/{stub.Reference}");
        page.QuerySelector("main")!.TextContent.ShouldContain("Speak to Kit Roe.");
        page.Body!.TextContent.ShouldNotContain("Okafor");
        (await client.GetAsync($"/work/{hidden.Reference}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetAsync("/work/SMP-1999-000001")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var part in new[] { "notes", "documents", "history", "do/priority" })
        {
            (await client.GetAsync($"/work/{stub.Reference}/{part}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await Should.ThrowAsync<RefusedException>(async () => await site.DoAsync(
            async (SetRisk set) => await set.RunAsync(await site.SeenAsync(stub.Id), "red"), v => v.SignIn(manager.Id, "Mia Poe", new HashSet<string>(), new HashSet<string> { Can.DoWork }, [], [])))).Message.ShouldContain("Speak to Kit Roe");
        await site.Services.GetRequiredService<ViewLog>().FlushAsync();
        (await site.InDbAsync(db => db.ViewLog.Where(v => v.UserId == manager.Id).Select(v => v.PersonId).ToListAsync())).ShouldBe([open.PersonId!.Value]);
    }

    [Fact]
    public async Task Episode_NotesAndDocuments_StandOnPagesOfItsOwn()
    {
        await using var site = await StartAsync();
        var (_, manager) = await TeamAsync(site);
        var episode = await OpenAsync(site);
        var client = site.Client(manager.Id);

        (await client.PageAsync($"/work/{episode.Reference}/notes")).QuerySelector("main textarea").ShouldNotBeNull();
        (await client.PageAsync($"/work/{episode.Reference}/documents")).QuerySelector($"a[href*='episodeId={episode.Id}']").ShouldNotBeNull();
    }

    [Fact]
    public async Task History_ShowsWhatHappened_AndACorrectionKeepsTheWrongEntry()
    {
        await using var site = await StartAsync();
        var (_, manager) = await TeamAsync(site);
        var episode = await OpenAsync(site);
        await site.DoAsync(async (RecordWaitingContact record) => await record.RunAsync(await site.SeenAsync(episode.Id), new NewWaitingContact(site.CareClock.Today, true, "Spoke with her sister", "red")));
        var client = site.Client(manager.Id);
        var url = $"/work/{episode.Reference}/history";
        var first = (await site.SpansAsync(episode.Id))[0];

        (await client.PageAsync(url)).QuerySelector(".wm-timeline")!.TextContent.ShouldContain("Spoke with her sister");
        (await (await site.PostFormAsync(client, url, ("Input.SpanId", $"{first.Id}"))).PageAsync()).Errors().ShouldBe(["Say why the record was wrong."]);
        (await site.PostFormAsync(client, url, ("Input.SpanId", $"{first.Id}"), ("Input.Reason", "Came by letter"), ("Input.FromDate.Day", "29"), ("Input.FromDate.Month", "7"), ("Input.FromDate.Year", "2024"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await client.PageAsync(url)).QuerySelectorAll(".wm-timeline del").Length.ShouldBe(2);
        (await site.SpansAsync(episode.Id)).Select(s => s.VisitDate).ShouldAllBe(d => d == new DateOnly(2024, 7, 29));
    }

    private static Task<TestSite> StartAsync(Engine engine = Engine.Sqlite) => TestSite.StartAsync(engine, Given.ModuleOf(new SampleWorkModule()));

    private static async Task<(Team Team, User Manager)> TeamAsync(TestSite site)
    {
        var east = await site.TeamAsync("East", SampleWork.Queueing.Key);
        return (east, await Given.UserAsync(site, Roles.TeamManager, east, "Mia Poe", isManager: true));
    }

    private static async Task<Episode> OpenAsync(TestSite site) => await site.OpensAsync(new NewEpisode { PathwayKey = SampleWork.PathwayKey, PersonId = (await site.SomeoneAsync()).Id });

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string url, string handler, params (string, string?)[] fields) => PostAsync(client, url, handler, fields, handler);

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string url, string handler, string form) => PostAsync(client, url, handler, [], form);

    /// <summary>Presses a button of the form that posts to a handler, perhaps one that posts elsewhere.</summary>
    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string url, string handler, (string, string?)[] fields, string form)
    {
        var found = (IHtmlFormElement)(await client.PageAsync(url)).QuerySelector($"form[action$='?handler={form}']")!;
        found.SetAttribute("action", $"{url}?handler={handler}");
        return await client.SendFormAsync(found, url, fields);
    }

    private static async Task<HttpResponseMessage> CompleteFormAsync(HttpClient client, string url, params (string, string?)[] answers)
    {
        var form = (IHtmlFormElement)(await client.PageAsync(url)).QuerySelector("form[data-autosave]")!;
        return await client.SendFormAsync(form, url, [.. answers, ("_act", "complete")]);
    }
}
