using Waymark.Text.Numbers;

namespace Waymark.Text.Claims;

/// <summary>Finds parts of wholes: "31 of 48 (65%)", "of the 1,200, 400 …", "1,183 of them (81%)", "Among 412 respondents, 29.4%".</summary>
public static class PartReader
{
    public static List<PartClaim> Read(IReadOnlyList<Statement> statements)
    {
        var claims = new List<PartClaim>();
        Statement? before = null;
        foreach (var s in statements)
        {
            if (s.Passage.Kind is Blocks.PassageKind.Sentence && s.Mentions.Count > 0)
            {
                Read(s, before is not null && (before.Passage.Paragraph == s.Passage.Paragraph || s.Passage.Lead == before.Passage) ? before : null, claims);
            }

            before = s.Passage.Kind == Blocks.PassageKind.Sentence && (s.Mentions.Count > 0 || before?.Passage.Paragraph != s.Passage.Paragraph) ? s : before;
        }

        claims.AddRange(Lonely(statements, claims));
        return claims.ConvertAll(Settle);
    }

    private static void Read(Statement s, Statement? before, List<PartClaim> claims)
    {
        var counts = s.Mentions.Where(m => m.Unit is Unit.Count or Unit.Money && m.IsValue && !m.IsPlanned).ToList();
        var whole = LeadingWhole(s, counts);
        Statement? home = null;
        if (whole is null && RefersBack(s) && before is not null)
        {
            (whole, home) = (MainCount(before, s, s.Mentions[0].Unit), before);
        }

        OfThe(s, claims);
        var claimed = new HashSet<Mention>();
        for (var i = 0; i < counts.Count; i++)
        {
            var k = counts[i];
            var next = i + 1 < counts.Count ? counts[i + 1] : null;
            // "31 of the 48", "31 out of 48"
            if (next is { IsBracketed: false } && next.Unit == k.Unit && !k.IsBracketed && IsOf(s, k, next))
            {
                claims.Add(new PartClaim(s, next, k, ShareBy(s, k, next)));
                claimed.UnionWith([k, next]);
                whole ??= s.Word(0) is "of" ? null : next;
                i++;
                continue;
            }

            // "N …, of which k"
            if (whole is null && next is not null && OfWhich(s, k, next) is { } part)
            {
                (whole, home) = (k, null);
            }
        }

        if (whole is null)
        {
            // "1,183 of them (81%)"
            foreach (var k in counts.Where(k => before is not null && s.Word(k.Last + 1) == "of" && s.Word(k.Last + 2) is "them" or "these" or "those" or "whom" or "you" or "us"))
            {
                if (MainCount(before!, s) is { } main && main.Unit == k.Unit)
                {
                    claims.Add(new PartClaim(s, main, k, ShareBy(s, k, k)) { WholeStatement = before });
                }
            }

            return;
        }

        foreach (var part in counts.Where(k => k != whole && (home is not null || k.First > whole.Last) && !claimed.Contains(k) && k.Unit == whole.Unit && !k.IsBracketed && !IsRelated(s, k)))
        {
            claims.Add(new PartClaim(s, whole, part, ShareBy(s, part, part)) { WholeStatement = home });
        }

        // A share with its count in brackets: "a quarter of whom (535)", "Half of them (320)"
        foreach (var share in s.Mentions.Where(m => m is { Unit: Unit.Percent, IsChange: false, IsBracketed: false, Place: null } && (home is not null || m.First > whole.Last)))
        {
            var bracketed = s.Mentions.FirstOrDefault(m => m.IsBracketed && m.First > share.Last && m.First - share.Last < 8 && m.Unit == whole.Unit);
            var between = bracketed is null ? null : s.Mentions.FirstOrDefault(m => m.First > share.Last && m.Last < bracketed.First);
            if (bracketed is not null && between is null)
            {
                claims.Add(new PartClaim(s, whole, bracketed, share) { WholeStatement = home });
            }
            else if (!claims.Exists(c => c.Share == share) && !share.IsFraction && share.Period is null && IsOfWhole(s, share, whole, home))
            {
                claims.Add(new PartClaim(s, whole, null, share) { WholeStatement = home });
            }
        }
    }

    /// <summary>"22 services, or 14%, have not been rated" some sentences after "214 services": the base is a count of the same noun near by. Silent when any count near by fits.</summary>
    private static IEnumerable<PartClaim> Lonely(IReadOnlyList<Statement> statements, List<PartClaim> claims)
    {
        var known = claims.Select(c => c.Share).OfType<Mention>().ToHashSet();
        for (var i = 0; i < statements.Count; i++)
        {
            var s = statements[i];
            foreach (var part in s.Mentions.Where(m => m is { Unit: Unit.Count, IsValue: true, IsBracketed: false, IsPlanned: false, Place: null } && m.HasNoun && m.Value >= 5 && s.Passage.Kind == Blocks.PassageKind.Sentence))
            {
                if (ShareBy(s, part, part) is not { IsFraction: false } share || known.Contains(share) || s.Word(share.Last + 1) == "of" || Enumerable.Range(part.Last + 1, Math.Max(0, share.First - part.Last - 1)).Any(k => s.Word(k) is "increase" or "more" or "fewer" or "up" or "down" or "rise" or "fall" or "or" && s.Word(k + 1) is "up" or "down"))
                {
                    continue;
                }

                var noun = s.Tokens[part.Last + 1].Concept is { Length: > 0 } c ? c : s.Word(part.Last + 1);
                var near = statements.Skip(Math.Max(0, i - 12)).Take(Math.Min(i, 12) + 1).Where(o => o.Passage.Heading == s.Passage.Heading).ToList();
                var counts = near.SelectMany(o => o.Mentions.Where(m => m != part && m is { Unit: Unit.Count, IsValue: true } && m.Value > part.Value)).ToList();
                var wholes = near.SelectMany(o => o.Mentions.Where(m => counts.Contains(m) && m.HasNoun && (o.Tokens[m.Last + 1].Concept == noun || o.Word(m.Last + 1) == noun || o.Word(m.Last + 2) == noun))).ToList();
                if (wholes.Count > 0 && !counts.Exists(w => Rules.PartArithmetic.IsRight(new PartClaim(s, w, part, share))))
                {
                    yield return new PartClaim(s, wholes[^1], part, share) { IsFar = true };
                }
            }
        }
    }

    /// <summary>"58.4% of the 150 people", "92 per cent of our 48 homes".</summary>
    private static void OfThe(Statement s, List<PartClaim> claims)
    {
        foreach (var share in s.Mentions.Where(m => m is { Unit: Unit.Percent, IsChange: false, IsPlanned: false, Place: null } && s.Word(m.Last + 1) == "of"))
        {
            var at = share.Last + 2 + (s.Word(share.Last + 2) is "the" or "our" or "these" or "those" or "all" ? 1 : 0);
            if (s.Mentions.Find(m => m.First == at) is { Unit: Unit.Count, IsValue: true, IsSpelt: false, IsBracketed: false } whole && whole.HasNoun && whole.Bound == Bound.Exact)
            {
                var part = s.Mentions.Find(m => m.First > whole.Last) is { IsBracketed: true, Unit: Unit.Count } bracketed ? bracketed : null;
                if (part is not null || !share.IsFraction)
                {
                    claims.Add(new PartClaim(s, whole, part, share));
                }
            }
        }
    }

    /// <summary>"Of the 48 homes, …", "Among 412 respondents …", "In an audit of 85 records, …", "The survey of 62 residents found …".</summary>
    private static Mention? LeadingWhole(Statement s, List<Mention> counts)
    {
        if (counts.Count == 0 || counts[0].IsBracketed || counts[0].IsSpelt && counts[0].Value < 5)
        {
            return null;
        }

        var first = counts[0];
        var b = s.Before(first.First);
        var isLead = (b == 0 && s.Word(0) is "of" or "among" or "amongst") || (s.Word(b) is "of" or "our" && s.Word(0) is "of" or "among" && b <= 3)
            || (s.Word(b) is "of" && s.Word(b - 1) is "audit" or "survey" or "sample" or "review" or "total" or "out" && b <= 4 && s.Word(b - 1) is not "total")
            || (s.Word(0) is "for" or "out" && s.Word(b) is "every" or "of" && b <= 3);
        if (isLead)
        {
            return first;
        }

        // "None of the 71 …": the whole of what follows in the sentence.
        return s.Word(0) is "none" or "all" or "some" && s.Word(b) == "of" && b == 1 ? first : null;
    }

    /// <summary>"Of those" may be the part or the whole of the sentence before: the reading that is right is the one meant.</summary>
    private static PartClaim Settle(PartClaim claim)
    {
        if (claim.WholeStatement is not { } home || claim.Part is not { } part)
        {
            return claim;
        }

        var readings = home.Mentions.Where(m => m.Unit == claim.Whole.Unit && m.IsValue && !m.IsPlanned && m.Place is null).Select(m => claim with { Whole = m }).ToList();
        return part.Value > claim.Whole.Value && readings.Find(r => r.Whole.Value >= part.Value && Rules.PartArithmetic.IsRight(r)) is { } larger ? larger
            : Rules.PartArithmetic.IsRight(claim) ? claim : readings.Find(Rules.PartArithmetic.IsRight) ?? claim;
    }

    private static bool RefersBack(Statement s)
    {
        for (var k = 0; k < Math.Min(3, s.Tokens.Count); k++)
        {
            if (k == 0 && s.Word(0) == "of" && s.Word(1) is "the" or "this" or "that" && !(s.Mentions[0].First <= 2 || (s.Mentions[0].First == 3 && s.Word(2) == "£")) && s.Mentions[0].First < 6 || (k == 0 && s.Word(0) == "of" && s.Word(1) is "this" or "that"))
            {
                return true;
            }

            if (s.Word(k) == "of" && s.Word(k + 1) is "these" or "those" or "them" or "whom" or "which" || (s.Word(k) == "of" && s.Word(k + 1) == "the" && s.Word(k + 2) is "latter" or "total"))
            {
                return true;
            }
        }

        return (s.Mentions[0] is { IsFraction: true } share && s.Word(share.Last + 1) == "of" && s.Word(share.Last + 2) is "them" or "you" or "these" or "those" or "whom") || s.Passage.Lead is { } lead && lead.Text.EndsWith(':') && (lead.Text.Contains("of which", StringComparison.Ordinal) || lead.Text.Contains("of whom", StringComparison.Ordinal));
    }

    // What "these" are: the figure of the sentence before that is not in brackets, no change and no part itself.
    private static Mention? MainCount(Statement before, Statement s, Unit unit = Unit.Percent) =>
        s.Word(0) == "of" && s.Word(2) == "latter" ? before.Mentions.LastOrDefault(m => m.Unit is Unit.Count && m.IsValue && !m.IsBracketed)
        : before.Mentions.Where(m => m.Unit is Unit.Count or Unit.Money && m is { IsValue: true, IsBracketed: false, IsPlanned: false, Place: null } && (unit is Unit.Percent || m.Unit == unit) && m.Value >= 5 && m.Period is not { Kind: PeriodKind.Relative, YearsBack: > 0 }).ToList() is { Count: > 0 } found
            ? found.Find(m => before.Word(before.Before(m.First)) == "to" && found.Exists(f => before.Word(before.Before(f.First)) == "from")) ?? found[0] : null;

    private static bool IsOf(Statement s, Mention part, Mention whole)
    {
        var b = s.Before(whole.First);
        var word = s.Word(b);
        if (word is "our" or "their" or "its" or "all" or "those" or "these")
        {
            word = s.Word(--b);
        }

        if (word != "of" && !(word == "total" && s.Word(b - 1) is "a" or "the" && s.Word(b - 2) == "of"))
        {
            return false;
        }

        // "62 posts …, 9% of our establishment of 690": another "of" may stand between, a comma may not.
        return Enumerable.Range(part.Last + 1, Math.Max(0, b - part.Last - 1)).All(k => s.Word(k) is not ("," or ";" or "and" or "." or "with" or "in" or "for" or "by" or "from" or "to" or "at"))
            && b - part.Last <= 6 && !(s.Word(part.Last + 1) is "month" or "months" or "weeks") && s.Word(b - 1) is not ("rate" or "total" or "budget" or "increase" or "reduction" or "average" or "target" or "average");
    }

    private static bool OfWhichAt(Statement s, int from, int to) => Enumerable.Range(from, Math.Max(0, to - from)).Any(k => s.Word(k) == "of" && s.Word(k + 1) is "which" or "whom");

    private static Mention? OfWhich(Statement s, Mention whole, Mention next) => OfWhichAt(s, whole.Last + 1, next.First) && !next.IsBracketed && next.Unit == whole.Unit ? next : null;

    // Another time, another place, a change: no part of the whole.
    private static bool IsRelated(Statement s, Mention k) => k.Place is not null || k.Period is { Kind: PeriodKind.Relative, YearsBack: > 0 } || s.Word(s.Before(k.First)) is "from" or "than" or "with" or "per" or "against" or "containing" or "covering" or "worth" or "across" or "in" or "among" or "at" or "by" or "over" || k.Every is not null || (k.IsSpelt && !k.HasNoun && s.Word(k.Last + 1).Length == 0);

    /// <summary>The percentage that goes with a count: in brackets after it, after "or", a comma, a dash or "that's".</summary>
    private static Mention? ShareBy(Statement s, Mention part, Mention last)
    {
        var share = s.Mentions.Find(m => m.Unit == Unit.Percent && !m.IsChange && m.First > last.Last && m.Place is null && m.Period is null | m.IsBracketed | m.Period == part.Period);
        if (share is null || s.Mentions.Exists(m => m.First > last.Last && m.Last < share.First) || (!share.IsBracketed && share.First - last.Last > 9))
        {
            return null;
        }

        if (share.IsBracketed)
        {
            var open = Segments.Opening(s, share.First);
            return share.First - open <= 4 && s.Word(share.Last + 1) is ")" or "of" or "," ? share : null;
        }

        var b = s.Before(share.First);
        return s.Word(b) is "or" or "," or "–" or "-" or "is" or "s" or "'s" or "that's" or "that" or "i.e" || s.Word(b) is "of" && s.Word(b - 1) is "rate" or "share" or "proportion" ? share : null;
    }

    // "Among 412 respondents, 29.4% said": the whole leads the sentence and no other base stands by the share.
    private static bool IsOfWhole(Statement s, Mention share, Mention whole, Statement? home)
    {
        var b = s.Before(share.First);
        var hasOwn = s.Word(share.Last + 1) == "of" && s.Word(share.Last + 2) is not ("them" or "these" or "those" or "whom" or "you" or "the" or "respondents" or "people");
        return !hasOwn && s.Word(b) is not ("from" or "to" or "than" or "with" or "by" or "above" or "below" or "against" or "target") && !share.IsPlanned && (home is not null || s.Word(s.Before(whole.First)) is "of" or "among" or "amongst" or "our");
    }
}
