using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Audit;

/// <summary><c>./waymark audit verify</c>: exit code 0 when every entry is as it was sealed, 1 when something was tampered with.</summary>
public sealed class AuditVerifyVerb : Verb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    public override IReadOnlyList<string> Path => ["audit", "verify"];
    public override string Description => "Checks the audit against its seals: names what was changed, is missing, out of order, added, or cut from the end.";

    public override void Define(Command command, VerbHost host)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        command.Options.Add(json);
        command.SetAction((parsed, _) => host.RunAsync(parsed, async services =>
        {
            var report = await services.GetRequiredService<VerifyAudit>().RunAsync();
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(report, Json) : Words(report));
            return report.IsIntact ? 0 : 1;
        }));
    }

    private static string Words(AuditReport report)
    {
        var counted = $"{report.Entries:N0} entries, {report.Seals:N0} seals, {report.NotYetSealed:N0} entries not yet sealed.";
        return report.IsIntact
            ? $"The audit is as it was sealed: {counted}"
            : string.Join('\n', report.Faults.Select(f => f.Says).Append($"The audit has been tampered with: {report.Faults.Count:N0} findings. {counted}"));
    }
}
