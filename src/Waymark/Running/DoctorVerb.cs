using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Waymark.Host.Hosting;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Running;

/// <summary><c>doctor [--json]</c>: exit code 1 when something fails.</summary>
public sealed class DoctorVerb : Verb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public override IReadOnlyList<string> Path => ["doctor"];
    public override string Description => "Look the site over: database, disk, jobs, audit, messages, keys, policy; and how to mend what is wrong.";

    public override void Define(Command command, VerbHost host)
    {
        var json = new Option<bool>("--json") { Description = "[{\"check\",\"state\",\"what\",\"mend\"}]" };
        command.Options.Add(json);

        // Not through the host: that would mend (migrate) what is to be looked at.
        command.SetAction(parsed => CommandLine.SayingRefusalsAsync(async () =>
        {
            await using var services = Site.ServicesFor(DatabaseChoice.From(parsed.GetValue<string>("--data")!), quiet: true);
            await using var scope = services.CreateAsyncScope();
            var findings = await scope.ServiceProvider.GetRequiredService<Doctor>().ExamineAsync();
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(findings, Json));
            }
            else
            {
                Print(findings);
            }

            return findings.Any(f => f.State == Health.Fail) ? 1 : 0;
        }));
    }

    private static void Print(IReadOnlyList<Finding> findings)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "", "");
        foreach (var finding in findings)
        {
            var word = finding.State switch { Health.Ok => "[green]ok[/]", Health.Warn => "[yellow]warn[/]", _ => "[red]FAIL[/]" };
            table.AddRow(word, finding.Check.EscapeMarkup(), finding.What.EscapeMarkup() + (finding.Mend.Length > 0 ? $"\n→ {finding.Mend.EscapeMarkup()}" : ""));
        }

        AnsiConsole.Write(table);
    }
}
