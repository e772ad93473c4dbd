using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;

namespace Waymark.Demo;

/// <summary>
/// Makes the synthetic county from a seed: people, contacts, assessments and their waits from April 2021 to 31 July 2024. Nothing in it is a figure: every
/// figure of the demo is computed from these records.
/// </summary>
public sealed class DemoCounty(int seed = 20240731)
{
    /// <summary>Setting that says the database is the demo; every page and export then says "demo county".</summary>
    public const string DemoSetting = "demo";

    /// <summary>Setting: one person in the demo stands for so many of the county.</summary>
    public const string ScaleSetting = "demo-scale";

    /// <summary>Setting: keys of measures, by how they start, whose records are of the county's real size all the same.</summary>
    public const string FullSizeSetting = "demo-full-size";

    public static readonly DateOnly From = new(2021, 4, 1);
    public static readonly DateOnly Until = new(2024, 7, 31);
    private const int RowsATime = 2000;

    /// <param name="services">A scope whose viewer is the system.</param>
    /// <param name="progress">What is being made, and the share done, 0 to 1.</param>
    /// <param name="scale">The county is one to so many of its real size.</param>
    public async Task MakeAsync(IServiceProvider services, IProgress<(string What, double Share)> progress, int scale)
    {
        var db = services.GetRequiredService<WaymarkDb>();
        var random = new Random(seed);
        progress.Report(("Teams and workers", 0.02));
        var staff = DemoUsers.Make(db, From);
        await SaveAsync(db, []);

        progress.Report(("People and contacts", 0.08));
        var story = new DemoStory(random, staff, scale);
        var rows = story.Tell();
        progress.Report(("People and contacts", 0.2));
        var done = 0;
        foreach (var chunk in rows.Chunk(RowsATime))
        {
            await SaveAsync(db, chunk);
            done += chunk.Length;
            progress.Report(("Records", 0.2 + (0.75 * done / rows.Count)));
        }

        progress.Report(("Deprivation of liberty", 0.96));
        await new DemoDols(new Random(seed + 1), staff, scale).MakeAsync(db, services.GetRequiredService<BulkWriter>());
        progress.Report(("Safeguarding", 0.97));
        await new DemoSafeguarding(new Random(seed + 2), staff, scale).MakeAsync(db, services.GetRequiredService<BulkWriter>());
        await FinishAsync(db, services, scale, story);
        progress.Report(("Ready", 1));
    }

    /// <summary>The care clock starts at 31 July 2024, 10:00 London time, and ticks from there.</summary>
    private static async Task FinishAsync(WaymarkDb db, IServiceProvider services, int scale, DemoStory story)
    {
        var clock = services.GetRequiredService<CareClock>();
        var time = services.GetRequiredService<TimeProvider>();
        clock.Offset = CareClock.DemoStart - time.GetUtcNow().UtcDateTime;
        db.AddRange(story.Counters());
        db.AddRange(
            new Setting { Key = DemoSetting, Value = "true" },
            new Setting { Key = Setting.Council, Value = "Oxfordshire" },
            new Setting { Key = ScaleSetting, Value = scale.ToString(System.Globalization.CultureInfo.InvariantCulture) },
            new Setting { Key = CareClock.OffsetSetting, Value = clock.Offset.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        if (DemoSafeguarding.IsFullSize(scale))
        {
            db.Add(new Setting { Key = FullSizeSetting, Value = "safeguarding-" });
        }

        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
    }

    private static async Task SaveAsync(WaymarkDb db, object[] rows)
    {
        db.AddRange(rows);
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
    }
}
