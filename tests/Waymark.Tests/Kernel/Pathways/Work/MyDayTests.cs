using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Pathways.Work;

/// <summary>My day over HTTP.</summary>
public sealed class MyDayTests
{
    [Theory, BothEngines]
    public async Task MyDay_OverdueTodayThisWeek_AndTheCaseloadOldestFirst(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var (_, ana) = await TeamAsync(site);
        var first = await AllocatedAsync(site, ana, "Amal");
        site.CareClock.Offset += TimeSpan.FromDays(2);
        var second = await AllocatedAsync(site, ana, "Bela");
        site.CareClock.Offset += TimeSpan.FromDays(4);

        // Tuesday 6 August: Amal's two working days ended on Friday 2nd, Bela's today.
        var page = await site.Client(ana.Id).PageAsync("/my-day");

        Rows(page, "#overdue").ShouldBe([first.Reference]);
        Rows(page, "#today").ShouldBe([second.Reference]);
        page.QuerySelector("#overdue")!.TextContent.ShouldContain("due Friday 2 August, 2 working days overdue");
        page.QuerySelector("main")!.TextContent.ShouldContain("Due today 1");
        page.QuerySelectorAll("table").Last().QuerySelectorAll("tbody a").Select(a => a.TextContent).ShouldBe([first.Reference, second.Reference]);
    }

    [Theory, BothEngines]
    public async Task AW_5_MyDay_PeopleToCall_MineAndMyTeamsUnallocated(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var (_, ana) = await TeamAsync(site);
        var west = await site.TeamAsync("West");
        var (mine, queue, elsewhere, later) = (await AllocatedAsync(site, ana, "Amal"), await OpenAsync(site, "Bela"), await OpenAsync(site, "Caro", west.Id), await OpenAsync(site, "Dina"));
        foreach (var (episode, risk) in new[] { (mine, "red"), (queue, "red"), (elsewhere, "red"), (later, "green") })
        {
            await site.DoAsync(async (RecordWaitingContact record) => await record.RunAsync(await site.SeenAsync(episode.Id), new NewWaitingContact(site.CareClock.Today, true, null, risk)));
        }

        site.CareClock.Offset += TimeSpan.FromDays(8);
        var page = await site.Client(ana.Id).PageAsync("/my-day");

        Rows(page, "#calls").Order().ShouldBe([mine.Reference, queue.Reference]);
        page.QuerySelector("#calls")!.TextContent.ShouldContain("due yesterday, 1 working day overdue");
        (await site.Client(ana.Id).PageAsync("/work?flag=contact&team=mine")).QuerySelectorAll("tbody tr").Length.ShouldBe(2);
    }

    [Theory, BothEngines]
    public async Task MyDay_ApprovalsForTheManager_ReturnedToTheAuthor_InAtMost12Statements(Engine engine)
    {
        var counter = new StatementCount();
        await using var site = await TestSite.StartAsync(engine, services => { Given.ModuleOf(new SampleWorkModule())(services); counter.Watch(services); });
        var (east, ana) = await TeamAsync(site);
        var manager = await Given.UserAsync(site, Roles.TeamManager, east, "Mia Poe", isManager: true);
        var episode = await AllocatedAsync(site, await Given.UserAsync(site, Roles.SocialWorker, east, "Ben Ode"), "Amal");
        var approval = await SendAsync(site, episode.Id, ana);

        counter.Restart();
        var day = await site.Client(manager.Id).PageAsync("/my-day");
        counter.Statements.Count.ShouldBeLessThanOrEqualTo(StatementCount.MostOfAPage, $"{counter.Statements.Count} statements");
        Rows(day, "#approve").ShouldBe([episode.Reference]);
        (await site.Client(ana.Id).PageAsync("/my-day")).QuerySelector("#approve").ShouldBeNull();

        await site.DoAsync((DecideApproval decide) => decide.RunAsync(approval, false, "Ask her sister"), v => v.SignIn(manager.Id, "Mia Poe", new HashSet<string>(), new HashSet<string> { Can.ApproveWork }, [], []));

        var author = await site.Client(ana.Id).PageAsync("/my-day");
        author.QuerySelector("#sent-back")!.TextContent.ShouldContain("Ask her sister");
        (await site.Client(manager.Id).PageAsync("/my-day")).QuerySelector("#approve").ShouldBeNull();
        await SendAsync(site, episode.Id, ana);
        (await site.Client(ana.Id).PageAsync("/my-day")).QuerySelector("#sent-back").ShouldBeNull();
    }

    [Theory, BothEngines]
    public async Task Alert_BelongsToTheWorker_IsAcknowledgedOnce_AndMovesUpIfItIsNot(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var (east, ana) = await TeamAsync(site);
        var manager = await Given.UserAsync(site, Roles.TeamManager, east, "Mia Poe", isManager: true);
        var west = await site.TeamAsync("West");
        var other = await Given.UserAsync(site, Roles.TeamManager, west, "Ola Dunn", isManager: true);
        var (seen, unseen) = (await AllocatedAsync(site, ana, "Amal"), await AllocatedAsync(site, ana, "Bela"));
        using var worker = site.Client(ana.Id);
        using var boss = site.Client(manager.Id);

        // Due Friday 2 August; on the 3rd both are the worker's, and nobody else's.
        site.CareClock.Offset += TimeSpan.FromDays(3);
        Rows(await worker.PageAsync("/my-day"), "#overdue").ShouldBe([seen.Reference, unseen.Reference], ignoreOrder: true);
        (await boss.PageAsync("/my-day")).QuerySelector("#alerts").ShouldBeNull();
        var form = AlertOf(await worker.PageAsync("/my-day"), "#overdue", seen);
        using var done = await worker.SendFormAsync(form, "/my-day");
        done.RedirectPath().ShouldBe("/my-day");
        (await worker.PageAsync("/my-day")).QuerySelector("#overdue")!.TextContent.ShouldContain("acknowledged 3 Aug");
        var stored = (await site.ClocksAsync(seen.Id)).Values.Single(c => c.AcknowledgedOn is not null);
        stored.AcknowledgedById.ShouldBe(ana.Id);
        (await site.InDbAsync(db => db.Audit.SingleAsync(a => a.Act == "acknowledge-alert"))).SubjectId.ShouldBe(seen.Id.ToString());

        // Twice, or by another team's manager: refused in words, and nothing changes.
        (await (await worker.SendFormAsync(form, "/my-day")).PageAsync()).Errors().ShouldHaveSingleItem().ShouldContain("acknowledged this on 3 August 2024");
        using var stranger = site.Client(other.Id);
        var theirs = AlertOf(await worker.PageAsync("/my-day"), "#overdue", unseen).QuerySelector("input[name=alert]")!.GetAttribute("value");
        await Should.ThrowAsync<RefusedException>(() => site.DoAsync((AcknowledgeAlert act) => act.RunAsync(Guid.Parse(theirs!)), v => v.SignIn(other.Id, "Ola Dunn", new HashSet<string>(), new HashSet<string> { Can.DoWork }, [west.Id], [west.Id])));

        // A working day later, on Tuesday, what was not acknowledged stands on the manager's day.
        site.CareClock.Offset += TimeSpan.FromDays(3);
        Rows(await boss.PageAsync("/my-day"), "#alerts").ShouldBe([unseen.Reference]);
        (await boss.PageAsync("/my-day")).QuerySelector("#alerts")!.TextContent.ShouldContain(ana.DisplayName);
        (await stranger.PageAsync("/my-day")).QuerySelector("#alerts").ShouldBeNull();
        using var moved = await boss.SendFormAsync(AlertOf(await boss.PageAsync("/my-day"), "#alerts", unseen), "/my-day");
        (await boss.PageAsync("/my-day")).QuerySelector("#alerts").ShouldBeNull();
    }

    [Fact]
    public async Task Alert_OfWorkWithoutAWorker_IsTheManagersAtOnce_AndOneNotOverdueOrGuessedIsRefused()
    {
        await using var site = await StartAsync();
        var (east, _) = await TeamAsync(site);
        var manager = await Given.UserAsync(site, Roles.TeamManager, east, "Mia Poe", isManager: true);
        var waiting = await OpenAsync(site, "Caro");
        void AsManager(Viewer viewer) => viewer.SignIn(manager.Id, "Mia Poe", new HashSet<string>(), new HashSet<string> { Can.ApproveWork }, [east.Id], [east.Id]);
        var running = (await site.ClocksAsync(waiting.Id)).Values.First(c => c is { DueOn: not null, IsThreshold: false });
        (await Should.ThrowAsync<RefusedException>(() => site.DoAsync((AcknowledgeAlert act) => act.RunAsync(running.Id), AsManager))).Message.ShouldContain("not overdue");
        (await Should.ThrowAsync<RefusedException>(() => site.DoAsync((AcknowledgeAlert act) => act.RunAsync(Guid.NewGuid()), AsManager))).Message.ShouldContain("no such alert");

        site.CareClock.Offset = CareClock.DemoStart - site.Time.GetUtcNow().UtcDateTime + (running.DueOn!.Value - CareClock.DemoStart) + TimeSpan.FromHours(1);

        Rows(await site.Client(manager.Id).PageAsync("/my-day"), "#alerts").ShouldContain(waiting.Reference);
    }

    private static IHtmlFormElement AlertOf(IHtmlDocument page, string section, Episode episode) =>
        page.QuerySelectorAll($"{section} tbody tr").Single(r => r.TextContent.Contains(episode.Reference, StringComparison.Ordinal)).FormAt("form[action*='handler=Acknowledge']");

    [Fact]
    public async Task MyDay_NothingToDo_SaysSo()
    {
        await using var site = await StartAsync();
        var (_, ana) = await TeamAsync(site);
        var page = await site.Client(ana.Id).PageAsync("/my-day");
        page.QuerySelectorAll(".wm-empty").Length.ShouldBe(2);
        (await site.Client().GetAsync("/my-day")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);
    }

    private static Task<TestSite> StartAsync(Engine engine = Engine.Sqlite) => TestSite.StartAsync(engine, Given.ModuleOf(new SampleWorkModule()));

    private static async Task<(Team Team, User Worker)> TeamAsync(TestSite site)
    {
        var east = await site.TeamAsync("East", SampleWork.Queueing.Key);
        return (east, await Given.UserAsync(site, Roles.SocialWorker, east, "Ana Lee"));
    }

    private static async Task<Episode> OpenAsync(TestSite site, string given, Guid? team = null) =>
        await site.OpensAsync(new NewEpisode { PathwayKey = SampleWork.PathwayKey, PersonId = (await site.SomeoneAsync(given)).Id, TeamId = team });

    private static async Task<Episode> AllocatedAsync(TestSite site, User worker, string given)
    {
        var episode = await OpenAsync(site, given);
        await site.DoAsync(async (AllocateEpisode allocate) => await allocate.RunAsync(await site.SeenAsync(episode.Id), worker.Id));
        return episode;
    }

    private static async Task<Guid> SendAsync(TestSite site, Guid episode, User author)
    {
        void As(Viewer viewer) => viewer.SignIn(author.Id, author.DisplayName, new HashSet<string>(), new HashSet<string> { Can.DoWork, Can.ViewWork }, [], []);
        if ((await site.EpisodeAsync(episode)).StageKey == "work")
        {
            var task = await site.InDbAsync(db => db.EpisodeTasks.Where(t => t.EpisodeId == episode).Select(t => t.Id).SingleAsync());
            await site.DoAsync((CompleteTask complete) => complete.RunAsync(task));
            await site.LeavesAsync(episode, "on");
        }

        var draft = await site.DraftAsync("sample-work", new DraftSubject { EpisodeId = episode, VisitId = await site.VisitAsync(episode) }, As);
        await site.TypesAsync(As, draft, ("is-right", "Yes"));
        await site.CompletesAsync(As, draft, 1);
        return await site.InDbAsync(db => db.Approvals.Where(a => a.DecidedOn == null).Select(a => a.Id).SingleAsync());
    }

    private static string[] Rows(IHtmlDocument page, string section) => [.. page.QuerySelectorAll($"{section} tbody td.nowrap a").Select(a => a.TextContent)];
}
