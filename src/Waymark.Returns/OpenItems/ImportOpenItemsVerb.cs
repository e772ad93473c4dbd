using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;

namespace Waymark.Returns.OpenItems;

/// <summary><c>./waymark import open-items FILE</c>: previews, and loads when nothing needs a person's word; <c>--yes</c> gives it.</summary>
public sealed class ImportOpenItemsVerb : Verb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public override IReadOnlyList<string> Path => ["import", "open-items"];

    public override string Description => "Loads a council's open items (waiting lists, reviews due, enquiries …) from a CSV of any case system.";

    public override void Define(Command command, VerbHost host)
    {
        var file = new Argument<string?>("FILE") { Description = "The CSV file.", Arity = ArgumentArity.ZeroOrOne };
        var template = new Option<bool>("--template") { Description = "Print the columns as a CSV to fill." };
        var yes = new Option<bool>("--yes") { Description = "Load even where rows have faults or many items would close: I have looked." };
        var preview = new Option<bool>("--preview") { Description = "Say what it would do and change nothing." };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        var asAt = new Option<string?>("--as-at") { Description = "The day the extract was taken, 31/07/2024, where the file does not say." };
        var kinds = new Option<string?>("--kinds") { Description = "Kinds the file covers, separated by commas, where the file does not say." };
        var teams = new Option<string?>("--teams") { Description = "Teams the file covers, or all." };
        foreach (var option in new Option[] { template, yes, preview, json, asAt, kinds, teams })
        {
            command.Options.Add(option);
        }

        command.Arguments.Add(file);
        command.SetAction(async parsed =>
        {
            if (parsed.GetValue(template))
            {
                await Console.Out.WriteAsync(OpenItemColumns.Template());
                return 0;
            }

            if (parsed.GetValue(file) is not { } path)
            {
                await Console.Error.WriteLineAsync("Name the file to load: ./waymark import open-items FILE. Its columns: ./waymark import open-items --template");
                return 2;
            }

            return await host.RunAsync(parsed, async services =>
            {
                if (!File.Exists(path))
                {
                    throw new RefusedException($"There is no file {path}.");
                }

                var bytes = await File.ReadAllBytesAsync(path);
                var staged = await services.GetRequiredService<StageOpenItems>().RunAsync(path, bytes, parsed.GetValue(asAt), parsed.GetValue(kinds), parsed.GetValue(teams));
                return await FinishAsync(services, staged, parsed.GetValue(preview), parsed.GetValue(yes), parsed.GetValue(json));
            });
        });
    }

    private static async Task<int> FinishAsync(IServiceProvider services, StagedImport staged, bool preview, bool yes, bool json)
    {
        string? stopped = null;
        if (!preview)
        {
            try
            {
                await services.GetRequiredService<LoadOpenItems>().RunAsync(staged.Import.Id, yes);
            }
            catch (NeedsConfirmationException needs)
            {
                stopped = $"{needs.Message} To go on: --yes";
            }
        }

        if (json)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(Result(staged, loaded: !preview && stopped is null, stopped), Json));
        }
        else
        {
            await PrintAsync(staged, preview, stopped);
        }

        return stopped is null ? 0 : 1;
    }

    private static object Result(StagedImport staged, bool loaded, string? stopped)
    {
        var (import, file, plan) = staged;
        return new
        {
            import = import.Id,
            file = file.FileName,
            asAt = file.AsAt,
            kinds = file.Kinds,
            teams = file.Teams,
            coverageDeclared = file.CoverageDeclared,
            rows = file.RowCount,
            taken = file.Items.Count,
            open = plan.WouldOpen,
            close = plan.WouldClose,
            vanished = plan.Vanished.Count,
            alreadyEnded = plan.AlreadyEnded,
            openBefore = plan.OpenBefore,
            loaded,
            stopped,
            faults = file.Faults,
            warnings = file.Warnings,
        };
    }

    private static async Task PrintAsync(StagedImport staged, bool preview, string? stopped)
    {
        var (_, file, plan) = staged;
        foreach (var fault in file.Faults)
        {
            await Console.Error.WriteLineAsync($"line {fault.Line}, {fault.Field} \"{fault.Value}\" ({fault.Rule}): {fault.Message}");
        }

        foreach (var group in file.Warnings.GroupBy(w => w.Rule))
        {
            await Console.Error.WriteLineAsync($"warning {group.Key}, {group.Count():N0} rows, first line {group.First().Line}: {group.First().Message}");
        }

        var coverage = $"{string.Join(", ", file.Kinds)}; {(file.Teams.Count == 0 ? "all teams" : string.Join(", ", file.Teams))}{(file.CoverageDeclared ? "" : " (taken from the rows: the file does not declare it)")}";
        await Console.Out.WriteLineAsync($"{file.FileName}, as at {file.AsAt:d MMMM yyyy}, covers {coverage}");
        await Console.Out.WriteLineAsync($"{file.RowCount:N0} rows, {file.Items.Count:N0} taken, {file.RowCount - file.Items.Count:N0} faulty; {plan.InWords}; {plan.AlreadyEnded:N0} had ended already.");
        await Console.Out.WriteLineAsync(preview ? "Preview only: nothing was changed." : stopped ?? "Loaded. See the pack: ./waymark pack, or /pack on the site.");
    }
}
