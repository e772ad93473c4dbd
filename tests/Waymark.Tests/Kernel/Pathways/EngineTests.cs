using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Pathways;

/// <summary>Opening, moving on, moving back, closing, re-opening; clocks beside them.</summary>
public sealed class EngineTests
{
    private readonly SampleWorkModule module = new();

    [Theory, BothEngines]
    public async Task Open_GoesToTheTeamOfDutyAndWard_WithSpanClocksPartiesAndReference(Engine engine)
    {
        await using var site = await StartAsync(engine);
        await site.TeamAsync("Anywhere", SampleWork.Queueing.Key);
        var east = await site.TeamAsync("East", SampleWork.Queueing.Key, "E1,E2");
        var person = await site.SomeoneAsync(ward: "E2", born: new DateOnly(2008, 2, 29));
        var received = CareClock.FromLondon(new DateOnly(2024, 7, 29), new TimeOnly(16, 0));

        var episode = await site.OpensAsync(new NewEpisode { PathwayKey = SampleWork.PathwayKey, PersonId = person.Id, ReceivedOn = received, Parties = [new("referrer", Name: "Dr Hall")] });
        var second = await site.OpensAsync(new NewEpisode { PathwayKey = SampleWork.PathwayKey, PersonId = person.Id });

        episode.Reference.ShouldBe("SMP-2024-000001");
        second.Reference.ShouldBe("SMP-2024-000002");
        episode.TeamId.ShouldBe(east.Id);
        var span = (await site.SpansAsync(episode.Id)).ShouldHaveSingleItem();
        (span.StageKey, span.FromOn, span.VisitDate, span.TeamId, span.ToOn).ShouldBe(("queue", received, new DateOnly(2024, 7, 29), east.Id, null));
        var clocks = await site.ClocksAsync(episode.Id);
        clocks.Keys.Order().ShouldBe(["adult", "old", "total"]);
        clocks["total"].DueDate.ShouldBe(new DateOnly(2024, 8, 12));
        clocks["total"].Limit.ShouldBe("10 working days");
        clocks["old"].IsThreshold.ShouldBeTrue();

        // Born on 29 February: 18 on 1 March 2026, so before it means by the end of 28 February.
        clocks["adult"].DueDate.ShouldBe(new DateOnly(2026, 2, 28));
        (await site.InDbAsync(db => db.EpisodeParties.Where(p => p.EpisodeId == episode.Id).Select(p => p.Role).Order().ToListAsync())).ShouldBe(["referrer", "subject"]);
    }

    [Theory, BothEngines]
    public async Task Policy_AnotherCouncilsFile_GivesOtherDueDates_AndAClockThatStartedKeepsItsLimit(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var before = await OpenAsync(site);

        await site.DoAsync((LoadPolicy load) => load.RunAsync("""{ "name": "Another council", "effectiveFrom": "2024-07-01", "limits": { "sample.total": "2 weeks" } }"""));
        var after = await OpenAsync(site);
        await site.DoAsync((LoadPolicy load) => load.RunAsync("""{ "name": "No limit", "effectiveFrom": "2024-07-02", "limits": { "sample.total": null } }"""));
        var without = await OpenAsync(site);

        (await site.ClocksAsync(before.Id))["total"].Limit.ShouldBe("10 working days");
        (await site.ClocksAsync(before.Id))["total"].DueDate.ShouldBe(new DateOnly(2024, 8, 14));
        (await site.ClocksAsync(after.Id))["total"].DueDate.ShouldBe(new DateOnly(2024, 8, 14));
        (await site.ClocksAsync(after.Id))["total"].Limit.ShouldBe("2 weeks");
        (await site.ClocksAsync(without.Id))["total"].DueOn.ShouldBeNull();
    }

    [Theory, BothEngines]
    public async Task Allocate_InAQueue_LeavesTheListAsAllocated_AndStartsTheNextClock(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var ana = await site.WorkerAsync("Ana Lee");
        var episode = await OpenAsync(site);
        site.CareClock.Offset += TimeSpan.FromDays(5);

        await site.DoAsync(async (AllocateEpisode allocate) => await allocate.RunAsync(await site.SeenAsync(episode.Id), Given.IdOf(ana)));

        var spans = await site.SpansAsync(episode.Id);
        spans.Select(s => (s.StageKey, s.EndReason, s.WorkerId)).ShouldBe([("queue", Departures.Allocated, null), ("work", null, Given.IdOf(ana))]);
        spans[1].VisitDate.ShouldBe(new DateOnly(2024, 8, 5));
        spans[0].ToOn.ShouldBe(spans[1].FromOn);
        (await site.ClocksAsync(episode.Id))["work"].DueDate.ShouldBe(new DateOnly(2024, 8, 7));
        (await site.EpisodeAsync(episode.Id)).ShouldSatisfyAllConditions(e => e.StageKey.ShouldBe("work"), e => e.WorkerId.ShouldBe(Given.IdOf(ana)));
        module.Seen.Select(c => (c.From?.Key, c.To?.Key)).ShouldBe([(null, "queue"), ("queue", "work")]);
        (await site.InDbAsync(db => db.EpisodeTasks.SingleAsync(t => t.EpisodeId == episode.Id))).TaskKey.ShouldBe("side");
    }

    [Theory, BothEngines]
    public async Task CompleteStage_Twice_IsRefusedWithWhoClosedItAndWhen(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var (ana, ben) = (await site.WorkerAsync("Ana Lee"), await site.WorkerAsync("Ben Ode"));
        var episode = await InWorkAsync(site, ana);
        var visit = await site.VisitAsync(episode.Id);
        await SideTaskAsync(site, episode.Id);

        await site.LeavesAsync(episode.Id, "on", ana, visit: visit);
        var moved = await Should.ThrowAsync<RefusedException>(() => site.LeavesAsync(episode.Id, "on", ben, visit: visit));
        moved.Message.ShouldContain("Work of SMP-2024-000001 was completed by Ana Lee on 31 July 2024, 10:00. It is now in Check.");

        var other = await OpenAsync(site);
        var queue = await site.VisitAsync(other.Id);
        await site.LeavesAsync(other.Id, "signpost", ana, visit: queue);
        var closed = await Should.ThrowAsync<RefusedException>(() => site.LeavesAsync(other.Id, "signpost", ben, visit: queue));
        closed.Message.ShouldContain("SMP-2024-000002 was closed by Ana Lee on 31 July 2024, 10:00: Signposted.");
        (await site.SpansAsync(other.Id)).ShouldHaveSingleItem().EndReason.ShouldBe(Departures.Signposted);
    }

    [Theory, BothEngines]
    public async Task Act_OnAStaleVersion_IsRefusedInWords_AndNothingIsLost(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var ana = await site.WorkerAsync("Ana Lee");
        var episode = await OpenAsync(site);
        var seen = await site.SeenAsync(episode.Id);
        await site.DoAsync((SetPriority set) => set.RunAsync(seen, "high", "fell twice"), ana);

        var refused = await Should.ThrowAsync<RefusedException>(() => site.DoAsync((SetPriority set) => set.RunAsync(seen, "low", "is well")));

        refused.Message.ShouldContain("was changed by Ana Lee (set priority)");
        (await site.EpisodeAsync(episode.Id)).Priority.ShouldBe("high");
        var spans = await site.SpansAsync(episode.Id);
        spans.Select(s => (s.Priority, s.PriorityReason)).ShouldBe([(null, null), ("high", "fell twice")]);
        spans.Select(s => s.VisitId).Distinct().ShouldHaveSingleItem();
    }

    [Theory, BothEngines]
    public async Task Act_TwoAtOnce_OneIsDoneAndOneRefused(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var episode = await OpenAsync(site);
        var seen = await site.SeenAsync(episode.Id);

        // Both read before either saves.
        await site.InScopeAsync(one => site.InScopeAsync(async two =>
        {
            var (first, second) = ((EpisodeDesk)one.GetService(typeof(EpisodeDesk))!, (EpisodeDesk)two.GetService(typeof(EpisodeDesk))!);
            var (a, b) = (await first.TakeAsync(seen.Id, seen.Version), await second.TakeAsync(seen.Id, seen.Version));
            (a.Episode.Summary, b.Episode.Summary) = ("first", "second");
            await first.SaveAsync(a.Episode);
            (await Should.ThrowAsync<RefusedException>(() => second.SaveAsync(b.Episode))).Message.ShouldContain("was changed by");
        }));

        (await site.EpisodeAsync(episode.Id)).Summary.ShouldBe("first");
    }

    [Fact]
    public async Task Exit_ThatOpensAnother_LinksIt_KeepsReceiptAndPriority_AndTellsTheModule()
    {
        await using var site = await StartAsync();
        var episode = await OpenAsync(site, received: new DateOnly(2024, 7, 1));
        await site.DoAsync(async (SetPriority set) => await set.RunAsync(await site.SeenAsync(episode.Id), "urgent", "lives alone"));
        await AllocateAsync(site, episode.Id, await site.WorkerAsync("Ana Lee"));
        await SideTaskAsync(site, episode.Id);

        var completed = await site.LeavesAsync(episode.Id, "done");

        completed.Result.ShouldBe(CompletionResult.Closed);
        var opened = completed.Opened.ShouldNotBeNull();
        (opened.PathwayKey, opened.ReceivedDate, opened.Priority).ShouldBe(("open-item", new DateOnly(2024, 7, 1), "urgent"));
        (await site.SpansAsync(opened.Id)).ShouldHaveSingleItem().VisitDate.ShouldBe(new DateOnly(2024, 7, 31));
        (await site.InDbAsync(db => db.EpisodeLinks.SingleAsync())).ShouldSatisfyAllConditions(l => l.FromEpisodeId.ShouldBe(episode.Id), l => l.ToEpisodeId.ShouldBe(opened.Id));
        module.Seen[^1].ShouldSatisfyAllConditions(c => c.HasClosed.ShouldBeTrue(), c => c.Exit!.Key.ShouldBe("done"), c => c.Opened!.Id.ShouldBe(opened.Id));
        (await site.ClocksAsync(episode.Id)).Values.ShouldAllBe(c => c.StoppedOn != null);
    }

    [Fact]
    public async Task Exit_WhileARequiredTaskIsOpen_OrAgainstTheAnswersWithoutReason_IsRefused()
    {
        await using var site = await StartAsync();
        var episode = await InWorkAsync(site, await site.WorkerAsync("Ana Lee"));

        (await Should.ThrowAsync<RefusedException>(() => site.LeavesAsync(episode.Id, "on"))).Message.ShouldBe("Work cannot be completed yet. Still to be done: Side task.");
        await SideTaskAsync(site, episode.Id);
        (await Should.ThrowAsync<RefusedException>(() => site.LeavesAsync(episode.Id, "against"))).Field.ShouldBe("ExitReason");

        (await site.LeavesAsync(episode.Id, "against", reason: "She asked us to stop")).Episode.ExitReason.ShouldBe("She asked us to stop");
        (await Should.ThrowAsync<RefusedException>(() => SideTaskAsync(site, episode.Id))).Message.ShouldStartWith("Waymark completed this on 31 July 2024");
    }

    [Fact]
    public async Task ActNow_PutsTheSkippedStageOnItsDutysList_ForTheNextWorkingDay()
    {
        await using var site = await StartAsync();
        var checkers = await site.TeamAsync("Checkers", SampleWork.Checking.Key);
        var episode = await OpenAsync(site);

        await site.LeavesAsync(episode.Id, "at-once");

        var task = await site.InDbAsync(db => db.EpisodeTasks.SingleAsync(t => t.TaskKey == "check"));
        (task.TeamId, task.DueDate).ShouldBe((checkers.Id, new DateOnly(2024, 8, 1)));
        await site.DoAsync((CompleteTask complete) => complete.RunAsync(task.Id));
    }

    [Fact]
    public async Task MoveBack_BeginsAWaitAgain_AndItsClockRunsOn()
    {
        await using var site = await StartAsync();
        var episode = await InWorkAsync(site, await site.WorkerAsync("Ana Lee"));
        site.CareClock.Offset += TimeSpan.FromDays(1);

        await site.DoAsync(async (MoveBack back) => await back.RunAsync(await site.SeenAsync(episode.Id), "queue", "worker left"));

        var spans = await site.SpansAsync(episode.Id);
        spans.Select(s => (s.StageKey, s.EndReason)).ShouldBe([("queue", Departures.Allocated), ("work", Departures.MovedBack), ("queue", null)]);
        spans[2].WorkerId.ShouldBeNull();
        spans[2].VisitDate.ShouldBe(new DateOnly(2024, 8, 1));
        (await site.ClocksAsync(episode.Id))["work"].StoppedOn.ShouldBeNull();
        await Should.ThrowAsync<RefusedException>(async () => await site.DoAsync(async (MoveBack back) => await back.RunAsync(await site.SeenAsync(episode.Id), "check", "x")));
    }

    [Fact]
    public async Task Reopen_ClocksThatOnlyTheClosingStopped_RunOnFromTheirStart()
    {
        await using var site = await StartAsync();
        var episode = await InWorkAsync(site, await site.WorkerAsync("Ana Lee"));
        await SideTaskAsync(site, episode.Id);
        await site.LeavesAsync(episode.Id, "against", reason: "asked to stop");
        site.CareClock.Offset += TimeSpan.FromDays(3);

        await site.DoAsync(async (ReopenEpisode reopen) => await reopen.RunAsync(await site.SeenAsync(episode.Id), "queue", "changed her mind"));

        var clocks = await site.ClocksAsync(episode.Id);
        clocks["total"].ShouldSatisfyAllConditions(c => c.StoppedOn.ShouldBeNull(), c => c.DueDate.ShouldBe(new DateOnly(2024, 8, 14)));
        clocks["work"].StoppedOn.ShouldNotBeNull();
        (await site.EpisodeAsync(episode.Id)).ShouldSatisfyAllConditions(e => e.ClosedOn.ShouldBeNull(), e => e.Departure.ShouldBeNull(), e => e.StageKey.ShouldBe("queue"));
        await Should.ThrowAsync<RefusedException>(async () => await site.DoAsync(async (ReopenEpisode reopen) => await reopen.RunAsync(await site.SeenAsync(episode.Id), "queue", "again")));
    }

    [Fact]
    public async Task Pause_StopsNoClockAndNoWait_AndShows()
    {
        await using var site = await StartAsync();
        var episode = await OpenAsync(site);
        site.CareClock.Offset += TimeSpan.FromDays(2);

        await site.DoAsync(async (PauseEpisode pause) => await pause.RunAsync(await site.SeenAsync(episode.Id), "in hospital"));

        (await site.ClocksAsync(episode.Id)).Values.ShouldAllBe(c => c.StoppedOn == null);
        var spans = await site.SpansAsync(episode.Id);
        spans.Select(s => (s.IsPaused, s.VisitDate)).ShouldBe([(false, new DateOnly(2024, 7, 31)), (true, new DateOnly(2024, 7, 31))]);
        await site.DoAsync(async (ResumeEpisode resume) => await resume.RunAsync(await site.SeenAsync(episode.Id)));
        (await site.EpisodeAsync(episode.Id)).PauseReason.ShouldBeNull();
    }

    [Fact]
    public async Task Open_ForAPersonWhoDiedBefore_IsRefused_UnlessSaid()
    {
        await using var site = await StartAsync();
        var person = await site.SomeoneAsync(died: new DateOnly(2024, 7, 1));
        var request = new NewEpisode { PathwayKey = SampleWork.PathwayKey, PersonId = person.Id };

        (await Should.ThrowAsync<RefusedException>(() => site.OpensAsync(request))).ShouldSatisfyAllConditions(r => r.Field.ShouldBe("DespiteDeath"), r => r.Message.ShouldContain("died on 1 July 2024"));
        (await site.OpensAsync(request with { DespiteDeath = true })).PersonId.ShouldBe(person.Id);
        await site.OpensAsync(request with { ReceivedOn = CareClock.FromLondon(new DateOnly(2024, 7, 1), new TimeOnly(9, 0)) });
        (await Should.ThrowAsync<RefusedException>(() => site.OpensAsync(request with { PersonId = null, ReceivedOn = site.CareClock.Now.AddDays(1) }))).Field.ShouldBe("ReceivedOn");
    }

    [Fact]
    public async Task PromotedDate_StartsItsClock_AndACorrectedDateStartsItAfresh()
    {
        await using var site = await StartAsync();
        var episode = await InWorkAsync(site, await site.WorkerAsync("Ana Lee"));
        var visit = await site.VisitAsync(episode.Id);
        Task PromoteAsync(DateOnly on) => site.DoAsync((CompleteStage complete) => complete.RunAsync(new StageCompletion
        {
            EpisodeId = episode.Id,
            VisitId = visit,
            ExitKey = null,
            PromotedDates = [("visited", CareClock.FromLondon(on, new TimeOnly(9, 0)))],
        }));

        await PromoteAsync(new DateOnly(2024, 7, 30));
        (await site.ClocksAsync(episode.Id))["visit"].DueDate.ShouldBe(new DateOnly(2024, 8, 30));
        await PromoteAsync(new DateOnly(2024, 7, 20));
        (await site.ClocksAsync(episode.Id))["visit"].DueDate.ShouldBe(new DateOnly(2024, 8, 20));
        (await site.InDbAsync(db => db.Audit.CountAsync(a => a.Act == "correct-clock"))).ShouldBe(1);
    }

    private Task<TestSite> StartAsync(Engine engine = Engine.Sqlite) => TestSite.StartAsync(engine, Given.ModuleOf(module));

    private static async Task<Episode> OpenAsync(TestSite site, DateOnly? received = null) => await site.OpensAsync(new NewEpisode
    {
        PathwayKey = SampleWork.PathwayKey,
        PersonId = (await site.SomeoneAsync()).Id,
        ReceivedOn = received is { } day ? CareClock.FromLondon(day, new TimeOnly(9, 0)) : null,
    });

    private static async Task AllocateAsync(TestSite site, Guid episode, Action<Viewer> worker) =>
        await site.DoAsync(async (AllocateEpisode allocate) => await allocate.RunAsync(await site.SeenAsync(episode), Given.IdOf(worker)));

    private static async Task<Episode> InWorkAsync(TestSite site, Action<Viewer> worker)
    {
        var episode = await OpenAsync(site);
        await AllocateAsync(site, episode.Id, worker);
        return episode;
    }

    private static async Task SideTaskAsync(TestSite site, Guid episode)
    {
        var task = await site.InDbAsync(db => db.EpisodeTasks.Where(t => t.EpisodeId == episode && t.TaskKey == "side").OrderByDescending(t => t.OpenedOn).Select(t => t.Id).FirstAsync());
        await site.DoAsync((CompleteTask complete) => complete.RunAsync(task));
    }
}
