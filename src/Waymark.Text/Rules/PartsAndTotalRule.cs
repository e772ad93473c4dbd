using Waymark.Text.Blocks;
using Waymark.Text.Claims;
using Waymark.Text.Numbers;
using Waymark.Text.Words;

namespace Waymark.Text.Rules;

/// <summary>Rule 4: parts add to their total, in tables and in sentences.</summary>
public sealed class PartsAndTotalRule : Rule
{
    private const decimal Rounding = 0.51m;

    public override string Name => "parts-and-total";

    public override IEnumerable<Finding> Check(Draft draft)
    {
        foreach (var document in draft.Documents)
        {
            foreach (var table in document.Blocks.Tables)
            {
                foreach (var finding in Columns(document, table).Concat(Across(document, table)))
                {
                    yield return finding;
                }
            }

            for (var i = 0; i < document.Statements.Count; i++)
            {
                if (Sentence(document, i) is { } finding)
                {
                    yield return finding;
                }
            }
        }
    }

    private IEnumerable<Finding> Columns(DocumentReading document, Table table)
    {
        var start = 0;
        for (var r = 0; r < table.Rows.Count; r++)
        {
            var label = table.Rows[r].Cells[0].Trim('*', ' ').ToLowerInvariant();
            if (!(label.StartsWith("total", StringComparison.Ordinal) || label.EndsWith("total", StringComparison.Ordinal) || label is "all" or "overall" or "sum" or "council" or "county" || label.StartsWith("all ", StringComparison.Ordinal)) || r - start < 2)
            {
                continue;
            }

            var rows = table.Rows.Skip(start).Take(r - start).ToList();
            for (var c = 1; c < table.Columns; c++)
            {
                if (At(document, table.Rows[r], c) is { } total && rows.Select(w => At(document, w, c)).OfType<Mention>().ToList() is { Count: >= 2 } parts && parts.Count == rows.Count(w => c < w.Cells.Count && w.Cells[c].Length > 0)
                    && total.Unit is Unit.Count or Unit.Money && parts.TrueForAll(p => p.Unit == total.Unit && p.Statistic == Statistic.None) && total.Statistic == Statistic.None
                    && Sum(parts) is var sum && !Adds(sum, total, parts) && Math.Abs(sum - total.Value) < 0.5m * Math.Abs(total.Value))
                {
                    yield return Report(total, parts, sum, [table.Rows[r].Passage, .. parts.Select(p => p.Passage)]);
                }
            }

            start = r + 1;
        }
    }

    /// <summary>A "Total" column beside its parts.</summary>
    private IEnumerable<Finding> Across(DocumentReading document, Table table)
    {
        var total = table.Header.FindIndex(h => h.Trim('*').EndsWith("total", StringComparison.OrdinalIgnoreCase) || h.StartsWith("total", StringComparison.OrdinalIgnoreCase));
        if (total < 3 && !(total == table.Header.Count - 1 && total >= 3) || table.Header.Count(h => h.Any(char.IsAsciiDigit)) > 1)
        {
            yield break;
        }

        foreach (var row in table.Rows)
        {
            if (At(document, row, total) is { Unit: Unit.Count or Unit.Money } whole && Enumerable.Range(1, total - 1).Select(c => At(document, row, c)).OfType<Mention>().ToList() is { Count: >= 2 } parts
                && parts.TrueForAll(p => p.Unit == whole.Unit) && Sum(parts) is var sum && !Adds(sum, whole, parts) && Math.Abs(sum - whole.Value) < 0.5m * Math.Abs(whole.Value))
            {
                yield return Report(whole, parts, sum, [row.Passage]);
            }
        }
    }

    private Finding? Sentence(DocumentReading document, int i)
    {
        var s = document.Statements[i];
        if (s.Passage.Kind != PassageKind.Sentence || s.Mentions.Count == 0)
        {
            return null;
        }

        return FromColon(s) ?? FromList(document, s, i) ?? FromOfWhom(document, i) ?? FromSumWord(document, i) ?? FromTotalTo(document, i) ?? FromNearList(s) ?? Remainders.Of(document, i) switch { { } r => Found(Severity.Wrong, r.Message, "Check the whole, the part and what is left.", r.At), _ => null };
    }

    // "£31.4m, made up of £17.9m …, £10.2m … and £2.3m"; "96 carers: 54 women, 31 men and 15 young carers"; "For every £10 we spent, £4 …".
    private Finding? FromColon(Statement s)
    {
        for (var i = 0; i < s.Mentions.Count - 2; i++)
        {
            var whole = s.Mentions[i];
            if (!IsAmount(whole) || s.Mentions[i + 1].First - whole.Last > 22)
            {
                continue;
            }

            var opening = Enumerable.Range(whole.Last + 1, s.Mentions.Skip(i + 1).First(m => !m.IsBracketed || m == s.Mentions[i + 1]).First - whole.Last - 1)
                .Any(k => s.Word(k) == ":" || (s.Word(k) is "comprising" or "comprised" or "split" or "consisting" or "namely" or "comprises") || (s.Word(k) == "made" && s.Word(k + 1) == "up") || (s.Word(k) == "as" && s.Word(k + 1) == "follows") || (s.Word(k) == "broken" && s.Word(k + 1) == "down"))
                || (s.Word(0) == "for" && s.Word(1) == "every" && i == 0);
            if (!opening)
            {
                continue;
            }

            var parts = s.Mentions.Skip(i + 1).TakeWhile(m => Enumerable.Range(whole.Last, m.First - whole.Last).All(k => s.Word(k) is not ";" and not ".")).Where(m => m.Unit == whole.Unit && m is { IsValue: true, IsBracketed: false, IsPlanned: false, Place: null, IsFraction: false } && (s.Word(s.Before(m.First)) is not ("of" or "than" or "from") || s.Word(s.Before(m.First) - 1) is "up" or "consisting" or "composed")).ToList();
            if (parts.Count >= 2 && Sum(parts) is var sum && !Adds(sum, whole, parts) && sum > whole.Value * 0.6m && sum < whole.Value * 1.6m && (parts.Count > 2 || Close(sum, whole.Value)))
            {
                return Report(whole, parts, sum, [s.Passage]);
            }
        }

        return null;
    }

    // "1,212 visits, in 34 languages: 840 face to face, 247 by telephone and 155 by video": three or more figures in a list that all but make one before them.
    private Finding? FromNearList(Statement s)
    {
        for (var i = 0; i + 3 < s.Mentions.Count; i++)
        {
            var whole = s.Mentions[i];
            var after = s.Mentions.Skip(i + 1).Where(m => m.Unit == whole.Unit && m is { IsValue: true, IsBracketed: false, IsPlanned: false, Place: null, IsFraction: false, Every: null } && m.Period is not { YearsBack: > 0 }).ToList();
            if (!IsAmount(whole) || whole.IsBracketed || after.Count < 3 || s.Mentions.Exists(m => m.IsChange))
            {
                continue;
            }

            var parts = after.TakeLast(after.Count > 3 && after[0].Value < after[^1].Value / 2 ? after.Count - 1 : after.Count).ToList();
            if (parts.Count >= 3 && Sum(parts) is var sum && sum > whole.Value * 0.94m && sum < whole.Value * 1.06m && !Adds(sum, whole, parts) && !Adds(Sum(after), whole, after)
                && Enumerable.Range(parts[^2].Last, parts[^1].First - parts[^2].Last).Any(k => s.Word(k) == "and"))
            {
                return Report(whole, parts, sum, [s.Passage]);
            }
        }

        return null;
    }

    // A lead "11,200 posts, of which:" and its bullets.
    private Finding? FromList(DocumentReading document, Statement lead, int i)
    {
        var isColon = lead.Text.EndsWith(':');
        if ((isColon ? lead.Mentions.LastOrDefault(m => IsAmount(m) && !m.IsBracketed) : lead.Mentions.FirstOrDefault(m => IsAmount(m) && !m.IsBracketed)) is not { } whole)
        {
            return null;
        }

        var items = document.Statements.Skip(i + 1).TakeWhile(s => s.Passage.Lead == lead.Passage).Where(s => s.Passage.Kind == PassageKind.Sentence).Take(30).ToList();
        var parts = items.Select(s => s.Mentions.Find(m => m.Unit == whole.Unit && m.IsValue && !m.IsBracketed)).ToList();
        return items.Count >= (isColon ? 2 : 3) && parts.TrueForAll(p => p is not null) && Sum(parts!) is var sum && !Adds(sum, whole, parts!) && (isColon ? Close(sum, whole.Value) : sum > whole.Value * 0.94m && sum < whole.Value * 1.06m) ? Report(whole, parts!, sum, [lead.Passage, .. items.Select(s => s.Passage)]) : null;
    }

    // "Of 8,940: 6,080 on pathway 1 … and 1,150 on pathway 3"; "of whom 3,788 aged 65+ and 1,624 aged 18-64": two ages, or women and men, or a last "other".
    private Finding? FromOfWhom(DocumentReading document, int i)
    {
        var s = document.Statements[i];
        var claims = document.Parts.Where(p => p.Statement == s && p.Part is not null).GroupBy(p => p.Whole).FirstOrDefault(g => g.Count() >= 2);
        if (claims is null)
        {
            return null;
        }

        var parts = claims.Select(c => c.Part!).Distinct().ToList();
        return Sum(parts) is var sum && !Adds(sum, claims.Key, parts) && (IsExhaustive(s, parts) ? Close(sum, claims.Key.Value) : IsNearly(s, claims.Key, parts, sum)) ? Report(claims.Key, parts, sum, [s.Passage, claims.Key.Passage]) : null;
    }

    // "Of the 132 visits, 96 were planned and 41 unannounced": two or more parts joined by "and" that all but add up were meant to.
    private static bool IsNearly(Statement s, Mention whole, List<Mention> parts, decimal sum) => sum > whole.Value * 0.92m && sum < whole.Value * 1.1m && parts.TrueForAll(p => p.Passage == s.Passage && p.Value > whole.Value * 0.05m)
        && Enumerable.Range(parts[^2].Last + 1, Math.Max(0, parts[^1].First - parts[^2].Last - 1)).Any(k => s.Word(k) == "and") && !parts.Exists(p => p.Marks.Count > 0);

    // "412 flats. Two schemes will add 110 flats, taking the total to 532".
    private Finding? FromTotalTo(DocumentReading document, int i)
    {
        var s = document.Statements[i];
        var total = s.Mentions.Find(m => m is { Unit: Unit.Count or Unit.Money, IsBracketed: false } && s.Word(s.Before(m.First)) == "to" && s.Word(s.Before(m.First) - 1) is "total" or "overall" && Enumerable.Range(2, 4).Any(b => s.Word(s.Before(m.First) - b) is "taking" or "bringing" or "brings" or "takes"));
        if (total is null)
        {
            return null;
        }

        var parts = Enumerable.Range(Math.Max(0, i - 2), Math.Min(i, 2) + 1).Select(k => document.Statements[k]).Where(o => o.Passage.Paragraph == s.Passage.Paragraph)
            .SelectMany(o => o.Mentions.Where(m => m != total && m.Unit == total.Unit && !m.IsRange && !m.IsSpelt && !m.IsBracketed && (o != s || m.First < total.First))).ToList();
        return parts.Count is >= 2 and <= 5 && !AnyRunAdds(parts, total) && parts.OrderByDescending(p => p.Value).Take(2).ToList() is var two && Close(Sum(two), total.Value) ? Report(total, two, Sum(two), [s.Passage, .. two.Select(p => p.Passage)]) : null;
    }

    // "45 in October, 38 in September. That makes 93"; "…, in all 290"; "5,508 between them".
    private Finding? FromSumWord(DocumentReading document, int i)
    {
        var s = document.Statements[i];
        foreach (var total in s.Mentions.Where(m => IsAmount(m) && !m.IsBracketed))
        {
            var b = s.Before(total.First);
            var isSum = s.Word(b) is "makes" or "totalling" or "totals" or "totalled" && b <= 3 || (s.Word(b) is "of" && s.Word(b - 1) == "total" && s.Word(b - 2) == "a" && s.Word(b - 3) is "is" or "making" or "giving" or "makes")
                || (s.Word(b) is "is" && s.Word(b - 1) is "together" or "altogether" or "that") && s.Word(b - 2) is "" or "," or "." or ";" || Enumerable.Range(total.Last + 1, 8).Any(k => s.Word(k) == "between" && s.Word(k + 1) == "them") || (s.Word(b) is "all" or "total" && s.Word(b - 1) == "in" && b <= 2) || (s.Word(b) is "," && s.Word(b - 1) is "all" or "total" && s.Word(b - 2) == "in");
            if (!isSum)
            {
                continue;
            }

            var own = s.Mentions.Where(m => m.First < total.First && IsPart(m, total)).ToList();
            var back = new List<Mention>();
            for (var k = i - 1; own.Count < 2 && k >= 0 && k >= i - 3 && document.Statements[k].Passage.Paragraph == s.Passage.Paragraph && back.Count < 2; k--)
            {
                back.InsertRange(0, document.Statements[k].Mentions.Where(m => IsPart(m, total)));
            }

            // Of several figures before, some two or more must be meant: silence when any run of them adds up.
            var parts = own.Count >= 2 ? own : [.. back, .. own];
            if (parts.Count is >= 2 and <= 6 && Sum(parts) is var sum && !Adds(sum, total, parts) && Close(sum, total.Value) && !AnyRunAdds(parts, total))
            {
                return Report(total, parts, sum, [s.Passage, .. parts.Select(p => p.Passage)]);
            }
        }

        return null;
    }

    private static bool AnyRunAdds(List<Mention> parts, Mention total)
    {
        for (var mask = 3; mask < 1 << parts.Count; mask++)
        {
            var chosen = parts.Where((_, k) => (mask & (1 << k)) != 0).ToList();
            if (chosen.Count >= 2 && Adds(Sum(chosen), total, chosen))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPart(Mention m, Mention total) => m.Unit == total.Unit && m is { IsValue: true, IsBracketed: false, IsPlanned: false, Place: null } && m.Period is not { Kind: PeriodKind.Relative, YearsBack: > 0 } && m.Every is null;

    private static bool IsAmount(Mention m) => m.Unit is Unit.Count or Unit.Money && m is { IsValue: true, IsPlanned: false, Place: null } && m.Bound is Bound.Exact && m.Value >= 3;

    /// <summary>Whether parts name everything: both ages, both sexes, a last "other", numbered kinds ("pathway 1, 2 and 3"), or better, worse and the same.</summary>
    private static bool IsExhaustive(Statement s, List<Mention> parts)
    {
        var ages = parts.SelectMany(p => p.Marks.Where(k => k.StartsWith("age:", StringComparison.Ordinal))).ToHashSet();
        var concepts = parts.SelectMany(p => p.Topic).ToHashSet();
        return (ages.Contains("age:65+") && ages.Contains("age:18-64")) || (concepts.Contains("man") && concepts.Contains("woman")) || s.Tokens.Exists(t => t.Is(WordRoles.Residual)) || (s.Tokens.Exists(t => t.IsWord("same") || t.IsWord("unchanged")) && s.Tokens.Exists(t => t.Is(WordRoles.Better)))
            || parts.Count(p => s.Word(p.Last + 2) is "pathway" or "level" or "band" or "tier" or "stage") == parts.Count || (concepts.Contains("grant") && concepts.Contains("refus"));
    }

    private static Mention? At(DocumentReading document, TableRow row, int column) => document.ByPassage.GetValueOrDefault(row.Passage)?.Mentions.Find(m => m.Column == column);

    private static decimal Sum(List<Mention> parts) => parts.Sum(p => p.Sign < 0 ? -p.Value : p.Value);

    private static bool Adds(decimal sum, Mention total, List<Mention> parts)
    {
        var isRounded = total.Step != 1 || parts.Exists(p => p.Step != 1 || p.Bound != Bound.Exact);
        var slack = isRounded ? (parts.Sum(p => p.Step) + total.Step) * Rounding : 0;
        slack = parts.Exists(p => p.Bound == Bound.About) ? Math.Max(slack, total.Value * 0.05m) : slack;
        return Math.Abs(sum - (total.Sign < 0 ? -total.Value : total.Value)) <= slack * (parts.Count > 3 ? 0.7m : 1);
    }

    private static bool Close(decimal sum, decimal total) => sum > total * 0.7m && sum < total * 1.4m;

    private Finding Report(Mention total, List<Mention> parts, decimal sum, IEnumerable<Passage> at)
    {
        var isAverage = total.Passage.Text.Contains("average", StringComparison.OrdinalIgnoreCase) && Math.Abs(sum - total.Value) <= total.Step;
        var scale = total.Unit == Unit.Money && total.Step >= 1000 ? 1_000_000m : 1;
        var shown = string.Join(" + ", parts.Select(p => (p.Sign < 0 ? "-" : "") + p.Printed.TrimStart('+', '-'))).Replace("+ -", "- ", StringComparison.Ordinal);
        return Found(isAverage ? Severity.Check : Severity.Wrong, $"{shown} = {N(sum / scale, 2)}{(scale > 1 ? "m" : "")}, but the total says {total.Printed}.{(isAverage ? " With averages this can be rounding." : "")}",
            "Check each part and the total at the source; one part may be missing, counted twice or mistyped.", at);
    }
}
