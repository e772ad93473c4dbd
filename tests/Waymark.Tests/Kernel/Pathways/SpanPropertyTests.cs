using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Pathways;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Pathways;

/// <summary>Whatever is done in whatever order, spans tile the time an episode is open, and a past day rebuilt from them is what was true that day.</summary>
public sealed class SpanPropertyTests
{
    private enum Act { Allocate, Transfer, Priority, Risk, Pause, Resume, Back, Work, On, Signpost, Reopen, Contact }

    private static readonly Gen<(Act Act, int Hours)> Step = Gen.Zip(Gen.Elements(Enum.GetValues<Act>()), Gen.Choose(0, 30)).Select(p => (p.Item1, p.Item2));

    [Theory, BothEngines]
    public async Task AW_1_AnyActsInAnyOrder_SpansTileTime_AndAsAtAnyDayEqualsReplay(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine, Given.ModuleOf(new SampleWorkModule()));
        var world = await World.MakeAsync(site);
        Prop.ForAll(Gen.ListOf(Step).Resize(14).ToArbitrary(), steps => world.CheckAsync([.. steps]).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(engine == Engine.Sqlite ? 30 : 8));
    }

    [Fact]
    public async Task Correct_AnySpan_StillTiles_AndOnlyTheStretchMovedReadsOtherwise()
    {
        await using var site = await TestSite.StartAsync(configure: Given.ModuleOf(new SampleWorkModule()));
        var world = await World.MakeAsync(site);
        Prop.ForAll(Gen.ListOf(Step).Resize(10).ToArbitrary(), Gen.Choose(0, 9).ToArbitrary(), Gen.Choose(-100, 100).ToArbitrary(),
            (steps, pick, hours) => world.CheckCorrectionAsync([.. steps], pick, hours).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    private sealed record State(string Stage, Guid? Team, Guid? Worker, string? Priority, string? Risk, bool Paused);

    private sealed class World(TestSite site, Guid[] teams, Guid[] workers)
    {
        private readonly List<(DateTime On, State? State)> log = [];
        private Guid episode;
        private int count;

        public static async Task<World> MakeAsync(TestSite site)
        {
            var (east, west) = (await site.TeamAsync("East", SampleWork.Queueing.Key), await site.TeamAsync("West"));
            return new World(site, [east.Id, west.Id], [Given.IdOf(await site.WorkerAsync("Ana Lee")), Given.IdOf(await site.WorkerAsync("Ben Ode"))]);
        }

        public async Task<bool> CheckAsync((Act Act, int Hours)[] steps)
        {
            await PlayAsync(steps);
            var spans = await site.SpansAsync(episode);
            Tiles(spans);
            for (var day = CareClock.LondonDate(log[0].On); day <= site.CareClock.Today; day = day.AddDays(1))
            {
                var replayed = log.Last(l => CareClock.LondonDate(l.On) <= day).State;
                var rebuilt = await site.InDbAsync(db => db.StageSpans.AsNoTracking()
                    .Where(s => s.EpisodeId == episode && s.SupersededOn == null && s.FromDate <= day && (s.ToDate == null || s.ToDate > day))
                    .Select(s => new State(s.StageKey, s.TeamId, s.WorkerId, s.Priority, s.Risk, s.IsPaused)).SingleOrDefaultAsync());
                rebuilt.ShouldBe(replayed, $"{day:o} after {string.Join(", ", steps)}");
            }

            return true;
        }

        public async Task<bool> CheckCorrectionAsync((Act Act, int Hours)[] steps, int pick, int hours)
        {
            await PlayAsync(steps);
            var before = await site.SpansAsync(episode);
            var wrong = before[pick % before.Count];
            try
            {
                await site.DoAsync((CorrectSpan correct) => correct.RunAsync(new SpanCorrection { SpanId = wrong.Id, FromOn = wrong.FromOn.AddHours(hours), TeamId = teams[1], Reason = "entered late" }));
            }
            catch (RefusedException)
            {
                (await site.SpansAsync(episode)).Select(s => s.Id).ShouldBe(before.Select(s => s.Id));
                return true;
            }

            var after = await site.SpansAsync(episode);
            Tiles(after);
            after.Count.ShouldBe(before.Count);
            after.Select(s => s.StageKey).ShouldBe(before.Select(s => s.StageKey));
            after.Single(s => s.FromOn == wrong.FromOn.AddHours(hours) && s.TeamId == teams[1] && s.EndReason == wrong.EndReason && s.ToOn == wrong.ToOn).StageKey.ShouldBe(wrong.StageKey);
            var old = await site.InDbAsync(db => db.StageSpans.AsNoTracking().SingleAsync(s => s.Id == wrong.Id));
            old.ShouldSatisfyAllConditions(o => o.SupersededOn.ShouldNotBeNull(), o => o.SupersededById.ShouldNotBeNull(), o => o.FromOn.ShouldBe(wrong.FromOn), o => o.TeamId.ShouldBe(wrong.TeamId));
            return true;
        }

        private static void Tiles(List<StageSpan> spans)
        {
            for (var i = 1; i < spans.Count; i++)
            {
                var (one, next) = (spans[i - 1], spans[i]);
                var isReopened = one.EndReason is not null && one.EndReason is not (Departures.Allocated or Departures.MovedOn or Departures.MovedBack);
                one.ToOn.ShouldNotBeNull();
                if (isReopened)
                {
                    next.FromOn.ShouldBeGreaterThanOrEqualTo(one.ToOn!.Value);
                }
                else
                {
                    next.FromOn.ShouldBe(one.ToOn!.Value);
                }

                (one.VisitId == next.VisitId).ShouldBe(one.EndReason is null);
                if (one.VisitId == next.VisitId)
                {
                    next.VisitDate.ShouldBe(one.VisitDate);
                }
            }

            foreach (var visit in spans.GroupBy(s => s.VisitId))
            {
                visit.First().VisitDate.ShouldBe(visit.First().FromDate);
            }
        }

        private async Task PlayAsync((Act Act, int Hours)[] steps)
        {
            log.Clear();
            episode = (await site.OpensAsync(new NewEpisode { PathwayKey = SampleWork.PathwayKey })).Id;
            await LogAsync();
            foreach (var (act, hours) in steps)
            {
                site.CareClock.Offset += TimeSpan.FromHours(hours);
                try
                {
                    await DoAsync(act, await site.SeenAsync(episode), ++count);
                    await LogAsync();
                }
                catch (RefusedException)
                {
                    // An act out of place is refused, and the state stays as it was.
                }
            }
        }

        private Task DoAsync(Act act, SeenEpisode seen, int n) => act switch
        {
            Act.Allocate => site.DoAsync((AllocateEpisode a) => a.RunAsync(seen, workers[n % 2])),
            Act.Transfer => site.DoAsync((TransferEpisode t) => t.RunAsync(seen, teams[n % 2], "moved house")),
            Act.Priority => site.DoAsync((SetPriority p) => p.RunAsync(seen, n % 2 == 0 ? "high" : "low", $"reason {n}")),
            Act.Risk => site.DoAsync((SetRisk r) => r.RunAsync(seen, n % 2 == 0 ? "red" : "green")),
            Act.Pause => site.DoAsync((PauseEpisode p) => p.RunAsync(seen, "in hospital")),
            Act.Resume => site.DoAsync((ResumeEpisode r) => r.RunAsync(seen)),
            Act.Back => site.DoAsync((MoveBack b) => b.RunAsync(seen, "queue", "worker left")),
            Act.Work => TasksAsync(),
            Act.On => LeaveAsync("on"),
            Act.Signpost => LeaveAsync("signpost"),
            Act.Reopen => site.DoAsync((ReopenEpisode r) => r.RunAsync(seen, "queue", "more to do")),
            _ => site.DoAsync((RecordWaitingContact c) => c.RunAsync(seen, new NewWaitingContact(site.CareClock.Today, true, "spoke", "amber"))),
        };

        private async Task LeaveAsync(string exit)
        {
            var open = (await site.SpansAsync(episode)).LastOrDefault(s => s.ToOn is null);
            if (open is null || (open.StageKey, exit) is not (("work", "on") or ("queue", "signpost")))
            {
                throw new RefusedException("not from here");
            }

            await site.LeavesAsync(episode, exit, visit: open.VisitId);
        }

        private async Task TasksAsync()
        {
            foreach (var task in await site.InDbAsync(db => db.EpisodeTasks.Where(t => t.EpisodeId == episode && t.CompletedOn == null).Select(t => t.Id).ToListAsync()))
            {
                await site.DoAsync((CompleteTask c) => c.RunAsync(task));
            }
        }

        private async Task LogAsync()
        {
            var e = await site.EpisodeAsync(episode);
            log.Add((site.CareClock.Now, e.ClosedOn is null ? new State(e.StageKey, e.TeamId, e.WorkerId, e.Priority, e.Risk, e.IsPaused) : null));
        }
    }
}
