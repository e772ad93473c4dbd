using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Pathways.Work;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Pathways.Work;

/// <summary>The work list over HTTP.</summary>
public sealed class WorkListTests
{
    [Theory, BothEngines]
    public async Task AW_1_WorkList_AsAtAnyPastDay(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var (east, manager) = await TeamAsync(site);
        var first = await OpenAsync(site, "Amal", new DateOnly(2024, 7, 1));
        var second = await OpenAsync(site, "Bela", new DateOnly(2024, 7, 29));
        await MoveAsync(site, new DateOnly(2024, 8, 2));
        await site.DoAsync(async (SetPriority set) => await set.RunAsync(await site.SeenAsync(second.Id), "urgent", "carer in hospital"));
        await site.DoAsync(async (AllocateEpisode allocate) => await allocate.RunAsync(await site.SeenAsync(first.Id), manager.Id));
        await MoveAsync(site, new DateOnly(2024, 8, 5));
        await site.LeavesAsync(second.Id, "signpost");
        var third = await OpenAsync(site, "Caro");
        var client = site.Client(manager.Id);
        async Task<string[]> RowsAsync(string query) => Rows(await client.PageAsync($"/work?pathway=sample-work{query}"));

        (await RowsAsync("&at=2024-06-30")).ShouldBeEmpty();
        (await RowsAsync("&at=2024-07-01")).ShouldBe([first.Reference]);
        (await RowsAsync("&at=2024-08-01&stage=queue")).ShouldBe([first.Reference, second.Reference]);
        (await RowsAsync("&at=2024-08-02&stage=queue")).ShouldBe([second.Reference]);
        (await RowsAsync("&at=2024-08-02&stage=work&worker=me")).ShouldBe([first.Reference]);
        (await RowsAsync("&at=2024-08-04&priority=urgent")).ShouldBe([second.Reference]);
        (await RowsAsync("")).Order().ShouldBe([first.Reference, third.Reference]);

        var past = await client.PageAsync("/work?pathway=sample-work&at=2024-08-01");
        past.Body!.TextContent.ShouldContain("2 people, 2 items · longest 31 days · median 17 days");
        past.QuerySelectorAll("input[name='Input.Rows']").ShouldBeEmpty();
        past.QuerySelector("h1")!.TextContent.ShouldBe("Work list as at 1 August 2024");
        east.Name.ShouldBe("East");
    }

    [Theory, BothEngines]
    public async Task WorkList_EveryFilterAndSort_Answers_NowAndPast(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var (_, manager) = await TeamAsync(site);
        var episode = await OpenAsync(site, "Amal");
        await site.DoAsync(async (RecordWaitingContact record) => await record.RunAsync(await site.SeenAsync(episode.Id), new NewWaitingContact(site.CareClock.Today, true, "spoke", "red")));
        await MoveAsync(site, new DateOnly(2024, 9, 1));
        var client = site.Client(manager.Id);
        var other = Guid.NewGuid();
        foreach (var at in new[] { "", "&at=20/8/2024" })
        {
            foreach (var (query, isShown) in new[]
            {
                ("team=mine", true), ("team=east", true), ("team=none-such", false), ("worker=none", true), ("worker=me", false), ($"worker={other}", false), ("priority=none", true),
                ("priority=high", false), ("risk=red", true), ("risk=none", false), ("due=overdue", true), ("due=today", false), ("due=week", false), ("ward=E1", true), ("ward=W1", false),
                ("flag=contact", true), ("flag=paused", false), ("flag=approval", false), ("flag=after", false), ("flag=nonsense", true), ("sort=wait", true), ("sort=contact", true),
                ("pathway=sample-work&stage=queue", true), ("pathway=sample-work&stage=work", false), ("kind=ot", false), ("page=2", false),
            })
            {
                using var response = await client.GetAsync($"/work?{query}{at}");
                response.StatusCode.ShouldBe(HttpStatusCode.OK, query);
                Rows(await response.PageAsync()).Length.ShouldBe(isShown ? 1 : 0, query + at);
            }
        }
    }

    [Theory, BothEngines]
    public async Task WorkList_MostUrgentFirstThenLongestWaiting_AndRestrictedOnlyCounted(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var (_, manager) = await TeamAsync(site);
        var (old, late, urgent, hidden) = (await OpenAsync(site, "Old", new DateOnly(2024, 5, 1)), await OpenAsync(site, "Late"), await OpenAsync(site, "Urgent"), await OpenAsync(site, "Hidden"));
        await site.DoAsync(async (SetPriority set) => await set.RunAsync(await site.SeenAsync(urgent.Id), "urgent", "lives alone"));
        await site.InDbAsync(async db =>
        {
            db.Restrictions.Add(new Restriction { PersonId = hidden.PersonId!.Value, Reason = "colleague", OwnerId = Guid.NewGuid(), FromOn = site.CareClock.Now.AddYears(-1) });
            return await db.SaveChangesAsync();
        });

        var page = await site.Client(manager.Id).PageAsync("/work");

        Rows(page).ShouldBe([urgent.Reference, old.Reference, late.Reference]);
        page.Body!.TextContent.ShouldContain("3 people, 3 items · longest 91 days · median 0 days · 1 restricted");
        page.Body.TextContent.ShouldNotContain("Hidden Okafor");
        page.Body.TextContent.ShouldContain("lives alone");
        var csv = await site.Client(manager.Id).GetStringAsync("/work/rows.csv");
        csv.ShouldNotContain("Hidden");
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(4);
    }

    [Fact]
    public async Task WorkList_Allocate_DoesTheRest_AndSaysWhyNot()
    {
        await using var site = await StartAsync();
        var (_, manager) = await TeamAsync(site);
        var (one, two) = (await OpenAsync(site, "Amal"), await OpenAsync(site, "Bela"));
        var client = site.Client(manager.Id);
        var page = await client.PageAsync("/work");
        var boxes = page.QuerySelectorAll<IHtmlInputElement>("input[name='Input.Rows']").Select(b => ("Input.Rows", (string?)b.Value)).ToArray();
        await site.DoAsync(async (SetRisk set) => await set.RunAsync(await site.SeenAsync(two.Id), "red"));

        var nobody = await Post(client, page, "Allocate", [.. boxes]);
        (await nobody.PageAsync()).Errors().ShouldBe(["Choose the worker to allocate to."]);
        var none = await Post(client, page, "Allocate", ("Input.WorkerId", manager.Id.ToString()));
        (await none.PageAsync()).Errors().ShouldBe(["Select at least one row."]);

        var some = await (await Post(client, page, "Allocate", [.. boxes, ("Input.WorkerId", manager.Id.ToString())])).PageAsync();
        some.Errors().ShouldHaveSingleItem().ShouldContain($"{two.Reference} was changed by Waymark (set risk)");
        some.Body!.TextContent.ShouldContain("1 item allocated. 1 item was not");
        (await site.EpisodeAsync(one.Id)).WorkerId.ShouldBe(manager.Id);

        // What is shown now is current, so the same press works.
        var again = await Post(client, await client.PageAsync("/work?worker=none"), "Allocate", ("Input.Rows", (await site.SeenAsync(two.Id)).ToString()), ("Input.WorkerId", manager.Id.ToString()));
        again.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        again.RedirectPath().ShouldBe("/work?worker=none");
    }

    [Fact]
    public async Task WorkList_ARoleThatMayNot_SeesNoButtons_AndIsRefused()
    {
        await using var site = await StartAsync();
        var (east, _) = await TeamAsync(site);
        var reader = await Given.UserAsync(site, Roles.PerformanceLead, east);
        var episode = await OpenAsync(site, "Amal");
        var client = site.Client(reader.Id);
        var page = await client.PageAsync("/work");

        Rows(page).ShouldBe([episode.Reference]);
        page.QuerySelectorAll("input[name='Input.Rows']").ShouldBeEmpty();
        (await Post(client, page, "Allocate", ("Input.Rows", (await site.SeenAsync(episode.Id)).ToString()), ("Input.WorkerId", reader.Id.ToString()))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await site.EpisodeAsync(episode.Id)).WorkerId.ShouldBeNull();
    }

    [Fact]
    public async Task WorkList_CloseTogether_IsProposed_AndNothingClosesYet()
    {
        await using var site = await StartAsync();
        var (_, manager) = await TeamAsync(site);
        var episode = await OpenAsync(site, "Amal");
        var client = site.Client(manager.Id);

        var page = await client.PageAsync("/work");
        (await (await Post(client, page, "Close", ("Input.Rows", (await site.SeenAsync(episode.Id)).ToString()), ("Input.Departure", "died"))).PageAsync()).Errors().ShouldHaveSingleItem().ShouldContain("why these are closed together");
        var proposed = await Post(client, page, "Close", ("Input.Rows", (await site.SeenAsync(episode.Id)).ToString()), ("Input.Departure", "duplicate"), ("Input.ClosingReason", "Loaded twice"));

        proposed.RedirectPath().ShouldStartWith("/work/closures/");
        (await site.EpisodeAsync(episode.Id)).ClosedOn.ShouldBeNull();

        // The proposer sees no buttons; someone else turns it down only with words, or approves.
        (await client.PageAsync(proposed.RedirectPath())).QuerySelectorAll("main form").ShouldBeEmpty();
        var other = site.Client((await Given.UserAsync(site, Roles.RecordsOfficer)).Id);
        var shown = await other.PageAsync(proposed.RedirectPath());
        shown.Body!.TextContent.ShouldContain("Amal Okafor");
        async Task<HttpResponseMessage> DecideAsync(string how)
        {
            var form = (IHtmlFormElement)shown.QuerySelector("main form")!;
            form.SetAttribute("action", $"{proposed.RedirectPath()}?handler={how}");
            return await other.SendFormAsync(form, "");
        }

        (await (await DecideAsync("TurnDown")).PageAsync()).Errors().ShouldHaveSingleItem().ShouldContain("Say why not");
        (await DecideAsync("Approve")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await site.EpisodeAsync(episode.Id)).Departure.ShouldBe(Departures.Duplicate);
    }

    [Fact]
    public async Task WorkList_SavedView_KeepsTheAddress_ForOneselfOrATeam()
    {
        await using var site = await StartAsync();
        var (east, manager) = await TeamAsync(site);
        var colleague = await Given.UserAsync(site, Roles.SocialWorker, east);
        var client = site.Client(manager.Id);
        const string form = "form[action*=SaveView]";

        (await (await site.PostFormAsync(client, "/work?risk=red", form, [("Input.ViewName", " ")])).PageAsync()).Errors().ShouldBe(["Give the view a name."]);
        (await site.PostFormAsync(client, "/work?risk=red&flag=contact", form, [("Input.ViewName", "To call"), ("Input.ViewTeamId", east.Id.ToString())])).RedirectPath().ShouldBe("/work?risk=red&flag=contact");
        (await site.PostFormAsync(client, "/work?due=overdue", form, [("Input.ViewName", "Late")])).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        string[] Views(IHtmlDocument page) => [.. page.QuerySelectorAll(".wm-sub-nav__link").Select(a => a.GetAttribute("href")!)];
        Views(await client.PageAsync("/work")).ShouldBe(["/work?due=overdue", "/work?risk=red&flag=contact"]);
        Views(await site.Client(colleague.Id).PageAsync("/work")).ShouldBe(["/work?risk=red&flag=contact"]);
        await site.PostFormAsync(client, "/work", "form[action*=DeleteView]", []);
        Views(await client.PageAsync("/work")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task WorkList_Csv_GuardsFormulas_AndIsAudited()
    {
        await using var site = await StartAsync();
        var (_, manager) = await TeamAsync(site);
        await OpenAsync(site, "=HYPERLINK(1)");

        var csv = await site.Client(manager.Id).GetStringAsync("/work/rows.csv?team=east");

        csv.ShouldContain("'=HYPERLINK(1) Okafor");
        (await site.InDbAsync(db => db.Audit.SingleAsync(a => a.Act == "export-work-list"))).ShouldSatisfyAllConditions(a => a.SubjectId.ShouldBe("?team=east"), a => a.UserId.ShouldBe(manager.Id));
    }

    [Fact]
    public async Task WorkList_EmptyList_SaysWhy()
    {
        await using var site = await StartAsync();
        var (_, manager) = await TeamAsync(site);
        var client = site.Client(manager.Id);

        (await client.PageAsync("/work")).QuerySelector(".wm-empty")!.TextContent.ShouldContain("No work is open.");
        (await client.PageAsync("/work?risk=red&team=east")).QuerySelector(".wm-empty")!.TextContent.ShouldContain("Nothing is waiting that fits all 2 filters.");
        (await client.PageAsync("/work?at=2020-01-01")).QuerySelector(".wm-empty")!.TextContent.ShouldContain("No work was open on 1 January 2020.");
    }

    [Theory, BothEngines]
    public async Task WorkList_Statements_AtMost12_WhateverTheSize(Engine engine)
    {
        var counter = new StatementCount();
        await using var site = await TestSite.StartAsync(engine, services => { Given.ModuleOf(new SampleWorkModule())(services); counter.Watch(services); });
        var (_, manager) = await TeamAsync(site);
        await OpenAsync(site, "Amal");
        var client = site.Client(manager.Id);
        await client.PageAsync("/work");
        async Task<int> CountAsync(string url)
        {
            counter.Restart();
            await client.PageAsync(url);
            return counter.Statements.Count;
        }

        var few = await CountAsync("/work?team=mine&sort=wait");
        for (var i = 0; i < 60; i++)
        {
            await OpenAsync(site, $"Person {i}");
        }

        var many = await CountAsync("/work?team=mine&sort=wait");

        many.ShouldBe(few);
        many.ShouldBeLessThanOrEqualTo(StatementCount.MostOfAPage, $"{counter.Statements.Count} statements");
        (await CountAsync("/work?at=2024-07-31&page=2")).ShouldBeLessThanOrEqualTo(StatementCount.MostOfAPage);
    }

    [Fact]
    public void Filter_RoundTripsThroughTheAddress()
    {
        var filter = new WorkFilter { Team = "east & west", Flag = [Flags.Paused, Flags.Contact], At = new DateOnly(2024, 7, 1), Sort = "wait" };
        var query = new Microsoft.AspNetCore.Http.QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(filter.ToQuery()));
        WorkFilter.From(query).ToQuery().ShouldBe(filter.ToQuery());
        filter.ToQuery().ShouldBe("?team=east%20%26%20west&flag=paused&flag=contact&sort=wait&at=2024-07-01");
    }

    private static Task<TestSite> StartAsync(Engine engine = Engine.Sqlite) => TestSite.StartAsync(engine, Given.ModuleOf(new SampleWorkModule()));

    private static async Task<(Team Team, User Manager)> TeamAsync(TestSite site)
    {
        var east = await site.TeamAsync("East", SampleWork.Queueing.Key);
        return (east, await Given.UserAsync(site, Roles.TeamManager, east, "Mia Poe", isManager: true));
    }

    private static async Task<Episode> OpenAsync(TestSite site, string given, DateOnly? received = null) => await site.OpensAsync(new NewEpisode
    {
        PathwayKey = SampleWork.PathwayKey,
        PersonId = (await site.SomeoneAsync(given, ward: "E1")).Id,
        ReceivedOn = received is { } day ? CareClock.FromLondon(day, new TimeOnly(9, 0)) : null,
    });

    private static Task MoveAsync(TestSite site, DateOnly day)
    {
        site.CareClock.Offset += CareClock.FromLondon(day, new TimeOnly(9, 0)) - site.CareClock.Now;
        return Task.CompletedTask;
    }

    private static string[] Rows(IHtmlDocument page) => [.. page.QuerySelectorAll("tbody tr td a[href^='/work/']").Select(a => a.TextContent)];

    private static Task<HttpResponseMessage> Post(HttpClient client, IHtmlDocument page, string handler, params (string Name, string? Value)[] fields)
    {
        var form = page.QuerySelector<IHtmlFormElement>("main form[method=post]")!;
        var url = form.GetAttribute("action")!;
        form.SetAttribute("action", url[..(url.LastIndexOf('=') + 1)] + handler);
        return client.SendFormAsync(form, "/work", fields);
    }
}
