using Waymark.Text.Numbers;

namespace Waymark.Text.Claims;

/// <summary>Finds "higher than", "below the England average of", "above the plan of", "within budget".</summary>
public static class ComparisonReader
{
    public static List<Comparison> Read(IReadOnlyList<Statement> statements)
    {
        var found = new List<Comparison>();
        Statement? before = null;
        foreach (var s in statements)
        {
            if (s.Passage.Kind == Blocks.PassageKind.Sentence)
            {
                for (var k = 0; k < s.Tokens.Count; k++)
                {
                    if (RelationAt(s, k) is var relation && relation != 0)
                    {
                        Add(s, before?.Passage.Paragraph == s.Passage.Paragraph ? before : null, k, relation, found);
                    }
                }

                before = s;
            }
        }

        return found;
    }

    private static int RelationAt(Statement s, int k)
    {
        var (word, next) = (s.Word(k), s.Word(k + 1));
        return word switch
        {
            "above" or "exceeds" or "exceeding" or "exceeded" => 1,
            "below" => -1,
            "higher" or "greater" or "faster" or "quicker" or "more" when IsThan(s, k) => 1,
            "longer" when IsThan(s, k) => 1,
            "lower" or "less" or "slower" or "fewer" or "shorter" when IsThan(s, k) => -1,
            "slowly" or "rapidly" or "quickly" when s.Word(k - 1) == "more" && next == "than" => word == "slowly" ? -1 : 1,
            "within" when next == "budget" => -1,
            "better" or "worse" when IsThan(s, k) && s.Word(k - 1) is not "perform" and not "feel" => word == "better" ? 2 : -2,
            _ => 0,
        };
    }

    private static bool IsThan(Statement s, int k) => s.Word(k + 1) == "than" || (s.Word(k + 1) is "at" or "still" && s.Word(k + 2) == "than");

    private static void Add(Statement s, Statement? before, int k, int relation, List<Comparison> found)
    {
        var values = s.Mentions.Where(m => !m.IsRange && m.Unit != Unit.Factor).ToList();
        var word = s.Tokens[k].Word!.Text;
        // What stands after "than the England average", up to the end of its part of the sentence.
        var after = values.Find(m => m.First > k && m.First - k < 12 && !Cut(s, k, m.First, m.IsBracketed));
        var left = values.FindLast(m => m.Last < k && !m.IsBracketed && (after is null || Same(m, after)));
        // "18 more than in September (194)" is a change; "more than 3,600" a bound; "14% more than the 5,630".
        if (word is "more" or "less" or "fewer" or "higher" or "lower" && s.Mentions.Exists(m => m.Last == k - 1))
        {
            return;
        }

        if (after is not null && word is "more" or "less" or "fewer" or "above" or "below" or "exceeding" && after.Bound != Bound.Exact && s.Word(after.First - 1) is "than" or "above" or "below" or "exceeding" && after.Place is null && !after.IsPlanned)
        {
            return;
        }

        if (after is not null && left is null && before is not null && !after.IsPlanned | after.Place is not null && s.Mentions.TrueForAll(m => m.First >= after.First))
        {
            left = before.Mentions.FindLast(m => m.IsValue && m.Place is null && !m.IsBracketed && Same(m, after)) ?? before.Mentions.Find(m => m.IsValue && m.Place is null && Same(m, after));
        }

        if (after is not null && left is not null && left.Place != after.Place | after.IsPlanned | s.Word(k) is "within" | HasYardstick(s, k, after.First) | (word is "longer" or "shorter" or "higher" or "lower" && s.Word(after.First - 1) == "the") | s.Word(after.Last + 1) is "standard" or "target" or "average" or "benchmark" or "threshold")
        {
            Put(found, s, left, after, relation, word);
            return;
        }

        // "6.1% compared with 6.3% in England, so growth was faster than the national rate"; "the rate was 24.8% in England, so we are below the national average"
        if (after is null && (NamesPlace(s, k) || word is "slowly" or "within"))
        {
            var pair = values.Where(m => m.Last < k && !m.IsBracketed).ToList();
            if (pair.Count == 0 && word == "within" || pair.Count == 1)
            {
                pair.InsertRange(0, before?.Mentions.Where(m => m.IsValue && !m.IsBracketed) ?? []);
            }

            var right = pair.FindLast(m => word is "slowly" or "rapidly" or "quickly" ? m.IsChange : m.Place is not null || (word == "within" && m.Topic.Contains("budget")));
            right ??= word == "within" ? pair.FindLast(m => m.Unit == Unit.Money) : null;
            var mine = word is "slowly" or "rapidly" or "quickly" ? right : pair.FindLast(m => m != right && right is not null && m.Place is null && Same(m, right) && !(word != "within" && m.IsPlanned));
            if (word is "slowly" or "rapidly" or "quickly")
            {
                right = before?.Mentions.FindLast(m => m.IsChange && m.Unit == Unit.Percent);
            }

            if (word == "within" && right is not null)
            {
                mine = pair.Where(m => m != right && m.Unit == right.Unit && m.Value > 0).MinBy(m => Math.Max(m.Value / right.Value, right.Value / m.Value));
            }

            if (right is not null && mine is not null && mine != right && Same(mine, right))
            {
                Put(found, s, mine, right, relation, word);
            }
        }
    }

    // "Better" is above or below as the measure has it.
    private static void Put(List<Comparison> found, Statement s, Mention left, Mention right, int relation, string word)
    {
        var good = Math.Abs(relation) == 2 ? Rules.Polarity.Of(left, s.Topic) is var p and not 0 ? p : left.Unit == Unit.Percent ? 1 : 0 : 1;
        if (good != 0)
        {
            found.Add(new Comparison(s, left, right, Math.Sign(relation) * good, word));
        }
    }

    private static bool Same(Mention a, Mention b) => a.Unit == b.Unit && a.Per == b.Per;

    private static bool NamesPlace(Statement s, int k) => Enumerable.Range(k + 1, 5).Any(i => i < s.Tokens.Count && s.Tokens[i].Word?.Place is not null);

    private static bool HasYardstick(Statement s, int k, int to) => Enumerable.Range(k + 1, Math.Max(0, to - k - 1)).Any(i => s.Word(i) is "average" or "target" or "plan" or "budget" or "benchmark" or "threshold" or "kpi" or "wage" || s.Tokens[i].Word?.Place is not null);

    private static bool Cut(Statement s, int from, int to, bool bracketed) => Enumerable.Range(from, Math.Max(0, to - from)).Any(i => s.Word(i) is ";" or "–" or ":" or "but" or "while" or "although" or "and" || (!bracketed && s.Word(i) is "," or "(" && s.Word(i + 1) is not "at" and not "which"));
}
