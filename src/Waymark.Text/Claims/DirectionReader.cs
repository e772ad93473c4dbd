using Waymark.Text.Numbers;
using Waymark.Text.Words;

namespace Waymark.Text.Claims;

/// <summary>Which way a sentence says that something went.</summary>
internal static class DirectionReader
{
    public static (int Direction, int Judgement, string Word) Of(Statement s, Mention? from, Mention? to, IReadOnlyList<Mention> changes, int begin)
    {
        var figures = changes.Concat([from, to]).OfType<Mention>().Where(m => m.Passage == s.Passage).ToList();
        if (figures.Count == 0)
        {
            return (0, 0, "");
        }

        var first = figures.Min(m => m.First);
        var last = Math.Max(figures.Max(m => m.Last), first);
        var best = (Distance: int.MaxValue, Direction: 0, Judgement: 0, Word: "");
        var anchor = changes.Count > 0 && changes[0].Passage == s.Passage ? changes[0] : from is not null && from.Passage == s.Passage ? from : figures[0];
        for (var k = Math.Max(begin, 0); k < Math.Min(s.Tokens.Count, last + 6); k++)
        {
            var (direction, judgement) = At(s, k);
            if ((direction == 0 && judgement == 0) || IsCut(s, k, first, last))
            {
                continue;
            }

            var distance = k < anchor.First ? anchor.First - k : k - anchor.Last + 2;
            if (distance < best.Distance)
            {
                best = (distance, direction, judgement, s.Tokens[k].Word!.Text);
            }
        }

        return changes.FirstOrDefault(c => c.Sign != 0) is { } signed && best.Direction == 0 ? (signed.Sign, best.Judgement, best.Word) : (best.Direction, best.Judgement, best.Word);
    }

    /// <summary>Direction of one word: "rose" up, "fell" down, "an improvement" better; nothing where it is a noun of another kind ("falls", "cut flowers", "more people").</summary>
    public static (int Direction, int Judgement) At(Statement s, int k)
    {
        var t = s.Tokens[k];
        if (t.Word is not { } word || t.Concept.Length == 0 || t.Taken)
        {
            return (0, 0);
        }

        var next = s.Word(k + 1);
        if (word.Text is "falls" && (s.Word(k - 1) is "for" or "of" or "from" or "prevent" || next is "prevention" or "in" or "and" or "service") || (word.Text == "reduced" && s.Word(k - 1) is "was" or "risk") || (word.Text is "growing" or "increasing" or "reducing" or "improving" or "increases" && next is "number" or "numbers" or "demand" or "need")
            || word.Text is "increasing" or "reducing" or "expansion" || (word.Text == "up" && next is "to" or "their" or "the" or "and") || (word.Text == "down" && next is "to" && s.Word(k - 1) is "due") || (word.Text is "cut" or "cuts" && s.Word(k - 1) is "a" && next is "off"))
        {
            return (word.Text == "down" && next == "to" ? -1 : 0, 0);
        }

        if (word.Text is "more" or "fewer" or "less" or "higher" or "lower" && !(k > 0 && s.Mentions.Exists(m => m.Last == k - 1)))
        {
            return (0, 0);
        }

        if (s.Word(k - 1) is "not" or "no" or "without" or "may" or "could" or "might" or "to" && word.Is(WordRoles.Up | WordRoles.Down) && word.Text is not ("up" or "down") && s.Word(k - 1) != "to")
        {
            return (0, 0);
        }

        return (word.Is(WordRoles.Up) ? 1 : word.Is(WordRoles.Down) ? -1 : 0, word.Is(WordRoles.Better) ? 1 : word.Is(WordRoles.Worse) ? -1 : 0);
    }

    // A word beyond ";" or "while" speaks of something else.
    private static bool IsCut(Statement s, int k, int first, int last)
    {
        var (from, to) = k < first ? (k, first) : k > last ? (last, k) : (0, 0);
        for (var i = from + 1; i < to; i++)
        {
            if (s.Word(i) is ";" or "while" or "whilst" or "although" or "but" or "whereas" or "despite" or ":")
            {
                return true;
            }
        }

        return k > last && Enumerable.Range(last, k - last).Any(i => s.Word(i) is "." or "which" or "because" or "as" or "due" or "to");
    }
}
