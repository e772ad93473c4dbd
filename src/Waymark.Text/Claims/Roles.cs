using Waymark.Text.Numbers;
using Waymark.Text.Words;

namespace Waymark.Text.Claims;

/// <summary>Which figures of a sentence say how much something changed, which stand in brackets, which are the ends of a range.</summary>
internal static class Roles
{
    public static void Assign(Statement s)
    {
        foreach (var m in s.Mentions)
        {
            m.IsBracketed = IsBracketed(s, m);
            m.IsChange |= m.Unit == Unit.Points || IsChange(s, m);
        }

        foreach (var (a, b) in s.Mentions.Zip(s.Mentions.Skip(1)))
        {
            var link = s.Word(a.Last + 1);
            var near = b.First - a.Last <= 3;
            var before = s.Word(a.First - 1);
            if (near && ((link is "-" or "–" && b.First == a.Last + 2) || (link == "and" && before == "between") || (link == "to" && Enumerable.Range(1, 4).Any(k => s.Word(a.First - k) is "ranged" or "ranging" or "range" or "varied" or "varying" or "varies" or "ranges"))
                || (link == "to" && before is not "from" && b.First == a.Last + 2 && !Enumerable.Range(1, 8).Any(k => s.Word(a.First - k) is "from")
                    && s.Word(a.First - 1) is not ("up" or "down") && a.Unit == b.Unit && a.Value < b.Value && s.Word(b.Last + 1) is not ("" or "."))))
            {
                a.IsRange = b.IsRange = true;
            }
        }
    }

    private static bool IsBracketed(Statement s, Mention m)
    {
        var k = m.First - 1;
        while (k >= 0 && m.First - k < 14 && s.Word(k) is not ")")
        {
            if (s.Word(k) == "(")
            {
                return k > 0;
            }

            k--;
        }

        return false;
    }

    private static bool IsChange(Statement s, Mention m)
    {
        if (m.Sign != 0 && m.Unit is Unit.Percent)
        {
            return true;
        }

        var b = s.Before(m.First);
        var before = s.Word(b);
        var after = m.Last + 1;
        // "rose by 12%", "up by 9"; "differ by", "followed by 12%" are none.
        if (before == "by" && Enumerable.Range(1, 12).Any(k => IsDirection(s, b - k) || s.Word(b - k) is "gone" or "went" or "changed" or "increased"))
        {
            return true;
        }

        // "an increase of 12%", "growth of 17 per cent"
        if (before == "of" && (IsChangeNoun(s, b - 1) || (s.Word(b - 1) is "about" or "around" or "nearly" or "over" && IsChangeNoun(s, b - 2))))
        {
            return true;
        }

        // "a 5% rise", "a 33% overall reduction"
        if (m.Unit is Unit.Percent or Unit.Points or Unit.Count && (IsChangeNoun(s, after) || (IsChangeNoun(s, after + 1) && !s.Tokens[after].Is(WordRoles.Stop) && s.Word(after) is not ("," or "." or ")" or ";" or ":") && m.Unit != Unit.Count)))
        {
            return true;
        }

        // "18 more than", "38% fewer", "40% less"; "12 fewer people"
        if (s.Word(after) is "more" or "fewer" or "less" or "higher" or "lower" or "longer" or "shorter" or "better" && m.Unit is Unit.Percent or Unit.Count or Unit.Money or Unit.Duration)
        {
            return true;
        }

        // "up 5%", "down 3%" with no "from" after
        return before is "up" or "down" && m.Unit == Unit.Percent && s.Word(b + 1) is not ("from" or "to");
    }

    public static bool IsDirection(Statement s, int i) => i >= 0 && i < s.Tokens.Count && s.Tokens[i].Concept.Length > 0 && (s.Tokens[i].Is(WordRoles.Direction | WordRoles.Better | WordRoles.Worse) || s.Word(i) is "gone" or "went" or "moved" or "changed") && s.Word(i) is not ("more" or "fewer" or "less" or "higher" or "lower");

    public static bool IsChangeNoun(Statement s, int i) => s.Word(i) is "increase" or "increases" or "decrease" or "rise" or "fall" or "reduction" or "growth" or "drop" or "decline" or "improvement" or "jump" or "cut" or "change" or "uplift" or "saving" or "difference" or "deterioration" or "dip";
}
