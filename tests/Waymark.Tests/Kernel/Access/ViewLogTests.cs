using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Access;

public sealed class ViewLogTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothEngines]
    public async Task Views_Recorded_AreInTheDatabaseOnce_AfterAFlush(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var log = site.Services.GetRequiredService<ViewLog>();
        var (viewer, system) = (new Viewer(), new Viewer().ActAsSystem());
        GivenRecords.As(Guid.CreateVersion7())(viewer);
        var person = Guid.CreateVersion7();

        await Parallel.ForEachAsync(Enumerable.Range(0, 1200), async (i, _) =>
        {
            log.Record(viewer, person, "/people/{reference}", i == 7 ? "Break-glass" : null);
            log.Record(system, person, "/people/{reference}");
            if (i % 100 == 0)
            {
                await log.FlushAsync(CancellationToken.None);
            }
        });
        await log.FlushAsync(Stop);
        await log.FlushAsync(Stop);

        var views = await site.InDbAsync(db => db.ViewLog.ToListAsync());
        views.Count.ShouldBe(1200);
        views.ShouldAllBe(v => v.PersonId == person && v.UserId == viewer.UserId);
        views.Count(v => v.Purpose == "Break-glass").ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task Views_OfAProcessThatWasKilled_AreSavedByTheNext_Once(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var folder = site.Services.GetRequiredService<DataFolder>();
        var (viewer, person) = (new Viewer(), Guid.CreateVersion7());
        GivenRecords.As(Guid.CreateVersion7())(viewer);
        using (var killed = new ViewJournal(folder))
        {
            using var log = new ViewLog(site.Services.GetRequiredService<IServiceScopeFactory>(), site.Time, killed);
            log.Record(viewer, person, "/people/{reference}");
            site.Time.Advance(TimeSpan.FromSeconds(1));
            log.Record(viewer, person, "/people/{reference}", "Rows of a measure");
            await site.InScopeAsync(async services =>
            {
                // While its process lives, nobody else takes them.
                await services.GetRequiredService<ViewLog>().RecoverAsync(Stop);
                (await services.GetRequiredService<WaymarkDb>().ViewLog.CountAsync()).ShouldBe(0);
            });
        }

        var left = Directory.GetFiles(Path.Combine(folder.Path, "views")).ShouldHaveSingleItem();
        await File.AppendAllTextAsync(left, "{\"UserId\":\"torn", Stop);
        var copy = await File.ReadAllBytesAsync(left, Stop);
        await site.Services.GetRequiredService<ViewLog>().RecoverAsync(Stop);
        File.Exists(left).ShouldBeFalse();
        await File.WriteAllBytesAsync(left, copy, Stop);
        await site.Services.GetRequiredService<ViewLog>().RecoverAsync(Stop);

        (await site.InDbAsync(db => db.ViewLog.OrderBy(v => v.Id).Select(v => v.Purpose).ToListAsync())).ShouldBe([null, "Rows of a measure"]);
    }

    [Fact]
    public async Task Views_WhenTheDatabaseRefuses_AreKeptAndSavedLater()
    {
        await using var site = await TestSite.StartAsync();
        using var journal = new ViewJournal(site.Services.GetRequiredService<DataFolder>());
        var scopes = new FailingScopes(site.Services.GetRequiredService<IServiceScopeFactory>());
        using var log = new ViewLog(scopes, site.Time, journal);
        var viewer = new Viewer();
        GivenRecords.As(Guid.CreateVersion7())(viewer);
        log.Record(viewer, Guid.CreateVersion7(), "/a");

        await Should.ThrowAsync<InvalidOperationException>(() => log.FlushAsync(Stop));
        scopes.Fails = false;
        log.Record(viewer, Guid.CreateVersion7(), "/b");
        await log.FlushAsync(Stop);

        (await site.InDbAsync(db => db.ViewLog.OrderBy(v => v.Id).Select(v => v.Page).ToListAsync())).ShouldBe(["/a", "/b"]);
    }

    private sealed class FailingScopes(IServiceScopeFactory real) : IServiceScopeFactory
    {
        public bool Fails { get; set; } = true;

        public IServiceScope CreateScope() => Fails ? throw new InvalidOperationException("The database is away.") : real.CreateScope();
    }
}
