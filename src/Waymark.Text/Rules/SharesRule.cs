using Waymark.Text.Blocks;
using Waymark.Text.Claims;
using Waymark.Text.Numbers;
using Waymark.Text.Words;

namespace Waymark.Text.Rules;

/// <summary>Rule 11: percentages that part one whole add to 100, within rounding.</summary>
public sealed class SharesRule : Rule
{
    private static readonly (string, string)[] Pairs = [("man", "woman"), ("own", "fund"), ("meet", "unmet"), ("yes", "no")];

    public override string Name => "shares";

    public override IEnumerable<Finding> Check(Draft draft)
    {
        foreach (var document in draft.Documents)
        {
            foreach (var finding in Sentences(document).Concat(Tables(document)).Concat(Lists(document)))
            {
                yield return finding;
            }
        }
    }

    private IEnumerable<Finding> Sentences(DocumentReading document)
    {
        var all = document.Statements;
        for (var i = 0; i < all.Count; i++)
        {
            var s = all[i];
            var shares = s.Passage.Kind == PassageKind.Sentence ? Shares(s) : [];
            if (shares.Count == 0)
            {
                continue;
            }

            // "29.4% said often. A further 41.3% said sometimes, 24.0% hardly ever and 9.2% never."
            var at = new List<Passage> { s.Passage };
            var statement = s;
            if (i + 1 < all.Count && all[i + 1].Passage.Paragraph == s.Passage.Paragraph && all[i + 1].Word(1) == "further" && Shares(all[i + 1]) is { Count: > 0 } more)
            {
                shares = [.. shares, .. more];
                at.Add(all[i + 1].Passage);
                statement = all[i + 1];
                i++;
            }

            if (i > 0 && all[i - 1].Passage.Paragraph == s.Passage.Paragraph && s.Word(0) == "the" && s.Word(1) is "remaining" or "rest" or "remainder" && Shares(all[i - 1]) is { Count: > 0 } told && shares.Count == 1 && Off([.. told, .. shares]) is { } rest && rest is > 80 and < 130)
            {
                yield return Report([.. told, .. shares], rest, [all[i - 1].Passage, s.Passage]);
                continue;
            }

            if (shares.Count >= 2 && IsWhole(statement, shares, at.Count > 1 ? s : null) && Off(shares) is { } sum)
            {
                yield return Report(shares, sum, at);
            }
        }
    }

    // Bullets under one lead, each with its share; or a lead "of which" with counts and shares.
    private IEnumerable<Finding> Lists(DocumentReading document)
    {
        foreach (var list in document.Statements.Where(s => s.Passage.Lead is not null).GroupBy(s => s.Passage.Lead!))
        {
            var items = list.ToList();
            var shares = items.Select(s => s.Mentions.FirstOrDefault(m => m is { Unit: Unit.Percent, IsChange: false, IsFraction: false, Place: null, IsPlanned: false })).OfType<Mention>().ToList();
            var counts = items.Count(s => s.Mentions.Exists(m => m.Unit == Unit.Count && m.IsValue));
            if (items.Count >= 3 && shares.Count == items.Count && counts == items.Count && list.Key.Text.Contains("of wh", StringComparison.Ordinal) && Off(shares) is { } sum && sum is > 85 and < 125)
            {
                yield return Report(shares, sum, items.Select(s => s.Passage));
            }
        }
    }

    private IEnumerable<Finding> Tables(DocumentReading document)
    {
        foreach (var table in document.Blocks.Tables.Where(t => t.Rows.Count >= 3))
        {
            var last = table.Rows[^1];
            if (!last.Cells[0].Trim('*').StartsWith("total", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            for (var c = 1; c < table.Columns; c++)
            {
                var column = table.Rows.SkipLast(1).Select(r => document.ByPassage.GetValueOrDefault(r.Passage)?.Mentions.Find(m => m.Column == c)).ToList();
                if (document.ByPassage.GetValueOrDefault(last.Passage)?.Mentions.Find(m => m.Column == c) is { Unit: Unit.Percent, Value: > 99 and < 101 } && column.TrueForAll(m => m is { Unit: Unit.Percent }) && Off(column!) is { } sum)
                {
                    yield return Report(column!, sum, table.Rows.Select(r => r.Passage));
                }
            }
        }
    }

    private Finding Report(List<Mention> shares, decimal sum, IEnumerable<Passage> at) =>
        Found(Severity.Inconsistent, $"{string.Join(" + ", shares.Select(m => m.Printed))} = {N(sum)}%, which is not 100%.", "Check each share; if people could give several answers, say so.", at);

    private static List<Mention> Shares(Statement s) => [.. s.Mentions.Where(m => m is { Unit: Unit.Percent, IsChange: false, IsFraction: false, IsPlanned: false, Place: null, IsRange: false } && m.Statistic == Statistic.None && s.Word(s.Before(m.First)) is not ("from" or "to" or "than" or "with" or "against")
        && (m.Period is not { Kind: PeriodKind.Relative, YearsBack: > 0 }))];

    private static decimal? Off(List<Mention> shares)
    {
        var sum = shares.Sum(m => m.Value);
        var room = shares.Sum(m => m.Step) / 2;
        return Math.Abs(sum - 100) > Math.Max(room * 0.8m, shares.Max(m => m.Step)) + 0.001m ? sum : null;
    }

    /// <summary>Whether the shares are said to be all there is: a last "other", "elsewhere" or "never"; both sexes; or three and more in one list that comes near to 100.</summary>
    private static bool IsWhole(Statement s, List<Mention> shares, Statement? first)
    {
        var sum = shares.Sum(m => m.Value);
        // "81% of those supported, Asian people 9% …": the base is named at the first share.
        var (from, to) = (shares.Count > 2 ? shares[1].First : shares[0].First, shares[^1].Last);
        var isOneTime = shares.Select(m => m.Period).Distinct().Count() == 1;
        if (!isOneTime || Enumerable.Range(Math.Max(0, Math.Min(from, to)), Math.Max(0, Math.Abs(to - from))).Any(k => first is null && (s.Word(k) is "compared" or "while" or "whereas" or "against" or "only" || s.Word(k) == "of" && s.Word(k + 1) is "these" or "those" or "them" or "whom" or "which")))
        {
            return false;
        }

        if (shares.Count == 2)
        {
            var (a, b) = (Around(s, shares[0], 0, shares[1].First), Around(s, shares[1], shares[0].Last + 1, s.Tokens.Count));
            return sum is > 80 and < 125 && Pairs.Any(p => (a.Contains(p.Item1) && b.Contains(p.Item2)) || (a.Contains(p.Item2) && b.Contains(p.Item1)));
        }

        var isResidual = s.Tokens.Skip(Math.Max(0, (first is null ? shares[^1].First : to) - 8)).Take(20).Any(t => t.Is(WordRoles.Residual) && t.Concept.Length > 0 && !t.IsWord("rest"));
        // Bands of one scale (ages, lengths), or a list behind a colon: all there is.
        var isScale = shares.TrueForAll(m => m.Marks.Count > 0) && shares.Select(m => string.Join(' ', m.Marks.Order(StringComparer.Ordinal))).Distinct().Count() == shares.Count;
        var isList = shares.Count >= 4 && Enumerable.Range(0, Math.Max(0, shares[0].First)).Any(k => s.Word(k) == ":");
        return sum is > 80 and < 130 && (isResidual || isScale || (shares.Count >= 4 && sum is > 95 and < 105) || (isList && sum is > 90 and < 111) || (shares.Count == 3 && sum is > 90 and < 111 && Enumerable.Range(0, shares[^1].First).Any(k => s.Word(k) is "partly" or "partially" or "not")));
    }

    private static HashSet<string> Around(Statement s, Mention m, int from, int to) => [.. Enumerable.Range(from, Math.Max(0, Math.Min(to, m.Last + 12) - from)).Select(k => s.Tokens[k].Concept)];
}
