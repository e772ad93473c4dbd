using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Pathways;
using Waymark.Returns.OpenItems;
using Waymark.Returns.Pack;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Returns.Pack;

/// <summary>The two sample extracts of a council that stand in <c>samples/</c>, and what their rows say when counted without Waymark.</summary>
public sealed class WeeklyPackTests
{
    private static readonly DateOnly Monday = new(2024, 7, 31);

    [Theory, BothEngines]
    public async Task AW_6_PackOfTheSampleExtract_AgreesWithItsRowsCountedByHand(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (first, second) = (await LoadAsync(site, "open-items-2024-07-24.csv"), await LoadAsync(site, "open-items-2024-07-31.csv"));

        var pack = await PackAsync(site, "assessment");

        var before = first.Items.Where(i => i.Kind.Key == "assessment").ToList();
        var now = second.Items.Where(i => i.Kind.Key == "assessment").Concat(before.Where(b => second.FaultyKeys.Contains(b.Key))).ToList();
        var waiting = now.Where(i => i.AllocatedOn is null && i.EndedOn is null).ToList();
        var waits = waiting.Select(i => Monday.DayNumber - i.JoinedList.DayNumber).Order().ToList();
        pack.AsAt.ShouldBe(Monday);
        pack.Line("assessment-waiting-items").Now.Value.ShouldBe(waiting.Count);
        pack.Line("assessment-waiting-people").Now.Value.ShouldBe(waiting.Select(i => i.PersonId).Distinct().Count());
        pack.Line("assessment-longest-wait").Now.Value.ShouldBe(waits[^1]);
        pack.Line("assessment-mean-wait").Now.Value!.Value.ShouldBe((decimal)waits.Average(), 0.0001m);
        pack.Line("assessment-median-wait").Now.Value.ShouldBe(waits.Count % 2 == 1 ? waits[waits.Count / 2] : (waits[(waits.Count / 2) - 1] + waits[waits.Count / 2]) / 2m);
        pack.Line("assessment-allocated-items").Now.Value.ShouldBe(now.Count(i => i.AllocatedOn is not null && i.EndedOn is null));
        pack.Line("assessment-open-items").Now.Value.ShouldBe(now.Count(i => i.EndedOn is null));
        pack.Line("assessment-waiting-items").Before.Value.ShouldBe(before.Count(i => i.EndedOn is null && i.AllocatedOn is null) + now.Count(i => i.JoinedList <= Monday.AddDays(-7)
            && before.All(b => b.Key != i.Key) && (i.AllocatedOn ?? i.EndedOn ?? DateOnly.MaxValue) > Monday.AddDays(-7)));
        pack.Teams.Sum(t => t.Waiting).ShouldBe(waiting.Count);
        pack.Teams.Single(t => t.Name == "City Locality").Waiting.ShouldBe(waiting.Count(i => i.Team == "City Locality"));
        pack.OverdueContacts.ShouldBe(waiting.Count(i => i.NextContactDue < Monday));
        pack.Teams.Sum(t => t.OverdueContacts).ShouldBe(pack.OverdueContacts);
    }

    [Fact]
    public async Task AW_6_AStockFallsForReasons_AndVanishedNeverCountsAsCompleted()
    {
        await using var site = await TestSite.StartAsync();
        var (first, second) = (await LoadAsync(site, "open-items-2024-07-24.csv"), await LoadAsync(site, "open-items-2024-07-31.csv"));

        var pack = await PackAsync(site, "assessment");

        foreach (var moves in new[] { pack.Waiting, pack.Working })
        {
            (moves.Opening + moves.Arrivals - moves.Departed).ShouldBe(moves.Closing);
        }

        var named = second.Items.Select(i => i.Key).Concat(second.FaultyKeys).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var gone = first.Items.Where(i => i.Kind.Key == "assessment" && i.EndedOn is null && !named.Contains(i.Key)).ToList();
        pack.Waiting.Departures.Single(d => d.Reason == Departures.Vanished).Count.ShouldBe(gone.Count(g => g.AllocatedOn is null)
            + second.Items.Count(i => i.Kind.Key == "assessment" && i.AllocatedOn is null && i.EndReason == Departures.Vanished && i.EndedOn > Monday.AddDays(-7)));
        pack.Working.Departures.Where(d => d.Reason == Departures.Assessed).Sum(d => d.Count)
            .ShouldBe(second.Items.Count(i => i.Kind.Key == "assessment" && i.EndReason == Departures.Assessed && i.EndedOn > Monday.AddDays(-7) && i.AllocatedOn < i.EndedOn));
    }

    [Fact]
    public async Task AW_6_LastWeeksActions_ComeBackWithTheirState()
    {
        await using var site = await TestSite.StartAsync();
        await LoadAsync(site, "open-items-2024-07-31.csv");
        var done = await site.InScopeAsync(s => s.GetRequiredService<AddPackAction>().RunAsync("assessment", "Ring the ten longest", "Priya", null));
        await site.InScopeAsync(s => s.GetRequiredService<AddPackAction>().RunAsync("assessment", "Cover for North", "Sam", null));
        await site.InScopeAsync(s => s.GetRequiredService<EndPackAction>().RunAsync(done.Id, true, "Nine reached"));

        var pack = await PackAsync(site, "assessment");

        pack.Actions.Select(a => (a.Owner, a.State, a.Outcome)).ShouldBe([("Sam", PackActionState.Open, null), ("Priya", PackActionState.Done, "Nine reached")], ignoreOrder: true);
        (await Should.ThrowAsync<RefusedException>(() => site.InScopeAsync(s => s.GetRequiredService<EndPackAction>().RunAsync(done.Id, true, null)))).Message.ShouldContain("done");
    }

    [Fact]
    public async Task AW_6_WorkerRows_ShowOnlyToThatWorkerAndTheirManager()
    {
        await using var site = await TestSite.StartAsync();
        await LoadAsync(site, "open-items-2024-07-31.csv");
        var worker = await site.InDbAsync(db => Task.FromResult(db.Users.First(u => db.StageSpans.Any(x => x.WorkerId == u.Id && x.StageKey == "assess" && x.ToDate == null))));
        var team = await site.InDbAsync(db => Task.FromResult(db.TeamMembers.First(m => m.UserId == worker.Id).TeamId));

        var own = await PackAsync(site, "assessment", v => v.SignIn(worker.Id, worker.DisplayName, new HashSet<string>(), new HashSet<string> { Can.ViewMeasures }, [], []));
        var managers = await PackAsync(site, "assessment", v => v.SignIn(Guid.NewGuid(), "Manager", new HashSet<string>(), new HashSet<string> { Can.ViewMeasures }, [team], [team]));
        var others = await PackAsync(site, "assessment", v => v.SignIn(Guid.NewGuid(), "Analyst", new HashSet<string>(), new HashSet<string> { Can.ViewMeasures }, [], []));

        own.Workers.ShouldHaveSingleItem().Name.ShouldBe(worker.DisplayName);
        managers.Workers.ShouldContain(w => w.Name == worker.DisplayName);
        others.Workers.ShouldBeEmpty();
        others.Lines.Select(l => l.Now.Value).ShouldBe(own.Lines.Select(l => l.Now.Value), "everyone gets the same number");
    }

    private static Task<WeeklyPack> PackAsync(TestSite site, string list, Action<Viewer>? viewer = null) => site.InScopeAsync(async s =>
    {
        var build = s.GetRequiredService<BuildPack>();
        var queue = build.ListFor(list);
        return await build.RunAsync(queue, await build.UsualDayAsync(queue));
    }, viewer);

    private static Task<OpenItemFile> LoadAsync(TestSite site, string sample) => site.InScopeAsync(async services =>
    {
        var staged = await services.GetRequiredService<StageOpenItems>().RunAsync(sample, await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "samples", sample)));
        await services.GetRequiredService<LoadOpenItems>().RunAsync(staged.Import.Id, confirmed: true);
        return staged.File;
    });
}
