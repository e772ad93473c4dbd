using Microsoft.EntityFrameworkCore;
using Spectre.Console;
using Waymark.Demo;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;

namespace Waymark.Host.Hosting;

/// <summary>
/// Makes the demo county in a database that this start made. One transaction: a start that is killed leaves the mark that a demo is due and nothing else, and the
/// next makes it.
/// </summary>
internal static class DemoStart
{
    private const string DueSetting = "demo.due";

    /// <summary>One person in the demo stands for fifty of the county.</summary>
    private const int Scale = 50;

    public static async Task MarkDueAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
        db.Settings.Add(new Setting { Key = DueSetting, Value = "true" });
        await db.SaveChangesAsync();
    }

    /// <returns>True when it was due, and stands now.</returns>
    public static async Task<bool> MakeIfDueAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Viewer>().ActAsSystem();
        var db = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
        if (!await db.Settings.AnyAsync(s => s.Key == DueSetting))
        {
            return false;
        }

        await WithBarAsync(async progress =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();

            // A second process that starts now waits here, and finds nothing due.
            if (await db.Settings.Where(s => s.Key == DueSetting).ExecuteDeleteAsync() > 0)
            {
                await new DemoCounty().MakeAsync(scope.ServiceProvider, progress, Scale);
            }

            await transaction.CommitAsync();
        });
        services.GetRequiredService<CareClock>().Offset = await Site.CareClockOffsetAsync(db);
        return true;
    }

    private static Task WithBarAsync(Func<IProgress<(string What, double Share)>, Task> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (!console.Profile.Out.IsTerminal)
        {
            Console.Error.WriteLine("Making the demo county …");
            return work(new Progress<(string, double)>());
        }

        return console.Progress().AutoClear(true).StartAsync(bar =>
        {
            var task = bar.AddTask("Making the demo county", maxValue: 1);
            return work(new Bar(task));
        });
    }

    private sealed class Bar(ProgressTask task) : IProgress<(string What, double Share)>
    {
        public void Report((string What, double Share) value)
        {
            task.Description = $"Making the demo county: {value.What.EscapeMarkup()}";
            task.Value = value.Share;
        }
    }
}
