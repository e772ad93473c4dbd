using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Pathways;

namespace Waymark.Benchmarks.Rows;

/// <summary>Saving an act while 200 views a second are logged. The baseline is the same act with no view going on.</summary>
public sealed class SaveWhileViewing : Row
{
    private const int ViewsASecond = 200;

    public override string Name => "save-while-viewing";
    public override double Target => 1.5;

    public override async Task<Result> RunAsync(Ground ground)
    {
        var county = await Data.CountyAsync(ground, ground.Scaled(5_000), seed: 6);
        using var client = await ground.ServeAsync(county.ManagerId);
        var risk = false;
        async Task SaveAsync()
        {
            risk = !risk;
            await using var scope = ground.SiteServices.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Viewer>().ActAsSystem();
            var db = scope.ServiceProvider.GetRequiredService<Kernel.Data.WaymarkDb>();
            var episode = await db.Episodes.FindAsync(county.Episode.Id);
            await scope.ServiceProvider.GetRequiredService<SetRisk>().RunAsync(new SeenEpisode(episode!.Id, episode.Version), risk ? "red" : "amber");
        }

        async Task<List<double>> ManyAsync(bool viewing)
        {
            using var stop = new CancellationTokenSource();
            var views = viewing ? ViewAsync(ground, county, stop.Token) : Task.CompletedTask;
            var times = new List<double>();
            for (var i = 0; i < 60; i++)
            {
                times.Add(await Timing.MsAsync(SaveAsync));
                await Task.Delay(20);
            }

            await stop.CancelAsync();
            await views;
            return times;
        }

        await ManyAsync(false);
        var (mine, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            theirs.AddRange(await ManyAsync(false));
            mine.AddRange(await ManyAsync(true));
        }

        return new Result(Timing.At(mine, 0.5), Timing.At(theirs, 0.5), Timing.At(mine, 0.5), Timing.At(mine, 0.95));
    }

    private static async Task ViewAsync(Ground ground, Data.County county, CancellationToken stop)
    {
        var log = ground.SiteServices.GetRequiredService<ViewLog>();
        var viewer = new Viewer();
        viewer.SignIn(county.ManagerId, "Manager", new HashSet<string>(), new HashSet<string>(), [], []);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1000.0 / ViewsASecond * 10));
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                for (var i = 0; i < 10; i++)
                {
                    log.Record(viewer, county.Person.Id, "/people/bench");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The saves are done.
        }
    }
}
