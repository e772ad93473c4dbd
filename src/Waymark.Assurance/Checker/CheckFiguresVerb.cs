using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Waymark.Kernel.Modules;
using Waymark.Text.Reading;
using Waymark.Text.Rules;

namespace Waymark.Assurance.Checker;

/// <summary><c>./waymark figures check FILE…</c>: which figures of one or more documents cannot all be true. It needs no database.</summary>
public sealed class CheckFiguresVerb : Verb
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override IReadOnlyList<string> Path => ["figures", "check"];

    public override string Description => "Read documents (text, Markdown, HTML, DOCX, PDF) and list the figures that contradict each other, rule by rule.";

    public override void Define(Command command, VerbHost host)
    {
        var files = new Argument<string[]>("files") { Description = "One or more documents; several are also compared with each other.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "Print as JSON: rule, severity, message, quotes with file, line and text." };
        command.Arguments.Add(files);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            try
            {
                var findings = Waymark.Text.Checker.Check([.. parsed.GetValue(files)!.Select(f => DocumentFile.Read(f, f))]);
                Console.Out.Write(parsed.GetValue(json) ? JsonSerializer.Serialize(findings.Select(Shape), Json) + "\n" : Words(findings));
                return 0;
            }
            catch (UnreadableDocumentException e)
            {
                Console.Error.WriteLine(e.Message);
                return 1;
            }
        });
    }

    private static object Shape(Finding f) => new
    {
        rule = f.Rule,
        severity = f.Severity.ToString().ToLowerInvariant(),
        message = f.Message,
        settle = f.Settle,
        quotes = f.Quotes.Select(q => new { file = q.File, line = q.Line, text = q.Text }),
    };

    private static string Words(IReadOnlyList<Finding> findings)
    {
        var output = new StringWriter();
        foreach (var group in findings.GroupBy(f => f.Rule))
        {
            output.WriteLine(group.Key);
            foreach (var f in group)
            {
                output.WriteLine($"  {f.Severity.ToString().ToLowerInvariant()}: {f.Message}");
                foreach (var q in f.Quotes)
                {
                    output.WriteLine($"    {q.File}, line {q.Line}: \"{q.Text}\"");
                }

                output.WriteLine($"    To settle it: {f.Settle}");
            }
        }

        output.WriteLine(findings.Count == 0 ? "No contradiction found." : $"{findings.Count} to look at: {string.Join(", ", findings.GroupBy(f => f.Severity).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key.ToString().ToLowerInvariant()}"))}.");
        return output.ToString();
    }
}
