using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Measures;

/// <summary><c>./waymark measures [--at DATE] [--key KEY] [--json]</c>: every measure's value; <c>./waymark measures doc</c>: their definitions, as <c>docs/measures.md</c>.</summary>
public sealed class MeasuresVerb : Verb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public override IReadOnlyList<string> Path => ["measures"];

    public override string Description => "Prints what every measure is on a day.";

    public override void Define(Command command, VerbHost host)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var at = new Option<string?>("--at") { Description = "The day, 2024-07-31 or 31/07/2024; today unless given." };
        var key = new Option<string?>("--key") { Description = "One measure only." };
        command.Options.Add(json);
        command.Options.Add(at);
        command.Options.Add(key);
        command.SetAction(parsed => host.RunAsync(parsed, async services =>
        {
            var asAt = parsed.GetValue(at) is { } text ? Day(text) : services.GetRequiredService<CareClock>().Today;
            var measures = Chosen(services.GetRequiredService<Catalogue>(), parsed.GetValue(key));
            var values = await services.GetRequiredService<MeasureSheet>().ReadAsync(measures, asAt);
            await Console.Out.WriteLineAsync(parsed.GetValue(json) ? ToJson(values) : ToText(values));
            return 0;
        }));

        var doc = new Command("doc", "Prints the definitions of all measures, as docs/measures.md.");
        doc.SetAction(parsed => host.RunAsync(parsed, async services =>
        {
            await Console.Out.WriteAsync(MeasuresDocument.Text(services.GetRequiredService<Catalogue>()));
            return 0;
        }));
        command.Subcommands.Add(doc);

        var file = new Argument<string>("FILE") { Description = "A CSV with the columns key,title,date,people,source." };
        var population = new Command("population", "Loads the population estimates that rates divide by.") { file };
        population.SetAction(parsed => host.RunAsync(parsed, async services =>
        {
            var path = parsed.GetValue(file)!;
            var text = File.Exists(path) ? await File.ReadAllTextAsync(path) : throw new RefusedException($"There is no file {path}.");
            await Console.Out.WriteLineAsync($"{await services.GetRequiredService<LoadPopulation>().RunAsync(text)} estimates loaded.");
            return 0;
        }));
        command.Subcommands.Add(population);
    }

    /// <summary>The contract of <c>--json</c>: these properties, in this order.</summary>
    public static string ToJson(IEnumerable<MeasureValue> values) => JsonSerializer.Serialize(
        values.Select(v => new { key = v.Key, title = v.Title, unit = v.Unit, value = v.Value, numerator = v.Numerator, denominator = v.Denominator, asAt = v.AsAt, version = v.Version }), Json);

    private static string ToText(IReadOnlyList<MeasureValue> values)
    {
        var width = values.Max(v => v.Title.Length);
        return string.Join(Environment.NewLine, values.Select(v => $"{v.Title.PadRight(width)}  {v.Text,10} {(v.Unit == "%" ? "" : v.Unit),-8} {v.OfText} {v.Key}"));
    }

    private static IReadOnlyList<Measure> Chosen(Catalogue catalogue, string? key) => key is null
        ? [.. catalogue.Measures.Values.OrderBy(m => m.Key, StringComparer.Ordinal)]
        : catalogue.Measures.TryGetValue(key, out var measure)
            ? [measure]
            : throw new RefusedException($"There is no measure '{key}'. There are: {string.Join(", ", catalogue.Measures.Keys.Order(StringComparer.Ordinal))}.");

    internal static DateOnly Day(string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "d/M/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new RefusedException($"'{text}' is not a date. Write it as 2024-07-31 or 31/07/2024.");
}
