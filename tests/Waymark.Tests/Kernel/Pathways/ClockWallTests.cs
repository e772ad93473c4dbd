using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Pathways.Wall;
using Waymark.Safeguarding;
using Waymark.Safeguarding.Concerns;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Pathways;

/// <summary>The wall over concerns: what is due today, what breached since the working day before, what is open, and the old backlog apart.</summary>
public sealed class ClockWallTests
{
    [Theory, BothEngines]
    public async Task Wall_OnAMonday_CountsEachClockOnceAndKeepsTheOldBacklogApart(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var screeners = await site.TeamAsync("First contact", SafeguardingModule.Screening.Key);
        await ReceivedAsync(site, new DateOnly(2024, 7, 22), new TimeOnly(9, 0)); // long past both
        await ReceivedAsync(site, new DateOnly(2024, 8, 2), new TimeOnly(23, 0)); // Friday night: the screen breached on Saturday, triage due Tuesday
        await ReceivedAsync(site, new DateOnly(2024, 8, 5), new TimeOnly(8, 30)); // due 10:30 today
        site.Stands(new DateOnly(2024, 8, 5), new TimeOnly(9, 0));

        var wall = await ReadAsync(site);

        ClockWallReader.Since(new DateOnly(2024, 8, 5)).ShouldBe(new DateOnly(2024, 8, 2));
        var screen = wall.At(screeners.Id, wall.Columns.Single(c => c.Clock.Key == ConcernPathway.ScreenClock && c.Pathway.Key == ConcernPathway.PathwayKey))!;
        (screen.Open, screen.DueToday, screen.Breached, screen.Backlog).ShouldBe((3, 1, 1, 1));
        var triage = wall.At(screeners.Id, wall.Columns.Single(c => c.Clock.Key == ConcernPathway.TriageClock && c.Pathway.Key == ConcernPathway.PathwayKey))!;
        (triage.Open, triage.DueToday, triage.Breached, triage.Backlog).ShouldBe((3, 0, 0, 1));
        wall.Backlog.Select(i => (i.Clock, i.DueDate)).ShouldBe([("Emergency screen", new DateOnly(2024, 7, 22))]);
    }

    [Fact]
    public async Task Wall_EachNumber_OpensTheListOfThatMany()
    {
        await using var site = await TestSite.StartAsync();
        var team = await site.TeamAsync("First contact", SafeguardingModule.Screening.Key);
        await ReceivedAsync(site, new DateOnly(2024, 7, 22), new TimeOnly(9, 0));
        await ReceivedAsync(site, new DateOnly(2024, 8, 2), new TimeOnly(23, 0));
        await ReceivedAsync(site, new DateOnly(2024, 8, 5), new TimeOnly(8, 30));
        site.Stands(new DateOnly(2024, 8, 5), new TimeOnly(9, 0));
        using var lead = site.Client((await Given.UserAsync(site, Roles.SafeguardingLead)).Id);
        var wall = await ReadAsync(site);
        var column = wall.Columns.Single(c => c.Clock.Key == ConcernPathway.ScreenClock && c.Pathway.Key == ConcernPathway.PathwayKey);

        var page = await lead.PageAsync("/clocks?area=Safeguarding");

        page.QuerySelector("h1")!.TextContent.ShouldBe("What is about to breach?");
        foreach (var (due, count) in new[] { ("today", 1), ("since", 1), ("backlog", 1), ((string?)null, 3) })
        {
            var address = ClockWallPage.Link(wall.Teams.Single(t => t.Id == team.Id), column, due);
            page.QuerySelectorAll("main td a").Select(a => a.GetAttribute("href")).ShouldContain(address);
            var list = await lead.PageAsync(address);
            list.QuerySelectorAll("main a[href^='/work/SGC-']").Select(a => a.GetAttribute("href")).Distinct().Count().ShouldBe(count, address);
        }
    }

    [Fact]
    public async Task Plan_OfTheBacklog_ShowsOnTheWallAndMovesNoClock()
    {
        await using var site = await TestSite.StartAsync();
        await site.TeamAsync("First contact", SafeguardingModule.Screening.Key);
        var old = await ReceivedAsync(site, new DateOnly(2024, 7, 22), new TimeOnly(9, 0));
        site.Stands(new DateOnly(2024, 8, 5), new TimeOnly(9, 0));
        var due = (await site.ClocksAsync(old.Id))[ConcernPathway.ScreenClock].DueOn;
        var seen = await site.SeenAsync(old.Id);
        await Should.ThrowAsync<RefusedException>(() => site.DoAsync((SetPlanDate plan) => plan.RunAsync(seen, new DateOnly(2024, 8, 4))));

        await site.DoAsync((SetPlanDate plan) => plan.RunAsync(seen, new DateOnly(2024, 8, 9)));

        (await ReadAsync(site)).Backlog.Single().Episode.PlanDate.ShouldBe(new DateOnly(2024, 8, 9));
        (await site.ClocksAsync(old.Id))[ConcernPathway.ScreenClock].DueOn.ShouldBe(due);
    }

    /// <summary>The numbers are everyone's; what stands behind them is not.</summary>
    [Fact]
    public async Task Wall_ForSomeoneOutsideTheTeam_ShowsTheSameNumbersAndNoName()
    {
        await using var site = await TestSite.StartAsync();
        await site.TeamAsync("First contact", SafeguardingModule.Screening.Key);
        site.Stands(new DateOnly(2024, 7, 22), new TimeOnly(9, 0));
        var concern = await site.ConcernAsync(await site.SomeoneAsync("Zenobia", "Quillfeather"));
        site.Stands(new DateOnly(2024, 8, 5), new TimeOnly(9, 0));
        using var worker = site.Client((await Given.UserAsync(site, Roles.SocialWorker)).Id);

        var text = (await worker.PageAsync("/clocks?area=Safeguarding")).QuerySelector("main")!.TextContent;

        text.ShouldContain("1 in the backlog");
        text.ShouldContain("1 more is restricted");
        text.ShouldNotContain("Quillfeather");
        text.ShouldNotContain(concern.Reference);
    }

    private static Task<ClockWall> ReadAsync(TestSite site) => site.InScopeAsync(s =>
    {
        var reader = s.GetRequiredService<ClockWallReader>();
        return reader.ReadAsync(reader.Areas.Single(a => a.Name == "Safeguarding"));
    });

    private static Task<Episode> ReceivedAsync(TestSite site, DateOnly day, TimeOnly at)
    {
        site.Stands(day, at);
        return site.ConcernAsync();
    }
}
