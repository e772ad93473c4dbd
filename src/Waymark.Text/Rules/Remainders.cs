using System.Globalization;
using Waymark.Text.Blocks;
using Waymark.Text.Claims;
using Waymark.Text.Numbers;

namespace Waymark.Text.Rules;

/// <summary>What is left of a whole when a part is gone: "the remaining 1,431", "leaving three homes with 126 beds", "a net gain of 1,422".</summary>
internal static class Remainders
{
    public static (string Message, List<Passage> At)? Of(DocumentReading document, int i)
    {
        var s = document.Statements[i];
        var k = s.Tokens.FindIndex(t => t.Word?.Text is "remaining" or "leaving" or "net");
        if (k < 0 || s.Mentions.Count == 0)
        {
            return null;
        }

        var before = i > 0 && document.Statements[i - 1].Passage.Paragraph == s.Passage.Paragraph ? document.Statements[i - 1] : null;
        return s.Word(k) == "net" ? Net(s, k) : s.Mentions.Where(m => m.First > k && m.First - k < 8 && m is { Unit: Unit.Count, IsValue: true, IsBracketed: false }).Select(left => Left(document, s, before, left)).FirstOrDefault(r => r is not null);
    }

    // "2,310 new users and 1,068 leavers, a net gain of 1,422"
    private static (string Message, List<Passage> At)? Net(Statement s, int k)
    {
        var result = s.Mentions.Find(m => m.First > k && m.First - k < 5 && m.Unit is Unit.Count or Unit.Money && s.Word(k + 1) is "gain" or "increase" or "loss" or "reduction" or "change" or "growth");
        var before = s.Mentions.Where(m => m.Last < k && m.IsValue && m.Unit == result?.Unit).ToList();
        return result is not null && before.Count == 2 && Math.Abs(before[0].Value - before[1].Value) is var net && Math.Abs(net - result.Value) > (before[0].Step + before[1].Step + result.Step) * (result.Step == 1 ? 0.1m : 0.5m)
            ? ($"{before[0].Printed} less {before[1].Printed} is {N(net)}; the text says {result.Printed}.", [s.Passage]) : null;
    }

    private static (string Message, List<Passage> At)? Left(DocumentReading document, Statement s, Statement? before, Mention left)
    {
        // A part of a whole just before: 6,109 of 7,450; 92% of 48.
        var claim = document.Parts.LastOrDefault(p => (p.Statement == s || p.Statement == before) && p.Whole.Unit == Unit.Count && p.Whole.Value > left.Value && p.Part != left);
        if (claim is { Part: { } part } && part.Value < claim.Whole.Value && part.First < left.First | part.Passage != s.Passage)
        {
            var others = document.Parts.Where(p => p.Whole == claim.Whole && p.Part is not null && p.Part != left && p.Statement == claim.Statement).Select(p => p.Part!).Distinct().ToList();
            var rest = claim.Whole.Value - others.Sum(p => p.Value);
            return rest > 0 && rest != left.Value && claim.Whole.Value - part.Value != left.Value && left.Value > rest * 0.5m && left.Value < rest * 2 ? ($"{claim.Whole.Printed} less {string.Join(" and ", others.Select(p => p.Printed))} leaves {N(rest)}; the text says {left.Printed}.", [claim.Whole.Passage, claim.Statement.Passage, s.Passage]) : null;
        }

        if (claim is { Part: null, Share: { } share })
        {
            var (least, greatest) = (claim.Whole.Value * (100 - share.Span.Greatest) / 100, claim.Whole.Value * (100 - share.Span.Least) / 100);
            return left.Value < Math.Floor(least) || left.Value > Math.Ceiling(greatest) ? ($"{share.Printed} of {claim.Whole.Printed} leaves {N(Math.Round((least + greatest) / 2))}; the text says {left.Printed}.", [claim.Whole.Passage, s.Passage]) : null;
        }

        // 187 beds, 71 beds reopened, 126 beds left.
        var noun = Noun(s, left);
        var same = new[] { before, s }.OfType<Statement>().SelectMany(o => o.Mentions.Where(m => m != left && m is { Unit: Unit.Count, IsValue: true, IsBracketed: false } && Noun(o, m) == noun)).ToList();
        return noun.Length > 0 && same.Count == 2 && same[0].Value > same[1].Value && same[0].Value - same[1].Value is var diff && diff != left.Value && left.Value < same[0].Value
            ? ($"{same[0].Printed} less {same[1].Printed} leaves {N(diff)}; the text says {left.Printed}.", [same[0].Passage, s.Passage]) : null;
    }

    private static string Noun(Statement s, Mention m) => m.Last + 1 < s.Tokens.Count && s.Tokens[m.Last + 1].Word is { } word ? s.Tokens[m.Last + 1].Concept is { Length: > 0 } concept ? concept : word.Concept : "";

    private static string N(decimal value) => value.ToString("#,##0.##", CultureInfo.InvariantCulture);
}
