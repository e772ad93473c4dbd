using System.CommandLine;
using Waymark.Kernel.Modules;
using Waymark.Text.Scoring;

namespace Waymark.Assurance.Checker;

/// <summary><c>./waymark figures score FOLDER…</c>: recall and precision of the checker by rule, over folders of documents with keys.</summary>
public sealed class ScoreFiguresVerb : Verb
{
    public override IReadOnlyList<string> Path => ["figures", "score"];

    public override string Description => "Check every case of a folder against its key and print recall and precision by rule; the house's own corpus stands in tests/Waymark.Tests/Text/Corpus.";

    public override void Define(Command command, VerbHost host)
    {
        var folders = new Argument<string[]>("folders") { Description = "Folders of cases; each case is a folder with documents and key.txt.", Arity = ArgumentArity.OneOrMore };
        var detail = new Option<bool>("--detail") { Description = "Also list what was missed and what was wrongly found." };
        command.Arguments.Add(folders);
        command.Options.Add(detail);
        command.SetAction(parsed =>
        {
            foreach (var folder in parsed.GetValue(folders)!)
            {
                if (!Directory.Exists(folder))
                {
                    Console.Error.WriteLine($"There is no folder {folder}.");
                    return 1;
                }

                Print(folder, Corpus.Score(folder), parsed.GetValue(detail));
            }

            return 0;
        });
    }

    private static void Print(string folder, IReadOnlyList<CaseScore> cases, bool detail)
    {
        Console.WriteLine($"{folder}: {cases.Count} cases");
        if (detail)
        {
            foreach (var line in cases.SelectMany(c => c.Asked.Where(a => a.Finding is null).Select(a => $"  {c.Name}: missed {string.Join('/', a.Entry.Rules)}: {a.Entry.Why}").Concat(c.Wrong.Select(f => $"  {c.Name}: wrongly found {f.Rule}: {f.Message}"))))
            {
                Console.WriteLine(line);
            }
        }

        Console.WriteLine($"{"rule",-24} {"asked",6} {"found",6} {"wrong",6} {"recall",8} {"precision",10}");
        var rules = Corpus.ByRule(cases).ToList();
        foreach (var r in rules.Append(new RuleScore("all", rules.Sum(r => r.Asked), rules.Sum(r => r.Found), rules.Sum(r => r.Wrong))))
        {
            Console.WriteLine($"{r.Rule,-24} {r.Asked,6} {r.Found,6} {r.Wrong,6} {r.Recall,8:P0} {r.Precision,10:P0}");
        }

        Console.WriteLine();
    }
}
