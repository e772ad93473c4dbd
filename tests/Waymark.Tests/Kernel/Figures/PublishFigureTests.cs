using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Figures;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Figures;

public sealed class PublishFigureTests
{
    private static readonly DateOnly AsAt = new(2024, 7, 31);
    private static readonly TestMeasures Tests = new();

    [Theory, BothEngines]
    public async Task GV_10_Publish_FreezesValueVersionAndRowKeys_WithoutIds(Engine engine)
    {
        await using var site = await StartAsync(engine, waits: [10, 20, 30]);

        var figure = await PublishAsync(site, "test-waiting-items");

        (figure.Value, figure.DefinitionVersion, figure.RowCount, figure.People).ShouldBe((3m, 1, 3, 3));
        var rows = await site.InDbAsync(db => db.FigureRows.Where(r => r.FigureId == figure.Id).ToListAsync());
        rows.Select(r => r.Value).ShouldBe([10, 20, 30], ignoreOrder: true);
        var episodes = await site.InDbAsync(db => db.StageSpans.Select(s => s.EpisodeId).ToListAsync());
        rows.ShouldAllBe(r => r.RowKey.Length == 16 && !episodes.Any(e => r.RowKey.Contains(e.ToString(), StringComparison.OrdinalIgnoreCase)));
        rows.Select(r => r.RowKey).Distinct().Count().ShouldBe(3);
        (await site.InDbAsync(db => db.Audit.SingleAsync(a => a.Act == "publish-figure"))).SubjectId.ShouldBe(figure.Id.ToString());
    }

    [Theory, BothEngines]
    public async Task Restate_RecordBackdated_KeepsTheFirstValueAndCountsWhatMoved(Engine engine)
    {
        await using var site = await StartAsync(engine, waits: [10, 20, 30]);
        var figure = await PublishAsync(site, "test-waiting-items");
        await site.InDbAsync(async db =>
        {
            db.Add(GivenSpans.Span(null, AsAt.AddDays(-3), null));
            db.Add(GivenSpans.Span(null, AsAt.AddDays(-2), null));
            var gone = await db.StageSpans.FirstAsync(s => s.VisitDate == AsAt.AddDays(-30));
            gone.SupersededOn = DateTime.UnixEpoch;
            return await db.SaveChangesAsync();
        });

        var restatement = await site.InScopeAsync(s => s.GetRequiredService<RestateFigure>().RunAsync(figure.Id, "Two entered late, one withdrawn"));

        (restatement.Value, restatement.Added, restatement.Removed).ShouldBe((4m, 2, 1));
        (await site.InDbAsync(db => db.PublishedFigures.SingleAsync(f => f.Id == figure.Id))).Value.ShouldBe(3m);
        await Should.ThrowAsync<RefusedException>(() => site.InScopeAsync(s => s.GetRequiredService<RestateFigure>().RunAsync(figure.Id, "Again")));
    }

    [Fact]
    public async Task RestateJob_OnlyWhatChanged()
    {
        await using var site = await StartAsync(Engine.Sqlite, waits: [10, 20, 30]);
        await PublishAsync(site, "test-waiting-items");
        await PublishAsync(site, "test-waiting-longest");
        await site.InDbAsync(async db => { db.Add(GivenSpans.Span(null, AsAt.AddDays(-5), null)); return await db.SaveChangesAsync(); });

        await site.InScopeAsync(s => new RestateFiguresJob().RunAsync(s, TestContext.Current.CancellationToken));
        await site.InScopeAsync(s => new RestateFiguresJob().RunAsync(s, TestContext.Current.CancellationToken));

        var restated = await site.InDbAsync(db => db.FigureRestatements.OrderBy(r => r.Value).ToListAsync());
        restated.Select(r => (r.Value, r.Added, r.Removed)).ShouldBe([(4m, 1, 0), (30m, 1, 0)]);
    }

    [Fact]
    public async Task X_03_MeanAboveTheBoundOfWhatIsPublished_IsRefusedWithTheArithmetic()
    {
        await using var site = await StartAsync(Engine.Sqlite, waits: [62, 62, 82]);
        await PublishAsync(site, "test-waiting-median");
        await PublishAsync(site, "test-waiting-longest");
        await site.InDbAsync(async db => { db.Add(GivenSpans.Span(null, AsAt.AddDays(-123), null)); return await db.SaveChangesAsync(); });

        var refused = await Should.ThrowAsync<RefusedException>(() => PublishAsync(site, "test-waiting-mean"));

        refused.Message.ShouldContain("(62 + 82) ÷ 2 = 72");
        (await site.InDbAsync(db => db.PublishedFigures.CountAsync())).ShouldBe(2);
    }

    [Fact]
    public async Task X_01_PercentageOfOtherRowsThanTheList_IsRefusedByGrim()
    {
        await using var site = await StartAsync(Engine.Sqlite, waits: [1, 2, 3]);
        await PublishAsync(site, "test-waiting-items");
        await site.InDbAsync(async db => { db.Add(GivenSpans.Span(null, AsAt.AddDays(-3), null, paused: true)); return await db.SaveChangesAsync(); });

        var refused = await Should.ThrowAsync<RefusedException>(() => PublishAsync(site, "test-waiting-paused"));

        refused.Message.ShouldContain("1 ÷ 4 = 25.0%; no whole number of the 3");
    }

    [Theory]
    [InlineData("25.6", 1, 582, true)]
    [InlineData("25.6", 1, 592, false)]
    [InlineData("90.6", 1, 136, false)]
    [InlineData("90.6", 1, 128, true)]
    [InlineData("9.18", 2, 98, true)]
    [InlineData("9.18", 2, 99, false)]
    [InlineData("100", 0, 7, true)]
    [InlineData("0", 0, 7, true)]
    public void X_01_X_37_X_38_Grim_ReachableFromN(string printed, int decimals, long of, bool reachable) =>
        FigureChecks.IsReachable(decimal.Parse(printed, System.Globalization.CultureInfo.InvariantCulture), decimals, of).ShouldBe(reachable);

    [Theory]
    [InlineData(77, 62, 82, false)]
    [InlineData(77, 62, 123, true)]
    public void X_03_MeanBound_AsTheInventorySays(int mean, int median, int longest, bool possible) =>
        (FigureChecks.MeanBound(mean, median, longest) is null).ShouldBe(possible);

    [Fact]
    public async Task Publish_Twice_IsRefused_NewVersionStartsANewLine()
    {
        await using var site = await StartAsync(Engine.Sqlite, waits: [10]);
        await PublishAsync(site, "test-waiting-items");
        (await Should.ThrowAsync<RefusedException>(() => PublishAsync(site, "test-waiting-items"))).Message.ShouldContain("already published as 1");

        await using var scope = site.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Viewer>().ActAsSystem();
        var newer = new Catalogue([new NewerVersion()]);
        var publish = ActivatorUtilities.CreateInstance<PublishFigure>(scope.ServiceProvider, newer);
        var figure = await publish.RunAsync(new FigureToPublish("test-waiting-items", AsAt), TestContext.Current.CancellationToken);

        figure.DefinitionVersion.ShouldBe(2);
        (await site.InDbAsync(db => db.FigureRestatements.CountAsync())).ShouldBe(0);
        (await site.InDbAsync(db => db.PublishedFigures.CountAsync(f => f.MeasureKey == "test-waiting-items"))).ShouldBe(2);
    }

    [Fact]
    public async Task Start_PublishedFigureWhoseDefinitionIsGone_NamesIt_KeptOrWithdrawnPasses()
    {
        await using var site = await StartAsync(Engine.Sqlite, waits: [10]);
        var figure = await PublishAsync(site, "test-waiting-items");
        Task CheckAsync(params WaymarkModule[] modules) => site.InScopeAsync(s => ActivatorUtilities.CreateInstance<FigureDefinitions>(s, new Catalogue(modules)).CheckAsync());

        await CheckAsync(Tests);
        (await Should.ThrowAsync<RefusedException>(() => CheckAsync(new NewerVersion()))).Message.ShouldContain("'test-waiting-items', version 1");
        await CheckAsync(new NewerVersion(), new Keeps());
        await site.InScopeAsync(s => s.GetRequiredService<WithdrawFigure>().RunAsync(figure.Id, "Published in error"));
        await CheckAsync(new NewerVersion());
    }

    [Fact]
    public async Task Publish_WithoutThePermission_OrOfTheFuture_IsRefused()
    {
        await using var site = await StartAsync(Engine.Sqlite, waits: [10]);

        await Should.ThrowAsync<RefusedException>(() => site.InScopeAsync(
            s => s.GetRequiredService<PublishFigure>().RunAsync(new FigureToPublish("test-waiting-items", AsAt)),
            v => v.SignIn(Guid.NewGuid(), "Someone", new HashSet<string>(), new HashSet<string> { Can.ViewMeasures }, [], [])));
        (await Should.ThrowAsync<RefusedException>(() => site.InScopeAsync(
            s => s.GetRequiredService<PublishFigure>().RunAsync(new FigureToPublish("test-waiting-items", AsAt.AddDays(1)))))).Message.ShouldContain("has not come yet");
    }

    private static async Task<TestSite> StartAsync(Engine engine, int[] waits)
    {
        var site = await TestMeasures.StartSiteAsync(engine);
        await site.InDbAsync(async db =>
        {
            foreach (var (days, i) in waits.Select((d, i) => (d, i)))
            {
                var person = GivenSpans.Person(i + 1);
                db.Add(person);
                db.Add(GivenSpans.Span(person, AsAt.AddDays(-days), null));
            }

            return await db.SaveChangesAsync();
        });
        return site;
    }

    private static Task<PublishedFigure> PublishAsync(TestSite site, string key) =>
        site.InScopeAsync(s => s.GetRequiredService<PublishFigure>().RunAsync(new FigureToPublish(key, AsAt)));

    private sealed class NewerVersion : WaymarkModule
    {
        public override string Name => "Newer";
        public override IEnumerable<Measure> Measures => [Tests["test-waiting-items"] with { DefinitionVersion = 2 }];
    }

    private sealed class Keeps : WaymarkModule
    {
        public override string Name => "Keeps";
        public override IEnumerable<Measure> FormerMeasures => [Tests["test-waiting-items"]];
    }
}
