using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Modules;

namespace Waymark.Returns.Reproduce;

/// <summary><c>./waymark reproduce [--json]</c>: every printed figure beside what the records give.</summary>
public sealed class ReproduceVerb : Verb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public override IReadOnlyList<string> Path => ["reproduce"];

    public override string Description => "Computes every figure that was printed and records can give, and says whether it matches.";

    public override void Define(Command command, VerbHost host)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        command.Options.Add(json);
        command.SetAction(parsed => host.RunAsync(parsed, async services =>
        {
            var figures = await services.GetRequiredService<ReproduceFigures>().RunAsync(PrintedFigure.All);
            if (parsed.GetValue(json))
            {
                await Console.Out.WriteLineAsync(ToJson(figures));
                return 0;
            }

            foreach (var figure in figures)
            {
                await Console.Out.WriteLineAsync($"{figure.Matches,-6} {figure.Id,-8} {figure.Title}: printed {figure.Published}, computed {figure.Computed?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"}. {figure.Because}");
            }

            var counts = figures.CountBy(f => f.Matches).ToDictionary(c => c.Key, c => c.Value);
            await Console.Out.WriteLineAsync($"{counts.GetValueOrDefault("yes")} match, {counts.GetValueOrDefault("no")} do not, {counts.GetValueOrDefault("cannot")} cannot be computed.");
            return 0;
        }));
    }

    /// <summary>The contract of <c>--json</c>.</summary>
    public static string ToJson(IReadOnlyList<ReproducedFigure> figures) => JsonSerializer.Serialize(figures, Json);
}
