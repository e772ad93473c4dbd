using Waymark.Text.Numbers;

namespace Waymark.Text.Claims;

/// <summary>Which part of a sentence belongs to which figure: from a comma or joining word before it to the one before the next.</summary>
internal static class Segments
{
    private static readonly HashSet<string> Joining = ["and", "but", "while", "whilst", "compared", "against", "versus", "vs", "v", "including", "with", "although", "whereas", "though", "plus", "or", "then", "so", "rising", "then"];

    public static List<(Mention Mention, int From, int To)> Of(Statement s)
    {
        var parts = new List<(Mention Mention, int From, int To)>();
        var mains = s.Mentions.Where(m => !m.IsBracketed).ToList();
        var bounds = new int[mains.Count + 1];
        for (var i = 1; i < mains.Count; i++)
        {
            bounds[i] = Boundary(s, mains[i - 1].Last + 1, mains[i].First);
        }

        bounds[mains.Count] = s.Tokens.Count;
        var at = 0;
        foreach (var mention in s.Mentions)
        {
            if (mention.IsBracketed)
            {
                parts.Add((mention, Opening(s, mention.First), Closing(s, mention.Last)));
                continue;
            }

            parts.Add((mention, bounds[at], bounds[at + 1]));
            at++;
        }

        return parts;
    }

    public static int Opening(Statement s, int i)
    {
        while (i > 0 && s.Word(i) != "(")
        {
            i--;
        }

        return i;
    }

    public static int Closing(Statement s, int i)
    {
        while (i < s.Tokens.Count && s.Word(i) != ")")
        {
            i++;
        }

        return i;
    }

    private static int Boundary(Statement s, int from, int to)
    {
        var joined = -1;
        var depth = 0;
        for (var k = to - 1; k >= from; k--)
        {
            var word = s.Word(k);
            depth += word == ")" ? 1 : word == "(" ? -1 : 0;
            if (depth > 0)
            {
                continue;
            }

            if (word is ";" or ":" or "." or "–" or "—" || (word == "," && !s.Tokens[k].Taken))
            {
                return k;
            }

            if (joined < 0 && Joining.Contains(word) && !s.Tokens[k].Taken)
            {
                joined = k;
            }
        }

        return joined >= 0 ? joined : Math.Max(from, s.Before(to) is var b && s.Word(b) is "to" or "from" or "than" or "at" or "by" or "in" or "on" or "for" or "of" ? b : to);
    }
}
