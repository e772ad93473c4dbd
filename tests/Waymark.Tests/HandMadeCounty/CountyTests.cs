using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.HandMadeCounty;

/// <summary>The figures of the hand-made county, and what moves when one record changes: exactly those figures, by exactly that much.</summary>
public sealed class CountyTests
{
    private static readonly Dictionary<string, decimal> Worked = new()
    {
        ["assessment-waiting-items"] = 12,
        ["assessment-waiting-people"] = 11,
        ["assessment-longest-wait"] = 82,
        ["assessment-mean-wait"] = 409m / 12,
        ["assessment-median-wait"] = 27.5m,
        ["assessment-allocated-items"] = 9,
        ["assessment-allocated-people"] = 9,
        ["assessment-open-items"] = 21,
        ["assessment-open-people"] = 20,
        ["assessment-waiting-with-plan"] = 25,
        ["assessment-days-mean"] = 77,
        ["assessment-days-median"] = 66,
        ["assessment-days-longest"] = 160,
        ["assessments-completed"] = 6,
    };

    [Theory, BothEngines]
    public async Task AW_1_AW_2_AW_3_AW_4_FiguresAreAsWorkedOutByHand(Engine engine)
    {
        await using var site = await CountyAsync(engine);

        await ShouldMoveAsync(site);
    }

    [Theory, BothEngines]
    public async Task AW_1_AnyPastDay_AndMovementsByReason(Engine engine)
    {
        await using var site = await CountyAsync(engine);

        await site.InScopeAsync(async s =>
        {
            var (measure, of) = (s.GetRequiredService<Catalogue>().Measures["assessment-waiting-items"], s.GetRequiredService<MeasureEngine>());
            (await of.ValueAsync(measure, new DateOnly(2024, 7, 24))).Value.ShouldBe(12);
            (await of.ValueAsync(measure, new DateOnly(2024, 6, 1))).Value.ShouldBe(5);
            (await of.ValueAsync(measure, new DateOnly(2023, 12, 31))).Value.ShouldBe(1, "H09 waited all year");
            var week = await s.GetRequiredService<MeasureMovements>().BetweenAsync(measure, new DateOnly(2024, 7, 24), County.Day);
            (week.Opening, week.Arrivals, week.Closing).ShouldBe((12, 2, 12));
            week.Departures.Select(d => (d.Reason, d.Count)).ShouldBe([(Departures.Allocated, 1), (Departures.Moved, 1)], ignoreOrder: true);
        });
    }

    [Fact]
    public async Task AW_1_GivenAWorker_TheListFallsByOneAndTheOtherRises()
    {
        await using var site = await CountyAsync();
        var worker = await site.InDbAsync(db => db.Users.Select(u => u.Id).SingleAsync());
        var w04 = await site.InDbAsync(db => County.EpisodeAsync(db, "W04"));
        await site.InScopeAsync(s => s.GetRequiredService<AllocateEpisode>().RunAsync(new SeenEpisode(w04.Id, w04.Version), worker));

        // 409 - 40 = 369 over 11; the sixth of eleven is 25; nothing else moves.
        await ShouldMoveAsync(site, ("assessment-waiting-items", 11), ("assessment-waiting-people", 10), ("assessment-mean-wait", 369m / 11), ("assessment-median-wait", 25),
            ("assessment-allocated-items", 10), ("assessment-allocated-people", 10), ("assessment-waiting-with-plan", 100m * 3 / 11));
    }

    [Fact]
    public async Task AW_2_JoinedEarlier_OnlyTheWaitsMove()
    {
        await using var site = await CountyAsync();
        await site.InDbAsync(async db =>
        {
            var w11 = await County.EpisodeAsync(db, "W11");
            var span = await db.StageSpans.SingleAsync(s => s.EpisodeId == w11.Id);
            span.SupersededOn = DateTime.UnixEpoch;
            db.Add(new StageSpan
            {
                EpisodeId = span.EpisodeId, PersonId = span.PersonId, PathwayKey = span.PathwayKey, StageKey = span.StageKey, VisitId = span.VisitId, TeamId = span.TeamId,
                VisitDate = new DateOnly(2024, 5, 2), FromDate = new DateOnly(2024, 5, 2), FromOn = new DateTime(2024, 5, 2, 9, 0, 0, DateTimeKind.Utc),
            });
            return await db.SaveChangesAsync();
        });

        // W11 waits 90 days instead of 0: 499 over 12; sorted 5 10 15 20 25 30 40 …: the middle two are 30 and 40.
        await ShouldMoveAsync(site, ("assessment-longest-wait", 90), ("assessment-mean-wait", 499m / 12), ("assessment-median-wait", 35));
    }

    [Fact]
    public async Task AW_1_TwoRecordsOfOnePersonMerged_OnlyPeopleMove_AndBackWhenUnmerged()
    {
        await using var site = await CountyAsync();
        var (kept, merged) = await site.InDbAsync(async db => (await db.People.SingleAsync(p => p.FamilyName == "W01"), await db.People.SingleAsync(p => p.FamilyName == "A01")));
        var merge = await site.InScopeAsync(s => s.GetRequiredService<MergePeople>().RunAsync(kept.Id, merged.Id, "The same person, entered twice", new HashSet<string>()));

        await ShouldMoveAsync(site, ("assessment-open-people", 19));

        await site.InScopeAsync(s => s.GetRequiredService<UnmergePeople>().RunAsync(merge.Id, "Two people after all", new HashSet<Guid>()));
        await ShouldMoveAsync(site);
    }

    [Fact]
    public async Task AW_4_APlanThatEnded_OnlyTheShareMoves()
    {
        await using var site = await CountyAsync();
        await site.InDbAsync(async db =>
        {
            var w02 = await County.EpisodeAsync(db, "W02");
            (await db.ReportedFacts.SingleAsync(f => f.PersonId == w02.PersonId)).ToDate = new DateOnly(2024, 7, 1);
            return await db.SaveChangesAsync();
        });

        await ShouldMoveAsync(site, ("assessment-waiting-with-plan", 100m * 2 / 12));
    }

    private static async Task<TestSite> CountyAsync(Engine engine = Engine.Sqlite)
    {
        var site = await TestSite.StartAsync(engine);
        await site.InDbAsync(async db => { await County.MakeAsync(db); return true; });
        return site;
    }

    private static async Task ShouldMoveAsync(TestSite site, params (string Key, decimal Value)[] moved)
    {
        var expected = new Dictionary<string, decimal>(Worked);
        foreach (var (key, value) in moved)
        {
            expected[key] = value;
        }

        (await FiguresAsync(site)).ShouldBe(expected.ToDictionary(e => e.Key, e => Math.Round(e.Value, 6)));
    }

    private static Task<Dictionary<string, decimal>> FiguresAsync(TestSite site) => site.InScopeAsync(async s =>
    {
        var (catalogue, engine) = (s.GetRequiredService<Catalogue>(), s.GetRequiredService<MeasureEngine>());
        var figures = new Dictionary<string, decimal>();
        foreach (var key in Worked.Keys)
        {
            figures[key] = Math.Round((await engine.ValueAsync(catalogue.Measures[key], County.Day)).Value!.Value, 6);
        }

        return figures;
    });
}
