using Waymark.Text.Blocks;
using Waymark.Text.Numbers;
using Waymark.Text.Reading;
using Waymark.Text.Words;

namespace Waymark.Text.Claims;

/// <summary>A document, understood: its passages, statements and claims, which the rules look at.</summary>
public sealed class DocumentReading
{
    public required Blocks.Blocks Blocks { get; init; }

    /// <summary>One for each passage with a number or a word of direction, in order.</summary>
    public required IReadOnlyList<Statement> Statements { get; init; }
    public required IReadOnlyList<ChangeClaim> Changes { get; init; }
    public required IReadOnlyList<PartClaim> Parts { get; init; }
    public required IReadOnlyList<Comparison> Comparisons { get; init; }

    /// <summary>The time the document is about, by its title: "Annual report 2022-23".</summary>
    public Period? About { get; init; }
    public required IReadOnlyDictionary<Passage, Statement> ByPassage { get; init; }

    public string Name => Blocks.Document;

    public IEnumerable<Mention> Mentions => Statements.SelectMany(s => s.Mentions);

    public static DocumentReading Of(SourceDocument document) => Of(document, Lexicon.Standard);

    public static DocumentReading Of(SourceDocument document, Lexicon lexicon)
    {
        var blocks = BlockReader.Read(document);
        var local = LocalNames.Of(document.Lines, lexicon);
        var reader = new StatementReader(lexicon, local);
        var statements = new List<Statement>();
        foreach (var passage in blocks.Passages)
        {
            statements.AddRange(passage.Kind == PassageKind.Row ? reader.ReadRow(passage) : [Worth(passage) ? reader.Read(passage) : Bare(passage)]);
        }

        return new DocumentReading
        {
            Blocks = blocks, Statements = statements, Changes = ChangeReader.Read(statements), Parts = PartReader.Read(statements), Comparisons = ComparisonReader.Read(statements),
            About = statements.Take(8).Where(s => s.Passage.Kind is PassageKind.Heading || s.Passage.Order < 3).SelectMany(s => s.Periods).FirstOrDefault(p => p.Period is { Kind: PeriodKind.Span, Days: > 300 and < 370 })?.Period ?? Usual(statements),
            ByPassage = statements.ToDictionary(s => s.Passage),
        };
    }

    // Failing a title, the financial year most of its figures are of.
    private static Period? Usual(List<Statement> statements) => statements.SelectMany(s => s.Mentions).Where(m => m.Place is null && m.Period is { Kind: PeriodKind.Span, Days: > 300 and < 370 }).GroupBy(m => m.Period!).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key.To).FirstOrDefault(g => g.Count() > 2)?.Key;

    private static Statement Bare(Passage passage) => new() { Passage = passage, Tokens = [], Periods = [], Mentions = [], TopicOf = () => new HashSet<string>() };

    // Most sentences hold neither a digit nor a word a rule asks for: they are not read further.
    private static bool Worth(Passage passage) => passage.Kind == PassageKind.Heading ? passage.Text.Any(char.IsAsciiDigit) || passage.Order < 8 : passage.Text.AsSpan().ContainsAnyInRange('0', '9') || HasWord(passage.Text);

    private static readonly System.Buffers.SearchValues<string> Asked = System.Buffers.SearchValues.Create(
        ["increas", "decreas", "reduc", "fall", "fell", "rise", "rose", "risen", "grow", "declin", "improv", "worse", "doubl", "halv", "half", "third", "quarter", "fifth", "most ", "majority", " ten", "easier", "longer", "shorter", "per cent", "budget", "target", "xpected", "rebl", "ripl", "hundred", "twent", "fift", "nine", "eight", "seven", "six", "five", "four", "three", "two ", "better", "dozen", "faster", "quicker", "slower", "missed"], StringComparison.Ordinal);

    private static bool HasWord(string text) => text.AsSpan().ContainsAny(Asked);
}

/// <summary>Names of the council itself: they tell no figure from another.</summary>
internal static class LocalNames
{
    public static HashSet<string> Of(IReadOnlyList<SourceLine> lines, Lexicon lexicon)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in lines.Take(100))
        {
            var words = line.Text.Split([' ', '\t', '|', ',', '.', '(', ')', ':', '*', '#'], StringSplitOptions.RemoveEmptyEntries);
            for (var i = 1; i < words.Length; i++)
            {
                if (words[i].ToLowerInvariant() is "council" or "borough" or "county" or "city" or "district" or "metropolitan" or "safeguarding" or "integrated" or "health")
                {
                    for (var k = i - 1; k >= Math.Max(0, i - 2) && words[k].Length > 2 && char.IsUpper(words[k][0]) && !char.IsUpper(words[k][1]) && lexicon.For(words[k]).Roles == WordRoles.None && !lexicon.IsKnown(words[k]); k--)
                    {
                        names.Add(lexicon.For(words[k]).Concept);
                    }
                }
            }
        }

        return names;
    }
}
