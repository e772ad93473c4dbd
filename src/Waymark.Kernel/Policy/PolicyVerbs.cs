using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Policy;

/// <summary><c>policy load FILE</c></summary>
public sealed class PolicyLoadVerb : Verb
{
    public override IReadOnlyList<string> Path => ["policy", "load"];
    public override string Description => "Load a dated policy file: limits, lists, tables and wording of one council.";

    public override void Define(Command command, VerbHost host)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A policy file; docs/policy.md describes it." };
        command.Arguments.Add(file);
        command.SetAction(parsed => host.RunAsync(parsed, async services =>
        {
            var source = parsed.GetValue(file)!;
            if (!source.Exists)
            {
                throw new RefusedException($"There is no file {source.FullName}.");
            }

            var (loaded, warnings) = await services.GetRequiredService<LoadPolicy>().RunAsync(await File.ReadAllTextAsync(source.FullName));
            Console.WriteLine($"Loaded \"{loaded.Name}\", in force from {loaded.EffectiveFrom.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"))}.");
            foreach (var warning in warnings)
            {
                await Console.Error.WriteLineAsync(warning);
            }

            return 0;
        }));
    }
}

/// <summary><c>policy show</c>: the text to start a file of one's own from.</summary>
public sealed class PolicyShowVerb : Verb
{
    public override IReadOnlyList<string> Path => ["policy", "show"];
    public override string Description => "Print the policy that holds: every key, its value and the file it comes from.";

    public override void Define(Command command, VerbHost host)
    {
        var at = new Option<string>("--at") { Description = "A day, as 2025-04-01; today when left out." };
        command.Options.Add(at);
        command.SetAction(parsed => host.RunAsync(parsed, services =>
        {
            var day = services.GetRequiredService<CareClock>().Today;
            if (parsed.GetValue(at) is { } text && !DateOnly.TryParseExact(text, "yyyy-MM-dd", out day))
            {
                throw new RefusedException($"\"{text}\" is not a day. Write it as 2025-04-01.");
            }

            foreach (var line in PolicyOverview.Of(services.GetRequiredService<CouncilPolicy>(), day))
            {
                Console.WriteLine($"{line.Key}\t{line.Value}\t{line.From.Name}");
            }

            return Task.FromResult(0);
        }));
    }
}

/// <summary>Every key of policy with its value in words, as on a day.</summary>
public sealed record PolicyOverview(string Key, string Title, string Part, string Value, PolicyContent From)
{
    public static IReadOnlyList<PolicyOverview> Of(CouncilPolicy policy, DateOnly day)
    {
        var files = policy.Files.Where(f => f.EffectiveFrom <= day).ToList();
        var titles = files.AsEnumerable().Reverse().SelectMany(f => f.Titles).GroupBy(t => t.Key).ToDictionary(g => g.Key, g => g.Last().Value);
        return [.. files.SelectMany(f => f.Keys).Distinct().Order(StringComparer.Ordinal).Select(key =>
        {
            var from = policy.SourceOf(key, day);
            var (part, value) = Words(from, key);
            return new PolicyOverview(key, titles.GetValueOrDefault(key, key), part, value, from);
        })];
    }

    private static (string Part, string Value) Words(PolicyContent from, string key)
    {
        if (from.Limits.TryGetValue(key, out var limit))
        {
            return ("limit", limit?.Words ?? "no limit");
        }

        if (from.Numbers.TryGetValue(key, out var number))
        {
            return ("number", number.ToString(CultureInfo.InvariantCulture));
        }

        if (from.Lists.TryGetValue(key, out var list))
        {
            return ("list", string.Join(" · ", list.Select(i => i.Title)));
        }

        return from.Tables.TryGetValue(key, out var table)
            ? ("table", $"{table.Rows.Count} {(table.Rows.Count == 1 ? "row" : "rows")}: {string.Join(", ", table.Columns)}")
            : ("text", from.Texts[key]);
    }
}
