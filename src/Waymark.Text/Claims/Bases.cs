using Waymark.Text.Blocks;
using Waymark.Text.Numbers;

namespace Waymark.Text.Claims;

/// <summary>Bases that stand apart from their percentages: a survey's replies above a list of answers; a count of homes far from "90.6% of care homes".</summary>
public static class Bases
{
    private static readonly HashSet<string> Answering = ["reply", "survey", "interview", "sampl", "audit"];

    public static IEnumerable<PartClaim> Read(DocumentReading document)
    {
        Mention? replies = null;
        var heading = "";
        foreach (var s in document.Statements.Where(s => s.Passage.Kind is PassageKind.Sentence))
        {
            if (s.Passage.Heading != heading)
            {
                (replies, heading) = (null, s.Passage.Heading);
            }

            foreach (var share in s.Mentions.Where(m => IsOwnShare(s, m)))
            {
                if (replies is not null && s.Passage != replies.Passage && share.Step < 1)
                {
                    yield return new PartClaim(s, replies, null, share) { IsFar = true };
                }
                else if (Stock(document, s, share) is { } stock)
                {
                    yield return new PartClaim(s, stock, null, share) { IsFar = true };
                }
            }

            replies = s.Mentions.LastOrDefault(m => m is { Unit: Unit.Count, IsValue: true, IsBracketed: false, Bound: Bound.Exact, Value: >= 10 and <= 1500 } && m.Topic.Overlaps(Answering) && (m.Topic.Contains("reply") || s.Word(s.Before(m.First)) is "of" or "had" or "received" or "from" or "by")
                && !s.Mentions.Exists(o => o.Unit == Unit.Percent)) ?? (s.Mentions.Exists(m => m is { Unit: Unit.Count, IsValue: true, Value: >= 10 } && m.Topic.Overlaps(Answering)) ? null : replies);
        }
    }

    private static bool IsOwnShare(Statement s, Mention m) => m is { Unit: Unit.Percent, IsValue: true, IsFraction: false, IsBracketed: false, Place: null, IsPlanned: false } && m.Step < 1
        && s.Word(s.Before(m.First)) is not ("from" or "to" or "than" or "with" or "against" or "by");

    /// <summary>"25.6% of those on our waiting list in July 2024" and "582" in the same sentence, or the one count of that stock at that time; "90.6% of care homes" and "136 care homes".</summary>
    private static Mention? Stock(DocumentReading document, Statement s, Mention share)
    {
        var after = s.Word(share.Last + 1) == "of" ? share.Last + 2 : -1;
        var isOf = s.Word(0) == "of" && share.First < 14;
        if (after < 0 && !isOf)
        {
            return null;
        }

        var end = after > 0 ? Enumerable.Range(after, 8).FirstOrDefault(k => k >= s.Tokens.Count || s.Word(k) is "are" or "is" or "were" or "was" or "have" or "had" or "said" or "say" or "feel" or "rated" or "with" or "in" or "," or "." or "reported" or "told" or "who", after) : share.First;
        var noun = Enumerable.Range(after > 0 ? after : 1, Math.Max(0, end - (after > 0 ? after : 1))).Where(k => k < s.Tokens.Count && s.Tokens[k].Word is { } w && (s.Tokens[k].Concept != w.Concept || !w.Is(Words.WordRoles.Stop | Words.WordRoles.Neutral))).Select(k => s.Tokens[k].Concept).Where(c => c.Length > 1).ToHashSet();
        if (noun.Count == 0 || s.Mentions.Exists(m => m.Unit == Unit.Count && m.IsValue && m.First < share.First))
        {
            return null;
        }

        var found = document.Mentions.Where(m => m is { Unit: Unit.Count, IsValue: true, IsPlanned: false, Bound: Bound.Exact, IsSpelt: false, Place: null, IsBracketed: false } && m.Value >= 20 && m.Topic.SetEquals(noun) && m.Marks.Count == 0 && m.Names.Count == 0
            && m.Passage != share.Passage && (share.Period is null || m.Period is null || share.Period.Coincides(m.Period))).Select(m => m.Value).Distinct().ToList();
        return found.Count == 1 ? document.Mentions.First(m => m.Unit == Unit.Count && m.Value == found[0] && m.Topic.SetEquals(noun)) : null;
    }
}
