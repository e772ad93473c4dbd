using Waymark.Text.Blocks;
using Waymark.Text.Claims;
using Waymark.Text.Numbers;
using Waymark.Text.Words;

namespace Waymark.Text.Rules;

/// <summary>Directions without a figure of their own: "waiting lists have continued to grow" beside a list that fell, "fallen for two years running", "easier to find" beside a lower score.</summary>
internal static class DirectionSeries
{
    public sealed record Clash(Severity Severity, string Message, string Settle, List<Passage> At);

    public static IEnumerable<Clash> Of(DocumentReading document)
    {
        foreach (var hidden in Hidden(document).Concat(LessGrowth(document)))
        {
            yield return hidden;
        }

        var moves = document.Changes.Concat(TableChanges.Read(document)).Where(c => c.Direction != 0 && c is { From: not null, To: not null } && Math.Sign(c.To.Value - c.From.Value) == c.Direction
            || c is { From: null, To: null, Direction: not 0, Changes.Count: > 0 } && c.Changes[0].Topic.Count > 0).ToList();
        foreach (var s in document.Statements.Where(s => s.Passage.Kind == PassageKind.Sentence))
        {
            if (Steady(s) is { } steady)
            {
                yield return steady;
            }

            if (Running(document, s) is { } running)
            {
                yield return running;
            }

            foreach (var clash in Bare(document, s, moves))
            {
                yield return clash;
            }
        }
    }

    /// <summary>"A reduction of 66.9% between April 2021 and July 2024", where the figures in between rose.</summary>
    private static IEnumerable<Clash> Hidden(DocumentReading document)
    {
        foreach (var claim in document.Changes.Where(c => c is { From: null, Direction: not 0, Changes: [{ Unit: Unit.Percent, Period: { Kind: PeriodKind.Span, Days: > 500 } }, ..] }))
        {
            var change = claim.Changes[0];
            var series = document.Mentions.Where(m => m is { Unit: Unit.Count, IsValue: true, IsPlanned: false } && m.Period is { Kind: PeriodKind.Point } p && p.From >= change.Period!.From && p.To <= change.Period.To.AddDays(40) && m.Value >= 20 && SameClaim.Topics(m, change) != Sameness.No && m.Place == change.Place)
                .OrderBy(m => m.Period!.To).ToList();
            var turn = series.Zip(series.Skip(1)).FirstOrDefault(p => (p.Second.Value - p.First.Value) * claim.Direction < -0.1m * p.First.Value && p.First.Period!.To < p.Second.Period!.From);
            if (turn.First is not null)
            {
                yield return new Clash(Severity.Check, $"The text says \"{claim.Word}\" of {change.Printed} over the whole time; in between it went the other way, from {turn.First.Printed} ({turn.First.Period}) to {turn.Second.Printed} ({turn.Second.Period}).", "Say so, or give the figure for each year.", [claim.Statement.Passage, turn.First.Passage, turn.Second.Passage]);
            }
        }
    }

    /// <summary>"has risen by 600, whereas 750 was expected. This is a 20% reduction": it rose, only by less.</summary>
    private static IEnumerable<Clash> LessGrowth(DocumentReading document)
    {
        for (var i = 1; i < document.Statements.Count; i++)
        {
            var (s, before) = (document.Statements[i], document.Statements[i - 1]);
            if (s.Passage.Paragraph == before.Passage.Paragraph && s.Word(0) is "this" or "that" && s.Word(1) is "is" or "represents" or "was" && document.Changes.FirstOrDefault(c => c.Statement == s && c is { From: null, Direction: not 0 }) is { } claim
                && document.Changes.FirstOrDefault(c => c.Statement == before && c.Direction == -claim.Direction && c.Changes.Count > 0 && c.Changes[0].Unit != Unit.Percent) is { } other && claim.Changes[0].First < 6)
            {
                yield return new Clash(Severity.Check, $"The text says \"{claim.Word}\" of something that, by the sentence before, went the other way (\"{other.Word}\" by {other.Changes[0].Printed}).", "If it grew by less than expected, say that.", [before.Passage, s.Passage]);
            }
        }
    }

    // A direction said without a figure, of a thing that figures elsewhere say went the other way.
    private static IEnumerable<Clash> Bare(DocumentReading document, Statement s, List<ChangeClaim> moves)
    {
        if (Easier(document, s) is { } easier)
        {
            yield return easier;
            yield break;
        }

        if (s.Mentions.Exists(m => m.IsValue || m.IsChange) || s.Tokens.Count > 60)
        {
            yield break;
        }

        for (var k = 1; k < s.Tokens.Count; k++)
        {
            var (direction, _) = DirectionReader.At(s, k);
            if (direction == 0 && s.Word(k) is "grow" or "increase" or "rise" or "fall" or "decline" or "reduce" or "improve" && s.Word(k - 1) == "to")
            {
                direction = s.Tokens[k].Is(WordRoles.Up) ? 1 : s.Tokens[k].Is(WordRoles.Down) ? -1 : 0;
            }

            if (direction == 0 || !IsPast(s, k) || Subject(s, k) is not { Count: >= 1 } subject)
            {
                continue;
            }

            var against = moves.Find(m => Way(m) == -direction && Topic(m) is { Count: > 0 } topic && Statistic.None == (m.To ?? m.Changes[0]).Statistic && (m.To ?? m.Changes[0]).Place is null && subject.Count(topic.Contains) >= Math.Min(2, topic.Count) && (topic.Count == 1 ? subject.SetEquals(topic) : subject.Count(topic.Contains) >= 2 && topic.Count(t => !subject.Contains(t)) <= 2)
                && !(m.To ?? m.Changes[0]).Topic.Any(t => !subject.Contains(t) && subject.Any(o => Lexicon.Standard.Excludes(o, t))));
            if (against is not null && against.Statement.Passage != s.Passage)
            {
                var shown = against is { From: { } f, To: { } t } ? $"{f.Printed} to {t.Printed}" : $"{against.Word} by {against.Changes[0].Printed}";
                yield return new Clash(Severity.Inconsistent, $"The text says \"{s.Word(k)}\" here; elsewhere the same thing goes the other way ({shown}).", "Say of which list and which time each speaks, or drop the one that is out of date.", [s.Passage, against.Statement.Passage]);
                yield break;
            }
        }
    }

    private static int Way(ChangeClaim m) => m is { From: { } f, To: { } t } ? Math.Sign(t.Value - f.Value) : m.Direction;

    private static HashSet<string> Topic(ChangeClaim m) => [.. (m.To ?? m.Changes[0]).Topic.Count > 0 ? (m.To ?? m.Changes[0]).Topic : m.From?.Topic ?? new HashSet<string>()];

    // "have continued to increase", "has grown": of what has been, not of what will be.
    private static bool IsPast(Statement s, int k)
    {
        for (var i = k - 1; i >= Math.Max(0, k - 5); i--)
        {
            if (s.Word(i) is "will" or "would" or "may" or "could" or "expected" or "likely" or "aim" or "help" or "need" or "if" or "should" or "can")
            {
                return false;
            }

            if (s.Word(i) is "continued" or "continue" or "has" or "have" or "had")
            {
                return true;
            }
        }

        return s.Word(k) is "rose" or "fell" or "grew";
    }

    private static HashSet<string> Subject(Statement s, int k)
    {
        var subject = new HashSet<string>();
        for (var i = 0; i < k; i++)
        {
            if (s.Word(i) is ";" or ":" || (s.Word(i) is "," or "while" or "but" && i < k - 6))
            {
                subject.Clear();
            }

            if (s.Tokens[i] is { Kind: TokenKind.Word, Word: { } w } t && t.Concept.Length > 1 && !w.Is(WordRoles.Stop | WordRoles.Neutral | WordRoles.Direction | WordRoles.Place) && (Lexicon.Standard.RolesOf(t.Concept) & WordRoles.Neutral) == 0)
            {
                subject.Add(t.Concept);
            }
        }

        subject.RemoveWhere(c => c is "histor" or "historic" or "high" or "continu" or "previous" or "steady");
        return subject;
    }

    /// <summary>"has fallen steadily: 702 in 2022, 688, 694, 671": each step must go that way.</summary>
    private static Clash? Steady(Statement s)
    {
        var values = s.Mentions.Where(m => m is { IsValue: true, Place: null, Period.IsDated: true }).ToList();
        if (values.Count < 3 || values.Exists(m => m.Unit != values[0].Unit) || !s.Tokens.Exists(t => t.Word?.Text is "steadily" or "consistently" or "continuously" or "continually" or "every" or "each" or "year-on-year"))
        {
            return null;
        }

        var direction = Enumerable.Range(0, values[0].First).Select(k => DirectionReader.At(s, k) is var (d, j) ? d != 0 ? d : j * Polarity.Of(values[0], s.Topic) : 0).LastOrDefault(d => d != 0);
        var ordered = values.OrderBy(m => m.Period!.To).ToList();
        var turn = ordered.Zip(ordered.Skip(1)).FirstOrDefault(p => Math.Sign(p.Second.Value - p.First.Value) == -direction);
        return direction != 0 && turn.First is not null ? new Clash(Severity.Wrong, $"The text says that it went one way all the time; from {turn.First.Printed} to {turn.Second.Printed} it went the other.", "Check the series, or drop \"steadily\".", [s.Passage]) : null;
    }

    /// <summary>"It has now fallen for two years running": the series in the document must go so.</summary>
    private static Clash? Running(DocumentReading document, Statement s)
    {
        var k = s.Tokens.FindIndex(t => t.IsWord("running") || t.IsWord("consecutive") || t.IsWord("successive") || t.IsWord("row"));
        if (k < 1 || (s.Word(k) == "row" && s.Word(k - 1) != "a") || !Enumerable.Range(Math.Max(0, k - 4), 4).Concat([k + 1]).Any(i => s.Word(i) is "years" or "year"))
        {
            return null;
        }

        var direction = Enumerable.Range(0, s.Tokens.Count).Select(i => s.Tokens[i].Is(WordRoles.Up) ? 1 : s.Tokens[i].Is(WordRoles.Down) ? -1 : 0).FirstOrDefault(d => d != 0);
        var around = document.Statements.Where(o => o.Passage.Paragraph == s.Passage.Paragraph).SelectMany(o => o.Mentions.Where(m => m.IsValue)).ToList();
        foreach (var row in document.Statements.Where(o => o.Passage.Kind == PassageKind.Row))
        {
            var series = row.Mentions.Where(m => m.Period is { IsDated: true } && m.Place is null && m.IsValue).OrderBy(m => m.Period!.To).ToList();
            if (direction != 0 && series.Count >= 3 && around.Count(m => series.Exists(o => o.Value == m.Value && o.Unit == m.Unit)) >= 2 && Math.Sign(series[^2].Value - series[^3].Value) == -direction)
            {
                return new Clash(Severity.Wrong, $"\"{s.Word(k)}\" says that it went one way each year; the figures go {string.Join(", ", series.TakeLast(3).Select(m => m.Printed))}.", "Check the series, or speak of the last year only.", [s.Passage, row.Passage, .. around.Select(m => m.Passage)]);
            }
        }

        return null;
    }

    /// <summary>"It is easier to find information than it was" beside a row that fell.</summary>
    private static Clash? Easier(DocumentReading document, Statement s)
    {
        var k = s.Tokens.FindIndex(t => t.Word?.Text is "easier" or "happier" or "safer" or "satisfied" && s.Tokens.Exists(o => o.IsWord("than")));
        if (k < 0 || s.Word(k) == "satisfied")
        {
            return null;
        }

        foreach (var row in document.Statements.Where(o => o.Passage.Kind == PassageKind.Row))
        {
            var series = row.Mentions.Where(m => m.Period is { IsDated: true } && m.Place is null && m.Unit == Unit.Percent).OrderBy(m => m.Period!.To).ToList();
            if (series.Count >= 2 && row.Topic.Count > 0 && row.Topic.Contains(s.Tokens[k].Concept) && row.Topic.Count(s.Topic.Contains) >= 2 && series[^1].Value < series[^2].Value)
            {
                return new Clash(Severity.Wrong, $"The text says \"{s.Word(k)}\"; the share went from {series[^2].Printed} to {series[^1].Printed}.", "Check the figures, or the sentence.", [s.Passage, row.Passage]);
            }
        }

        return null;
    }
}
