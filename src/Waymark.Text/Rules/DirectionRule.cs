using Waymark.Text.Blocks;
using Waymark.Text.Claims;
using Waymark.Text.Numbers;
using Waymark.Text.Words;

namespace Waymark.Text.Rules;

/// <summary>Rule 10: words of direction go the way the numbers go.</summary>
public sealed class DirectionRule : Rule
{
    public override string Name => "direction";

    public override IEnumerable<Finding> Check(Draft draft)
    {
        foreach (var document in draft.Documents)
        {
            var done = new HashSet<Passage>();
            foreach (var claim in document.Changes.Concat(TableChanges.Read(document)))
            {
                if (claim is { From: { } from, To: { } to } && Against(claim, from, to) is { } why && done.Add(claim.Statement.Passage))
                {
                    yield return Found(Severity.Wrong, why, "See whether the two figures were swapped or the word is wrong.", claim.Statement.Passage, from.Passage, to.Passage);
                }
            }

            foreach (var finding in Compared(document, done).Concat(Most(document)).Concat(DirectionSeries.Of(document).Select(f => Found(f.Severity, f.Message, f.Settle, (IEnumerable<Passage>)f.At))).Concat(TargetMet(document, done)).Concat(Statuses(document)).Concat(Therefore(document, done)).Concat(Budgets.Of(document).Select(b => Found(Severity.Wrong, b.Message, "Check budget, forecast and the word between them.", b.At))))
            {
                yield return finding;
            }
        }
    }

    private static string? Against(ChangeClaim claim, Mention from, Mention to)
    {
        var way = Math.Sign(to.Value - from.Value);
        // Figures that only their times joined are not judged by a word that may speak of something else.
        if (claim.Direction != 0 && way != claim.Direction && (claim.IsExplicit || claim.Changes.Count > 0 || claim.Other is not null) && !(way == 0 && (from.Step > 1 || claim.Changes.Count == 0)))
        {
            return $"The text says \"{claim.Word.Trim()}\"; from {from.Printed} to {to.Printed} is {(way > 0 ? "up" : way < 0 ? "down" : "no change")}.";
        }

        if (claim.Judgement != 0 && way != 0 && Polarity.Of(to, claim.Statement.Topic) is var good && good != 0 && way * good != claim.Judgement)
        {
            return $"The text says \"{claim.Word.Trim()}\"; going from {from.Printed} to {to.Printed} is {(way > 0 ? "up" : "down")}, which is {(way * good > 0 ? "better" : "worse")} for this measure.";
        }

        return null;
    }

    /// <summary>"80%, compared with 83% a year earlier. Ratings have therefore improved."</summary>
    private IEnumerable<Finding> Therefore(DocumentReading document, HashSet<Passage> done)
    {
        for (var i = 1; i < document.Statements.Count; i++)
        {
            var (s, before) = (document.Statements[i], document.Statements[i - 1]);
            if (s.Passage.Paragraph != before.Passage.Paragraph || s.Passage.Kind != PassageKind.Sentence || s.Mentions.Exists(m => m.IsValue || m.IsChange) || s.Tokens.Count > 25 || !s.Tokens.Exists(t => t.Word?.Text is "therefore" or "thus" or "so" or "this" or "that" or "hence" or "means"))
            {
                continue;
            }

            var claim = document.Changes.LastOrDefault(c => c.Statement == before && c is { From: not null, To: not null, IsExplicit: true });
            var word = s.Tokens.FindIndex(t => (t.Is(WordRoles.Better | WordRoles.Worse) || t.Word?.Text is "faster" or "quicker" or "slower" or "longer") && s.Tokens.IndexOf(t) < 12);
            if (claim is not { From: { } from, To: { } to } || word < 0 || !(Polarity.Of(to, before.Topic) is var good && (good != 0 || (to.Unit == Unit.Duration && !s.Tokens[word].Is(WordRoles.Better | WordRoles.Worse)))) || from.Value == to.Value)
            {
                continue;
            }

            var judged = s.Tokens[word].Is(WordRoles.Better) || s.Word(word) is "faster" or "quicker" ? 1 : -1;
            good = s.Word(word) is "faster" or "quicker" or "slower" or "longer" ? -1 : good;
            if (Math.Sign(to.Value - from.Value) * good != judged && done.Add(s.Passage))
            {
                yield return Found(Severity.Wrong, $"The text says \"{s.Word(word)}\"; going from {from.Printed} to {to.Printed} is {(judged > 0 ? "worse" : "better")} for this measure.", "Check the figures, or the sentence.", before.Passage, s.Passage);
            }
        }
    }

    private IEnumerable<Finding> Compared(DocumentReading document, HashSet<Passage> done)
    {
        foreach (var c in document.Comparisons)
        {
            var slack = c.Left.Bound == Bound.About || c.Right.Bound == Bound.About ? Math.Max(c.Left.Value, c.Right.Value) * 0.03m : 0;
            if ((c.Relation > 0 ? c.Left.Value <= c.Right.Value - slack : c.Left.Value >= c.Right.Value + slack) && !(c.Word == "within" && c.Left.Value == c.Right.Value) && done.Add(c.Statement.Passage))
            {
                yield return Found(Severity.Wrong, $"The text says \"{c.Word}\", but {c.Left.Printed} is {(c.Left.Value > c.Right.Value ? "above" : c.Left.Value < c.Right.Value ? "below" : "the same as")} {c.Right.Printed}.", "Check both figures and the word between them.", c.Statement.Passage, c.Left.Passage, c.Right.Passage);
            }
        }
    }

    /// <summary>"Most carers (44%)", "a majority, 48%", "more than half (45%)".</summary>
    private IEnumerable<Finding> Most(DocumentReading document)
    {
        foreach (var s in document.Statements.Where(s => s.Passage.Kind == PassageKind.Sentence))
        {
            for (var k = 0; k < s.Tokens.Count; k++)
            {
                var isMost = (s.Word(k) == "most" && s.Word(k - 1) is not "the" and not "at" and not "our" && s.Word(k + 1) is not "common" and not "recent" and not "likely" and not "frequent" and not "deprived" and not "important" && s.Tokens[k].Concept.Length > 0) || (s.Word(k) == "majority" && s.Word(k - 1) is not "no");
                var share = isMost ? s.Mentions.Find(m => m is { Unit: Unit.Percent, IsChange: false, Place: null } && m.First > k && m.First - k < 9) : null;
                if (share is not null && share.Value < 50 && !share.IsFraction && (share.IsBracketed || s.Word(share.First - 1) is "," or "–") && !s.Mentions.Exists(m => m.First > k && m.Last < share.First))
                {
                    yield return Found(Severity.Wrong, $"\"{s.Word(k)}\" needs more than half; {share.Printed} is less.", "Check the figure, or say \"the largest group\".", s.Passage);
                }
            }
        }
    }

    /// <summary>A row with a target, a figure and "Met" or "Not met".</summary>
    private IEnumerable<Finding> Statuses(DocumentReading document)
    {
        foreach (var table in document.Blocks.Tables)
        {
            var target = table.Header.FindIndex(h => h.Contains("target", StringComparison.OrdinalIgnoreCase));
            foreach (var row in target < 0 ? [] : table.Rows)
            {
                var status = row.Cells.Skip(1).Select(c => c.Trim('*', ' ').ToLowerInvariant()).FirstOrDefault(c => c is "met" or "achieved" or "on target" or "not met" or "missed" or "not achieved" or "below target" or "yes" or "no");
                var s = document.ByPassage.GetValueOrDefault(row.Passage);
                var plan = s?.Mentions.Find(m => m.Column == target);
                var actual = s?.Mentions.Where(m => m.Column != target && m is { Place: null, IsChange: false } && m.Unit == plan?.Unit).OrderBy(m => m.Period?.To ?? default).ThenBy(m => m.Column).LastOrDefault();
                if (status is null || plan is null || actual is null || actual.Value == plan.Value)
                {
                    continue;
                }

                var good = Polarity.Of(actual, s!.Topic) is var p and not 0 ? p : 1;
                var isMet = status is "met" or "achieved" or "on target" or "yes";
                if (Math.Sign(actual.Value - plan.Value) * good > 0 != isMet)
                {
                    yield return Found(Severity.Wrong, $"The target is {plan.Printed} and the figure {actual.Printed}; the row says \"{status}\".", "Check the figure, the target and which way is good.", row.Passage);
                }
            }
        }
    }

    // "178 per 100,000 against a plan of 165, so the target had been met": met means below, where less is better.
    private IEnumerable<Finding> TargetMet(DocumentReading document, HashSet<Passage> done)
    {
        var before = default(Statement);
        foreach (var here in document.Statements.Where(s => s.Passage.Kind == PassageKind.Sentence))
        {
            // "132 visits, against a target of 150. The target was met."
            var (s, last) = (here, before);
            before = here;
            var met = s.Tokens.FindIndex(t => t.IsWord("met") || t.IsWord("achieved") || t.IsWord("missed"));
            if (met < 0 || !Enumerable.Range(Math.Max(0, met - 6), 7).Any(k => s.Word(k) is "target" or "plan" or "ambition") || Enumerable.Range(Math.Max(0, met - 3), 3).Any(k => s.Word(k) is "not" or "narrowly" or "be" or "to" or "when" or "if"))
            {
                continue;
            }

            if (s.Mentions.Count == 0 && last?.Passage.Paragraph == s.Passage.Paragraph)
            {
                (s, met) = (last, last.Tokens.Count);
            }

            var plan = s.Mentions.FindLast(m => m.IsPlanned && m.Last < met && m.IsValue || s.Word(s.Before(m.First)) is "of" && s.Word(s.Before(m.First) - 1) is "plan" or "target");
            var actual = plan is null ? null : s.Mentions.Find(m => m != plan && (m.Unit == plan.Unit || (m.Unit == Unit.Rate && plan.Unit == Unit.Count)) && m.First < plan.First && m.Place is null && !m.IsChange);
            var good = actual is null ? 0 : Polarity.Of(actual, s.Topic) is var p and not 0 ? p : 1;
            var isMissed = here.Tokens.Exists(t => t.IsWord("missed"));
            if (actual is not null && plan is not null && good != 0 && actual.Value != plan.Value && (good * Math.Sign(actual.Value - plan.Value) < 0) != isMissed && done.Add(s.Passage))
            {
                yield return Found(Severity.Wrong, $"The target is said to be {(isMissed ? "missed" : "met")}: {actual.Printed} against {plan.Printed}. For this measure {(good > 0 ? "more" : "less")} is better.", "Check both figures, and which way is good.", s.Passage, here.Passage);
            }
        }
    }
}

/// <summary>Which way is good for a measure: 1 more, -1 less, 0 not known.</summary>
public static class Polarity
{
    public static int Of(Mention m, IReadOnlySet<string> around)
    {
        var own = Of(m.Topic);
        return own != 0 ? own : m.Unit == Unit.Duration && m.Topic.Contains("wait") ? -1 : Of(around);
    }

    private static int Of(IEnumerable<string> topic)
    {
        var (low, high) = (false, false);
        foreach (var concept in topic)
        {
            var roles = Lexicon.Standard.RolesOf(concept);
            low |= (roles & WordRoles.LowerIsBetter) != 0;
            high |= (roles & WordRoles.HigherIsBetter) != 0;
        }

        return low == high ? 0 : low ? -1 : 1;
    }
}
