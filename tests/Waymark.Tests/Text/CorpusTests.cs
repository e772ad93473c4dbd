using Shouldly;
using Waymark.Tests.Support;
using Waymark.Text;
using Waymark.Text.Reading;
using Waymark.Text.Scoring;
using Xunit;

namespace Waymark.Tests.Text;

/// <summary>The corpus of documents with keys: what it holds, and what the checker makes of it.</summary>
public sealed class CorpusTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests/Waymark.Tests/Text/Corpus");

    [Fact]
    public void Keys_EveryFragmentStandsInItsDocuments()
    {
        foreach (var folder in Directory.GetDirectories(Folder).SelectMany(Directory.GetDirectories))
        {
            var text = string.Join(' ', Directory.GetFiles(folder).Where(f => !f.EndsWith("key.txt", StringComparison.Ordinal)).SelectMany(f => DocumentFile.Read(f).Lines.Select(l => l.Text.Trim())));
            foreach (var fragment in KeyEntry.Read(File.ReadLines(Path.Combine(folder, "key.txt"))).SelectMany(k => k.Fragments))
            {
                Flat(text).ShouldContain(Flat(fragment), Case.Insensitive, $"{Path.GetFileName(folder)}: the key quotes what is not there");
            }
        }
    }

    [Fact]
    public void Keys_EveryRuleIsPlantedAndTwoPartsAreKept()
    {
        var keys = Directory.GetFiles(Folder, "key.txt", SearchOption.AllDirectories).SelectMany(f => KeyEntry.Read(File.ReadLines(f))).ToList();

        Checker.Rules.Select(r => r.Name).Except(keys.SelectMany(k => k.Rules)).ShouldBeEmpty();
        Directory.GetDirectories(Path.Combine(Folder, "held-out")).Length.ShouldBeGreaterThanOrEqualTo(Directory.GetDirectories(Path.Combine(Folder, "tuning")).Length / 3);
    }

    [Fact]
    public void CleanDocument_GivesNoFinding() =>
        Corpus.Score(Path.Combine(Folder, "tuning")).Single(c => c.Name == "clean-performance-report").Wrong.Select(f => f.Message).ShouldBeEmpty();

    [Fact]
    public void Tuning_NineInTenFoundAndNineInTenRight()
    {
        var rules = Corpus.ByRule(Corpus.Score(Path.Combine(Folder, "tuning"))).ToList();
        var (asked, found, wrong) = (rules.Sum(r => r.Asked), rules.Sum(r => r.Found), rules.Sum(r => r.Wrong));

        ((double)found / asked).ShouldBeGreaterThan(0.9);
        ((double)found / (found + wrong)).ShouldBeGreaterThan(0.9);
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
