using Waymark.Text.Numbers;

namespace Waymark.Text.Claims;

/// <summary>Finds what went from one figure to another in a sentence, or over two.</summary>
public static class ChangeReader
{
    public static List<ChangeClaim> Read(IReadOnlyList<Statement> statements)
    {
        var claims = new List<ChangeClaim>();
        for (var i = 0; i < statements.Count; i++)
        {
            if (statements[i].Mentions.Count > 0 && statements[i].Passage.Kind != Blocks.PassageKind.Row)
            {
                Read(statements[i], i > 0 && statements[i - 1].Passage.Paragraph == statements[i].Passage.Paragraph ? statements[i - 1] : null, claims);
            }
        }

        return claims;
    }

    private static void Read(Statement s, Statement? before, List<ChangeClaim> claims)
    {
        var used = new HashSet<Mention>();
        var pairs = Pairs(s).ToList();
        for (var p = 0; p < pairs.Count; p++)
        {
            var (from, to, isExplicit) = pairs[p];
            if (used.Contains(from) || used.Contains(to))
            {
                continue;
            }

            var end = p + 1 < pairs.Count ? Math.Min(pairs[p + 1].From.First, pairs[p + 1].To.First) : s.Tokens.Count;
            var begin = p > 0 ? Math.Max(pairs[p - 1].From.Last, pairs[p - 1].To.Last) : -1;
            var changes = s.Mentions.Where(m => m.IsChange && !used.Contains(m) && m.First < end && m.First > begin && !IsOther(s, m, from, to)).ToList();
            used.UnionWith(changes.Append(from).Append(to));
            claims.Add(Claim(s, from, to, changes, isExplicit, begin + 1));
        }

        // "37.1% were satisfied. This compares with 34.2% in 2021/22"
        if (before is not null && pairs.Count == 0 && s.Word(0) is "this" or "that" or "it" && s.Word(1) is "compares" or "compared" && s.Mentions.Find(m => m.IsValue && m.Place is null) is { Period: not null } then
            && before.Mentions.FindLast(m => m.IsValue && m.Place is null && m.Unit == then.Unit && m.Per == then.Per && !m.IsBracketed) is { } now)
        {
            claims.Add(Claim(s, then, now, [], true, 0) with { Other = before });
        }

        var left = s.Mentions.Where(m => m.IsChange && !used.Contains(m)).ToList();
        if (left.Count > 0 && before is not null && pairs.Count == 0)
        {
            OverTwo(s, before, left, claims);
        }

        foreach (var change in left.Where(c => !claims.Exists(k => k.Statement == s && k.Changes.Contains(c))))
        {
            claims.Add(Claim(s, null, null, [change], false, 0));
        }
    }

    // A change of another thing in the same sentence: "over the same period the total grew by 6.1%".
    private static bool IsOther(Statement s, Mention change, Mention from, Mention to)
    {
        if (change.Place is not null && change.Place != to.Place)
        {
            return true;
        }

        var last = Math.Max(from.Last, to.Last);
        return change.First > last && Enumerable.Range(last + 1, Math.Max(0, change.First - last - 1)).Any(k => s.Word(k) is ";" or "while" or "whilst" or "whereas" or "but" or "although");
    }

    private static IEnumerable<(Mention From, Mention To, bool IsExplicit)> Pairs(Statement s)
    {
        var values = s.Mentions.Where(m => m.IsValue && !m.IsBracketed).ToList();
        for (var i = 0; i < values.Count; i++)
        {
            var a = values[i];
            var beforeA = s.Before(a.First);
            var wordA = s.Word(beforeA);
            var b = i + 1 < values.Count ? values[i + 1] : null;
            if (b is not null && Comparable(s, a, b))
            {
                var beforeB = s.Before(b.First);
                var wordB = s.Word(beforeB);
                if (wordA == "from" && (wordB == "to" || (wordB is "up" or "down")))
                {
                    yield return (a, b, true);
                    i++;
                    continue;
                }

                // "to B (up) from A", "B, up from A", "B, from A a year ago"
                if (wordB == "from" && !Enumerable.Range(1, 3).Any(k => s.Word(beforeB - k) is "range" or "ranging") && (wordA == "to" || s.Word(beforeB - 1) is "up" or "down" or "," or "increase" or "decrease" or "rise" or "reduction" or "risen" or "fallen" || b.Period is not null || IsMoving(s, a.Last + 1, beforeB)))
                {
                    yield return (b, a, true);
                    i++;
                    continue;
                }

                if (wordB is "than" && Enumerable.Range(a.Last + 1, Math.Max(0, beforeB - a.Last - 1)).Any(k => s.Word(k) is "more" or "fewer" or "less" or "higher" or "lower") && b.Place == a.Place && (b.Period is not null || HasChangeBetween(s, a, b)))
                {
                    yield return (b, a, true);
                    i++;
                    continue;
                }

                if (IsCompared(s, a.Last + 1, b.First) && a.Place == b.Place && (Earlier(b, a) || (a.Place is null && b.Period is null && s.Word(s.Before(b.First) - 1) is "compared" && s.Mentions.Exists(m => m.IsChange && m.Unit is Unit.Percent or Unit.Points))) && !a.IsPlanned && !b.IsPlanned)
                {
                    yield return (b, a, true);
                    i++;
                    continue;
                }
            }

            if (b is not null && a.Unit == b.Unit && a.Place == b.Place && a.Statistic == b.Statistic && a.Marks.SetEquals(b.Marks) && a.Period is not null && b.Period is not null && !a.Period.Coincides(b.Period) && a.Period.IsDated && b.Period.IsDated
                && (b.Topic.Count == 0 || SetsMeet(a, b)) && !a.IsPlanned && !b.IsPlanned && b.First - a.Last < 14)
            {
                yield return a.Period.IsBefore(b.Period) ? (a, b, false) : (b, a, false);
                i++;
            }
        }

        // "138 of 184 (75%), up from 81%"; "171 of 214 (80%), compared with 83% a year before": the share in brackets is what is compared.
        foreach (var b in values.Where(b => b.Unit == Unit.Percent && !values.Exists(v => v != b && v.Unit == Unit.Percent && v.First < b.First)))
        {
            var before = s.Before(b.First);
            var a = s.Mentions.FindLast(m => m.IsBracketed && m.Unit == Unit.Percent && m.First < b.First && m.IsValue);
            if (a is not null && a.Place == b.Place && (s.Word(before) == "from" && s.Word(before - 1) is "up" or "down" || (b.Period is not null && s.Word(before) is "with" or "to" or "against" && IsCompared(s, a.Last, b.First)) || s.Word(before) is "on" && s.Word(before - 1) is "improvement" or "increase"))
            {
                yield return (b, a, true);
            }
        }

        // "41 providers, 6 fewer than in 2024 when there were 49"
        foreach (var (a, c, b) in s.Mentions.Where(m => !m.IsBracketed).Zip(s.Mentions.Where(m => !m.IsBracketed).Skip(1), s.Mentions.Where(m => !m.IsBracketed).Skip(2)))
        {
            if (a.IsValue && c.IsChange && b.IsValue && a.Unit == b.Unit && a.Place == b.Place && s.Word(s.Before(b.First)) is "were" or "was" && Enumerable.Range(c.Last + 1, 3).Any(k => s.Word(k) == "than"))
            {
                yield return (b, a, true);
            }
        }

        // "6,420 registered, 14% more than the 5,630 a year ago"; "9,870 (2022/23: 8,460)"
        foreach (var b in s.Mentions.Where(m => m.IsBracketed && m.IsValue && m.Period is not null))
        {
            var a = s.Mentions.LastOrDefault(m => m.First < b.First && !m.IsBracketed && !m.IsChange && m.IsValue);
            var change = s.Mentions.LastOrDefault(m => m.First < b.First && m.IsChange && !m.IsBracketed);
            if (a is not null && Comparable(s, a, b) && a.Place == b.Place && change is not null && change.First < b.First && (b.Period!.IsBefore(a.Period ?? Period.Relative(0)) || a.Period is null))
            {
                yield return (b, a, false);
            }
        }
    }

    private static bool HasChangeBetween(Statement s, Mention a, Mention b) => s.Mentions.Exists(m => m.IsChange && m.First > a.Last && m.Last < b.First);

    private static bool SetsMeet(Mention a, Mention b) => ReferenceEquals(a.Topic, b.Topic) || (a.Topic.SetEquals(b.Topic) && a.Names.SetEquals(b.Names));

    private static bool Comparable(Statement s, Mention a, Mention b)
    {
        var isLinked = s.Word(s.Before(b.First)) is "to" or "from" or "with" or "against" or "than";
        if (a.Unit == b.Unit && (a.Unit != Unit.Rate || a.Per == b.Per))
        {
            return a.Marks.SetEquals(b.Marks) || b.Marks.Count == 0 || a.Marks.Count == 0;
        }

        // "from 438.8 per 100,000 to 337": the second takes its unit from the first.
        if (isLinked && ((a.Unit == Unit.Rate && b.Unit == Unit.Count) || (b.Unit == Unit.Rate && a.Unit == Unit.Count)))
        {
            var (rate, bare) = a.Unit == Unit.Rate ? (a, b) : (b, a);
            if (!bare.HasNoun)
            {
                (bare.Unit, bare.Per) = (Unit.Rate, rate.Per);
                return true;
            }
        }

        // "16 days from 19"
        if (isLinked && ((a.Unit == Unit.Duration && b.Unit == Unit.Count && !b.HasNoun) || (b.Unit == Unit.Duration && a.Unit == Unit.Count && !a.HasNoun)))
        {
            var (length, bare) = a.Unit == Unit.Duration ? (a, b) : (b, a);
            var scale = length.Step >= 28 ? 30.4m : length.Step == 7 ? 7 : 1;
            (bare.Unit, bare.Value, bare.Step) = (Unit.Duration, bare.Value * scale, bare.Step * scale);
            return true;
        }

        return false;
    }

    private static bool Earlier(Mention b, Mention a) => b.Period is not null && (a.Period is null ? b.Period.Kind == PeriodKind.Relative || b.Place is null : b.Period.IsBefore(a.Period) || b.Period is { Kind: PeriodKind.Relative, YearsBack: > 0 });

    private static bool IsCompared(Statement s, int from, int to) => Enumerable.Range(from, Math.Max(0, to - from)).Any(k => s.Word(k) is "compared" or "against" or "comparison" or "compares" or "versus" or "vs" or "v" or "whereas") || (s.Word(s.Before(to)) is "on" or "was" or "were" or "over" or "the" or "above" or "below" && true);

    private static bool IsMoving(Statement s, int from, int to) => Enumerable.Range(Math.Max(0, from - 16), Math.Max(0, to - from + 16)).Any(k => Roles.IsDirection(s, k));

    /// <summary>"There were 655 a year ago. The list has shortened by 37%."</summary>
    private static void OverTwo(Statement s, Statement before, List<Mention> left, List<ChangeClaim> claims)
    {
        var values = s.Mentions.Where(m => m.IsValue && m.Unit is Unit.Count or Unit.Money or Unit.Duration or Unit.Rate or Unit.Percent && m.Place is null && !m.IsBracketed).ToList();
        var earlier = before.Mentions.Where(m => m.IsValue && m.Place is null && !m.IsBracketed && !m.IsPlanned).ToList();
        if (values.Count == 1 && earlier.Count > 0)
        {
            var value = values[0];
            // Of several figures before, the one that the change fits is meant; failing that, the first.
            var possible = earlier.Where(m => m.Unit == value.Unit && m.Per == value.Per && (value.Topic.Count == 0 || m.Topic.Count == 0 || m.Topic.Overlaps(value.Topic))).ToList();
            if ((possible.Find(m => Rules.ChangeArithmetic.Judge(value, m, left[0]).Verdict == Rules.ChangeVerdict.Right || Rules.ChangeArithmetic.Judge(m, value, left[0]).Verdict == Rules.ChangeVerdict.Right) ?? possible.FirstOrDefault()) is not { } other)
            {
                return;
            }

            var isEarlier = value.Period is { Kind: PeriodKind.Relative, YearsBack: > 0 } || (value.Period is not null && other.Period is not null && value.Period.IsDated && value.Period.IsBefore(other.Period) && other.Period.IsDated);
            var isLater = value.Period is not null && other.Period is not null && other.Period.IsBefore(value.Period);
            if (isEarlier || isLater)
            {
                claims.Add(Claim(s, isEarlier ? value : other, isEarlier ? other : value, left, false, 0) with { Other = before });
            }

            return;
        }

        // "3,912, up from 3,260. That is a rise of 20%."
        var last = claims.FindLast(c => c.Statement == before && c is { From: not null, To: not null });
        if (values.Count == 0 && last is not null && (s.Word(0) is "that" or "this" or "it" or "which" or "on" || s.Tokens.Count < 16) && last.Changes.Count == 0)
        {
            claims.Add(Claim(s, last.From, last.To, left, false, 0) with { Other = before });
        }
    }

    private static ChangeClaim Claim(Statement s, Mention? from, Mention? to, IReadOnlyList<Mention> changes, bool isExplicit, int begin)
    {
        var (direction, judgement, word) = DirectionReader.Of(s, from, to, changes, begin);
        return new ChangeClaim(s, from, to, changes, direction, judgement, word, isExplicit);
    }
}
