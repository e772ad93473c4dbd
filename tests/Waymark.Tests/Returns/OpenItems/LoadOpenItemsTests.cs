using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;
using Waymark.Returns.OpenItems;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Returns.OpenItems;

public sealed class LoadOpenItemsTests
{
    private const string Header = "kind,reference,person_id,team,worker,joined_list,allocated_on,ended_on,end_reason,risk,priority,has_a_plan,due\n";

    private const string FirstWeek =
        """
        assessment,R1,1,North,,01/05/2024,,,,amber,P2,yes,
        assessment,R2,2,North,,02/05/2024,,,,,P1,no,
        assessment,R3,3,South,Jo Mensah,03/05/2024,20/06/2024,,,,P1,,
        assessment,R4,4,South,,04/06/2024,,,,,P3,,30/08/2024
        assessment,R5,5,South,,05/06/2024,,,,,P3,,
        assessment,R6,6,South,,06/06/2024,,,,,P3,,
        ot,R1,1,OT,,01/07/2024,,,,,,,
        """;

    [Theory, BothEngines]
    public async Task AW_1_Load_OpensWaitingAndAllocatedSpans_AsAtAnyDay(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await LoadAsync(site, "24/07/2024", FirstWeek);

        (await WaitingAsync(site, new DateOnly(2024, 7, 24))).ShouldBe(["assessment/R1", "assessment/R2", "assessment/R4", "assessment/R5", "assessment/R6"]);
        (await WaitingAsync(site, new DateOnly(2024, 6, 19))).ShouldContain("assessment/R3");
        (await WaitingAsync(site, new DateOnly(2024, 6, 20))).ShouldNotContain("assessment/R3");
        (await WaitingAsync(site, new DateOnly(2024, 5, 1))).ShouldBe(["assessment/R1"]);
    }

    [Theory, BothEngines]
    public async Task Load_NextWeek_ChangesEndsAndVanishes_AndUndoPutsBack(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await LoadAsync(site, "24/07/2024", FirstWeek);
        var before = await PictureAsync(site);
        var second = await LoadAsync(site, "31/07/2024",
            """
            assessment,R1,1,North,Jo Mensah,01/05/2024,29/07/2024,,,red,P2,no,
            assessment,R2,2,South,,02/05/2024,,,,,P1,no,
            assessment,R3,3,South,Jo Mensah,03/05/2024,20/06/2024,30/07/2024,Completed,,P1,,
            assessment,R4,4,South,,04/06/2024,,,,,P3,,14/08/2024
            assessment,R6,6,South,,06/06/2024,,,,,P3,,
            assessment,R7,1,North,,30/07/2024,,,,,P3,,
            """, confirmed: true);

        second.Vanished.ShouldHaveSingleItem().Key.ShouldBe("assessment/R5");
        (await WaitingAsync(site, new DateOnly(2024, 7, 31))).ShouldBe(["assessment/R2", "assessment/R4", "assessment/R6", "assessment/R7"]);
        (await WaitingAsync(site, new DateOnly(2024, 7, 28))).ShouldContain("assessment/R1");
        (await WaitingAsync(site, new DateOnly(2024, 7, 30))).ShouldContain("assessment/R5");
        var vanished = await site.InDbAsync(db => db.Episodes.SingleAsync(e => e.SourceReference == "assessment/R5"));
        vanished.Departure.ShouldBe(Departures.Vanished, "a row that vanishes never counts as completed");
        var transferred = await site.InDbAsync(db => db.StageSpans.Where(s => s.SupersededOn == null && db.Episodes.Any(e => e.Id == s.EpisodeId && e.SourceReference == "assessment/R2")).OrderBy(s => s.FromDate).ToListAsync());
        transferred.Select(s => s.FromDate).ShouldBe([new DateOnly(2024, 5, 2), new DateOnly(2024, 7, 31)]);
        transferred.Select(s => s.VisitDate).Distinct().ShouldHaveSingleItem("a change of team is the same wait");
        (await site.InDbAsync(db => db.Episodes.CountAsync(e => e.Kind == "ot" && e.ClosedDate == null))).ShouldBe(1, "the file does not cover OT");

        var id = await site.InDbAsync(db => db.Set<OpenItemImport>().OrderByDescending(i => i.AsAt).Select(i => i.Id).FirstAsync());
        await site.InScopeAsync(s => s.GetRequiredService<UndoOpenItems>().RunAsync(id));

        (await PictureAsync(site)).ShouldBe(before);
    }

    [Theory, BothEngines]
    public async Task Load_SameFileTwice_ChangesNothing(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await LoadAsync(site, "24/07/2024", FirstWeek);
        var before = await PictureAsync(site);

        var plan = await LoadAsync(site, "24/07/2024", FirstWeek);

        (plan.WouldOpen, plan.WouldClose, plan.Unended).ShouldBe((0, 0, 7));
        (await PictureAsync(site)).ShouldBe(before);
    }

    [Fact]
    public async Task Load_PastTheClosingShare_StopsUntilAPersonConfirms()
    {
        await using var site = await TestSite.StartAsync();
        await LoadAsync(site, "24/07/2024", FirstWeek);
        var half = string.Join('\n', FirstWeek.Split('\n').Take(3));

        var stopped = await Should.ThrowAsync<NeedsConfirmationException>(() => LoadAsync(site, "31/07/2024", half, kinds: "assessment"));

        stopped.Message.ShouldContain("close 3 of 6");
        (await site.InDbAsync(db => db.Episodes.CountAsync(e => e.ClosedDate == null))).ShouldBe(7);
        await LoadAsync(site, "31/07/2024", half, confirmed: true, kinds: "assessment");
        (await site.InDbAsync(db => db.Episodes.CountAsync(e => e.ClosedDate == null))).ShouldBe(4);
    }

    [Fact]
    public async Task Load_FaultyRow_IsNotTakenAndItsItemStays()
    {
        await using var site = await TestSite.StartAsync();
        await LoadAsync(site, "24/07/2024", FirstWeek);

        await LoadAsync(site, "31/07/2024", FirstWeek.Replace("02/05/2024", "32/05/2024"), confirmed: true);

        (await WaitingAsync(site, new DateOnly(2024, 7, 31))).ShouldContain("assessment/R2");
    }

    [Fact]
    public async Task Load_OlderThanWhatIsLoaded_IsRefused()
    {
        await using var site = await TestSite.StartAsync();
        await LoadAsync(site, "24/07/2024", FirstWeek);

        (await Should.ThrowAsync<RefusedException>(() => LoadAsync(site, "17/07/2024", FirstWeek))).Message.ShouldContain("24 July 2024");
    }

    [Fact]
    public async Task Load_BackOnTheListAfterVanishing_KeepsTheFirstWait()
    {
        await using var site = await TestSite.StartAsync();
        await LoadAsync(site, "17/07/2024", FirstWeek);
        await LoadAsync(site, "24/07/2024", FirstWeek.Replace("assessment,R5,5,South,,05/06/2024,,,,,P3,,\n", ""), confirmed: true);
        await LoadAsync(site, "31/07/2024", FirstWeek);

        var back = await site.InDbAsync(db => db.StageSpans.SingleAsync(s => s.SupersededOn == null && s.ToDate == null && db.Episodes.Any(e => e.Id == s.EpisodeId && e.SourceReference == "assessment/R5")));
        back.VisitDate.ShouldBe(new DateOnly(2024, 6, 5));
    }

    [Theory, BothEngines]
    public async Task Load_ItemOfAnotherPersonNow_MovesToThem_AndUndoPutsBack(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await LoadAsync(site, "24/07/2024", FirstWeek);
        var before = await PictureAsync(site);
        var plan = await LoadAsync(site, "31/07/2024", FirstWeek.Replace("assessment,R5,5,", "assessment,R5,6,"));

        plan.OtherPerson.ShouldBe(1);
        (await OwnersAsync(site)).ShouldContain("assessment/R5 of 6");
        await UndoNewestAsync(site);
        (await PictureAsync(site)).ShouldBe(before);
        (await OwnersAsync(site)).ShouldContain("assessment/R5 of 5");
    }

    [Fact]
    public async Task Load_ClosingShareOfTheCouncilsPolicy_Decides()
    {
        await using var site = await TestSite.StartAsync();
        await site.InScopeAsync(async s => await s.GetRequiredService<LoadPolicy>().RunAsync("""{ "name": "Ours", "effectiveFrom": "2020-01-01", "numbers": { "open-items.closing-share": 90 } }"""));
        await LoadAsync(site, "24/07/2024", FirstWeek);

        (await LoadAsync(site, "31/07/2024", "assessment,R1,1,North,,01/05/2024,,,,amber,P2,yes,\not,R1,1,OT,,01/07/2024,,,,,,,")).ClosingShare.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task DropUnloaded_OldFileNeverLoaded_GoesWithItsRows_AndALoadedOneStays()
    {
        await using var site = await TestSite.StartAsync();
        await LoadAsync(site, "24/07/2024", FirstWeek);
        await site.InScopeAsync(async s => { await s.GetRequiredService<StageOpenItems>().RunAsync("left.csv", Encoding.UTF8.GetBytes(Header + FirstWeek), "25/07/2024", "assessment,ot"); });
        site.Time.Advance(TimeSpan.FromDays(40));
        await site.InScopeAsync(s => new DropUnloaded().RunAsync(s, TestContext.Current.CancellationToken));

        (await site.InDbAsync(db => db.Set<OpenItemImport>().Select(i => i.FileName).ToListAsync())).ShouldBe(["week.csv"]);
        (await site.InDbAsync(db => db.Set<StagedOpenItem>().CountAsync(r => !db.Set<OpenItemImport>().Any(i => i.Id == r.ImportId)))).ShouldBe(0);
    }

    [Fact]
    public async Task Stage_DemoDatabase_IsRefused()
    {
        await using var site = await TestSite.StartAsync();
        await site.InDbAsync(async db => { db.Settings.Add(new() { Key = "demo", Value = "true" }); return await db.SaveChangesAsync(); });

        (await Should.ThrowAsync<RefusedException>(() => LoadAsync(site, "24/07/2024", FirstWeek))).Message.ShouldContain("--data");
    }

    private static async Task<OpenItemPlan> LoadAsync(TestSite site, string asAt, string rows, bool confirmed = false, string? kinds = null) => await site.InScopeAsync(async services =>
    {
        var staged = await services.GetRequiredService<StageOpenItems>().RunAsync("week.csv", Encoding.UTF8.GetBytes(Header + rows + "\n"), asAt, kinds ?? "assessment" + (rows.Contains("ot,") ? ",ot" : ""));
        return await services.GetRequiredService<LoadOpenItems>().RunAsync(staged.Import.Id, confirmed);
    });

    private static Task<List<string>> OwnersAsync(TestSite site) => site.InDbAsync(db =>
        (from span in db.StageSpans
         join episode in db.Episodes on span.EpisodeId equals episode.Id
         join person in db.People on span.PersonId equals person.Id
         where span.SupersededOn == null && episode.PersonId == person.Id
         select episode.SourceReference + " of " + person.CouncilId).ToListAsync());

    private static Task UndoNewestAsync(TestSite site) => site.InScopeAsync(async s =>
    {
        var newest = await s.GetRequiredService<Waymark.Kernel.Data.WaymarkDb>().Set<OpenItemImport>().OrderByDescending(i => i.AsAt).Select(i => i.Id).FirstAsync();
        await s.GetRequiredService<UndoOpenItems>().RunAsync(newest);
    });

    private static Task<List<string>> WaitingAsync(TestSite site, DateOnly day) => site.InDbAsync(db =>
        (from span in db.StageSpans
         join episode in db.Episodes on span.EpisodeId equals episode.Id
         where span.SupersededOn == null && span.StageKey == "allocate" && span.FromDate <= day && (span.ToDate == null || span.ToDate > day)
         orderby episode.SourceReference
         select episode.SourceReference!).ToListAsync());

    /// <summary>Everything the load writes, as words, so that two pictures compare.</summary>
    private static Task<string> PictureAsync(TestSite site) => site.InDbAsync(async db =>
    {
        var spans = await db.StageSpans.Where(s => s.SupersededOn == null).ToListAsync();
        var episodes = await db.Episodes.OrderBy(e => e.SourceReference).ToListAsync();
        var clocks = await db.EpisodeClocks.OrderBy(c => c.EpisodeId).Select(c => $"{c.EpisodeId} {c.DueOn} {c.StoppedOn}").ToListAsync();
        var facts = await db.ReportedFacts.OrderBy(f => f.PersonId).Select(f => $"{f.PersonId} {f.FromDate} {f.ToDate}").ToListAsync();
        var people = await db.People.CountAsync();
        var lines = episodes.SelectMany(e => spans.Where(s => s.EpisodeId == e.Id).OrderBy(s => s.FromDate).Select(s =>
            $"{e.SourceReference} {e.StageKey} {e.WorkerId} {e.Risk} {e.ClosedDate} {e.Departure} | {s.StageKey} {s.VisitId} {s.FromDate} {s.ToDate} {s.EndReason} {s.TeamId} {s.WorkerId} {s.Priority} {s.Risk}"));
        return string.Join('\n', [.. lines, .. clocks, .. facts, $"{people} people"]);
    });
}
