using Waymark.Text.Reading;
using Waymark.Text.Rules;

namespace Waymark.Text.Scoring;

/// <summary>
/// One line of a key: <c>rule | fragment ; fragment | why</c>. Several rules are parted by "/"; "may" before the rule makes the finding neither asked for nor wrong; "near"
/// names a near miss, which no finding may touch.
/// </summary>
public sealed record KeyEntry(IReadOnlyList<string> Rules, IReadOnlyList<string> Fragments, bool IsOptional, string Why)
{
    public static IEnumerable<KeyEntry> Read(IEnumerable<string> lines)
    {
        foreach (var line in lines.Where(l => l.Length > 0 && l[0] != '#' && !l.StartsWith("near", StringComparison.Ordinal)))
        {
            var parts = line.Split(" | ", 3);
            var may = parts[0].StartsWith("may ", StringComparison.Ordinal);
            yield return new KeyEntry((may ? parts[0][4..] : parts[0]).Trim().Split('/'), parts[1].Split(" ; ").Select(f => f.Trim()).ToList(), may, parts.Length > 2 ? parts[2] : "");
        }
    }

    public bool Fits(Finding finding) => (Rules.Contains("*") || Rules.Contains(finding.Rule)) && Fragments.All(f => finding.Quotes.Any(q => q.Text.Contains(f, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>What came of one case of the corpus.</summary>
public sealed record CaseScore(string Name, IReadOnlyList<(KeyEntry Entry, Finding? Finding)> Asked, IReadOnlyList<Finding> Wrong);

/// <summary>Recall and precision of one rule.</summary>
public sealed record RuleScore(string Rule, int Asked, int Found, int Wrong)
{
    public double Recall => Asked == 0 ? 1 : (double)Found / Asked;

    public double Precision => Found + Wrong == 0 ? 1 : (double)Found / (Found + Wrong);
}

/// <summary>A folder of cases: each a folder with documents and a <c>key.txt</c>.</summary>
public static class Corpus
{
    public static IReadOnlyList<CaseScore> Score(string folder) => [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Where(d => File.Exists(Path.Combine(d, "key.txt"))).Select(Case)];

    public static IEnumerable<RuleScore> ByRule(IReadOnlyList<CaseScore> cases) => Checker.Rules.Select(r => new RuleScore(r.Name, cases.Sum(c => c.Asked.Count(a => a.Entry.Rules[0] == r.Name)),
        cases.Sum(c => c.Asked.Count(a => a.Finding is not null && a.Entry.Rules[0] == r.Name)), cases.Sum(c => c.Wrong.Count(f => f.Rule == r.Name))));

    private static CaseScore Case(string folder)
    {
        var documents = Directory.GetFiles(folder).Where(f => Path.GetFileName(f) != "key.txt").Order(StringComparer.Ordinal).Select(f => DocumentFile.Read(f)).ToList();
        return Judge(Path.GetFileName(folder), Checker.Check(documents), [.. KeyEntry.Read(File.ReadLines(Path.Combine(folder, "key.txt")))]);
    }

    public static CaseScore Judge(string name, IReadOnlyList<Finding> findings, IReadOnlyList<KeyEntry> key)
    {
        var asked = key.Where(k => !k.IsOptional).ToList();
        var taken = new HashSet<Finding>();
        var result = new List<(KeyEntry, Finding?)>();
        foreach (var entry in asked)
        {
            var finding = findings.FirstOrDefault(f => entry.Fits(f) && !taken.Contains(f)) ?? findings.FirstOrDefault(entry.Fits);
            _ = finding is not null && taken.Add(finding);
            result.Add((entry, finding));
        }

        return new CaseScore(name, result, [.. findings.Where(f => !key.Any(k => k.Fits(f)))]);
    }
}
