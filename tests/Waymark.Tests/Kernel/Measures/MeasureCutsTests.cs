using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Measures;

public sealed class MeasureCutsTests
{
    private static readonly DateOnly AsAt = new(2024, 7, 31);
    private static readonly TestMeasures Tests = new();

    [Theory, BothEngines]
    public async Task GV_10_EveryCut_AddsUpToTheWholeAndEachCellIsItsOwnValue(Engine engine)
    {
        await using var site = await TestMeasures.StartSiteAsync(engine);
        await site.InDbAsync(async db => { await GivenSpans.RandomCountyAsync(db, seed: 11, AsAt.AddDays(-170)); return 0; });

        await site.InScopeAsync(async services =>
        {
            var (engineOf, cuts, viewer) = (services.GetRequiredService<MeasureEngine>(), services.GetRequiredService<MeasureCuts>(), services.GetRequiredService<Viewer>());
            foreach (var measure in new[] { Tests["test-waiting-items"], Tests["test-waiting-with-fact"], Tests["test-finished-mean"] })
            {
                var whole = await engineOf.ValueAsync(measure, AsAt);
                foreach (var cut in Cut.All)
                {
                    var cells = await cuts.ByAsync(measure, cut, AsAt, viewer);
                    cells.Sum(c => c.Measured.Rows).ShouldBe(whole.Rows, $"{measure.Key} by {cut.Key}");
                    cells.Sum(c => c.Measured.Numerator).ShouldBe(whole.Numerator, $"{measure.Key} by {cut.Key}");
                    foreach (var cell in cells)
                    {
                        var alone = await engineOf.ValueAsync(measure, AsAt, cuts: [new CutValue(cut.Key, cell.Value)]);
                        (alone.Value, alone.Rows).ShouldBe((cell.Measured.Value, cell.Measured.Rows), $"{measure.Key} by {cut.Key} = {cell.Value}");
                    }
                }
            }
        });
    }

    [Fact]
    public async Task CutThatLeavesOnePerson_IsHiddenWithAnother_UnlessRecordsMayBeOpened()
    {
        await using var site = await TestMeasures.StartSiteAsync();
        await site.InDbAsync(async db =>
        {
            var people = Enumerable.Range(1, 6).Select(i => GivenSpans.Person(i, ward: i switch { 1 => "Alone", <= 3 => "Two", _ => "Three" })).ToList();
            db.AddRange(people);
            db.AddRange(people.Select(p => GivenSpans.Span(p, AsAt.AddDays(-10), null)));
            return await db.SaveChangesAsync();
        });
        Task<IReadOnlyList<CutCell>> AsAsync(params string[] permissions) => site.InScopeAsync(
            s => s.GetRequiredService<MeasureCuts>().ByAsync(Tests["test-waiting-items"], Cut.Ward, AsAt, s.GetRequiredService<Viewer>()),
            v => v.SignIn(Guid.NewGuid(), "Someone", new HashSet<string>(), permissions.ToHashSet(), [], []));

        var analyst = await AsAsync(Can.ViewMeasures);
        analyst.Where(c => c.IsSuppressed).Select(c => c.Value).ShouldBe(["Alone", "Two"], ignoreOrder: true);
        (await AsAsync(Can.ViewMeasures, Can.OpenMeasureRows)).ShouldAllBe(c => !c.IsSuppressed);
    }

    [Fact]
    public async Task WorkerCut_ShowsOneselfAndOnesTeam_OthersTogether()
    {
        await using var site = await TestMeasures.StartSiteAsync();
        var workers = Enumerable.Range(1, 3).Select(i => new User { UserName = $"w{i}", DisplayName = $"Worker {i}" }).ToList();
        var team = new Team { Key = "north", Name = "North" };
        await site.InDbAsync(async db =>
        {
            db.AddRange(workers);
            db.Add(team);
            db.Add(new TeamMember { TeamId = team.Id, UserId = workers[1].Id, FromDate = AsAt.AddYears(-1) });
            db.AddRange(workers.Select(w => GivenSpans.Span(null, AsAt.AddDays(-10), null, worker: w.Id)));
            return await db.SaveChangesAsync();
        });
        Task<IReadOnlyList<CutCell>> AsAsync(Guid user, params Guid[] manages) => site.InScopeAsync(
            s => s.GetRequiredService<MeasureCuts>().ByAsync(Tests["test-waiting-items"], Cut.Worker, AsAt, s.GetRequiredService<Viewer>()),
            v => v.SignIn(user, "Someone", new HashSet<string>(), new HashSet<string>(), [], manages));

        (await AsAsync(workers[0].Id)).Select(c => (c.Title, c.Measured.Numerator)).ShouldBe([("Worker 1", 1), ("Other workers", 2)]);
        (await AsAsync(Guid.NewGuid(), team.Id)).Select(c => (c.Title, c.Measured.Numerator)).ShouldBe([("Worker 2", 1), ("Other workers", 2)]);
    }

    [Theory, BothEngines]
    public async Task AW_1_ArrivalsLessDepartures_IsTheChange_ForItemsAndPeopleAndCuts(Engine engine)
    {
        await using var site = await TestMeasures.StartSiteAsync(engine);
        await site.InDbAsync(async db => { await GivenSpans.RandomCountyAsync(db, seed: 5, AsAt.AddDays(-170)); return 0; });

        await site.InScopeAsync(async services =>
        {
            var (engineOf, movements) = (services.GetRequiredService<MeasureEngine>(), services.GetRequiredService<MeasureMovements>());
            foreach (var measure in new[] { Tests["test-waiting-items"], Tests["test-waiting-people"] })
            {
                foreach (var cuts in new CutValue[][] { [], [new CutValue("sex", nameof(Sex.Female))] })
                {
                    var moved = await movements.BetweenAsync(measure, AsAt.AddDays(-90), AsAt, cuts);
                    moved.Opening.ShouldBe((int)(await engineOf.ValueAsync(measure, AsAt.AddDays(-90), cuts: cuts)).Value!);
                    moved.Closing.ShouldBe((int)(await engineOf.ValueAsync(measure, AsAt, cuts: cuts)).Value!);
                    (moved.Opening + moved.Arrivals - moved.Departed).ShouldBe(moved.Closing);
                    moved.Departed.ShouldBeGreaterThan(0);
                }
            }
        });
    }

    [Fact]
    public async Task AW_1_ChangeOfTeamWithinAStay_IsNoArrivalAndNoDeparture()
    {
        await using var site = await TestMeasures.StartSiteAsync();
        var (episode, north, south) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var person = GivenSpans.Person(1);
        await site.InDbAsync(async db =>
        {
            db.Add(person);
            db.Add(GivenSpans.Span(person, AsAt.AddDays(-40), AsAt.AddDays(-20), team: north, episode: episode));
            db.Add(GivenSpans.Span(person, AsAt.AddDays(-20), AsAt.AddDays(-5), team: south, episode: episode, reason: Departures.Died));
            return await db.SaveChangesAsync();
        });
        Task<Movements> OfAsync(params CutValue[] cuts) => site.InScopeAsync(s =>
            s.GetRequiredService<MeasureMovements>().BetweenAsync(Tests["test-waiting-items"], AsAt.AddDays(-30), AsAt, cuts));

        var all = await OfAsync();
        (all.Opening, all.Arrivals, all.Closing).ShouldBe((1, 0, 0));
        all.Departures.ShouldBe([new Departed(Departures.Died, "Died", 1)]);
        (await OfAsync(new CutValue("team", north.ToString()))).Departures.ShouldBe([new Departed(Departures.Transferred, "Transferred", 1)]);
        (await OfAsync(new CutValue("team", south.ToString()))).Arrivals.ShouldBe(1);
    }
}
