using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;
using Waymark.Returns.OpenItems;

namespace Waymark.Returns.Pack;

/// <summary><c>./waymark pack</c>: the weekly pack of a list, as words or CSV.</summary>
public sealed class PackVerb : Verb
{
    public override IReadOnlyList<string> Path => ["pack"];

    public override string Description => "Print the weekly performance pack of a list: stocks, waits, arrivals and departures by reason, teams, overdue contacts, actions.";

    public override void Define(Command command, VerbHost host)
    {
        var list = new Option<string?>("--list") { Description = "Which list: assessment, ot, review-due …; the longest when left out." };
        var at = new Option<string?>("--at") { Description = "As at which day, 31/07/2024; the newest extract's, or today." };
        var csv = new Option<bool>("--csv") { Description = "Print as CSV." };
        command.Options.Add(list);
        command.Options.Add(at);
        command.Options.Add(csv);
        command.SetAction(parsed => host.RunAsync(parsed, async services =>
        {
            var build = services.GetRequiredService<BuildPack>();
            var lists = await build.ListsAsync();
            var key = parsed.GetValue(list) is { } named ? OpenItemKinds.Table.For(named).Key : null;
            if ((key is null ? (lists.Count > 0 ? lists[0] : null) : lists.FirstOrDefault(l => l.Key == key)) is not { } chosen)
            {
                throw new RefusedException(lists.Count == 0
                    ? "No list has an item yet. Load an extract: ./waymark import open-items FILE"
                    : $"There is no list \"{key}\". There are: {string.Join(", ", lists.Select(l => l.Key))}.");
            }

            var day = parsed.GetValue(at) is not { } text ? await build.UsualDayAsync(chosen)
                : BritishDate.Parse(text) ?? throw new RefusedException($"\"{text}\" is not a date. Write it as 31/07/2024.");
            var pack = await build.RunAsync(chosen, day);
            if (parsed.GetValue(csv))
            {
                await PackTable.WriteAsync(pack, Console.Out);
                return 0;
            }

            await PrintAsync(pack, lists.Select(l => l.Key));
            return 0;
        }));
    }

    private static async Task PrintAsync(WeeklyPack pack, IEnumerable<string> lists)
    {
        var output = Console.Out;
        await output.WriteLineAsync($"Weekly pack: {pack.List.Noun}, as at {pack.AsAt:d MMMM yyyy}");
        foreach (var section in PackTable.Rows(pack).GroupBy(r => r[2]))
        {
            await output.WriteLineAsync($"\n{section.Key}");
            foreach (var row in section)
            {
                var before = string.IsNullOrEmpty(row[5]) ? "" : $"   a week ago {Number(row[5])}";
                await output.WriteLineAsync($"  {Number(row[4]),10} {row[6],-7} {row[3]}{before}");
            }
        }

        await output.WriteLineAsync($"\nOther lists: {string.Join(", ", lists.Where(l => l != pack.List.Key))}. Another: ./waymark pack --list KEY");
    }

    private static string? Number(string? text) => decimal.TryParse(text, CultureInfo.InvariantCulture, out var number) ? Math.Round(number, 1, MidpointRounding.AwayFromZero).ToString("0.#", CultureInfo.InvariantCulture) : text;
}
