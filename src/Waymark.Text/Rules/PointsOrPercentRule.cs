using Waymark.Text.Claims;
using Waymark.Text.Numbers;

namespace Waymark.Text.Rules;

/// <summary>Rule 2: a difference of two percentages is in points; "per cent" says something else.</summary>
public sealed class PointsOrPercentRule : Rule
{
    private static readonly HashSet<string> ShareWords = ["percentage", "proportion", "share", "rate", "rates", "conversion", "uptake", "take-up", "prevalence", "occupancy", "coverage", "satisfaction", "turnover"];

    public override string Name => "points-or-percent";

    public override IEnumerable<Finding> Check(Draft draft)
    {
        foreach (var document in draft.Documents)
        {
            foreach (var claim in document.Changes.Concat(TableChanges.Read(document)))
            {
                if (claim.Changes.Count == 0)
                {
                    continue;
                }

                var change = claim.Changes[0];
                if (claim is { From: { } from, To: { } to })
                {
                    var sum = ChangeArithmetic.Judge(from, to, change);
                    if (sum.Verdict is ChangeVerdict.Points or ChangeVerdict.Relative)
                    {
                        yield return Found(Severity.Wrong, $"From {from.Printed} to {to.Printed} is {sum.Expected}; {change.Printed} is right as {(sum.Verdict == ChangeVerdict.Points ? "percentage points, not as per cent" : "per cent, not as percentage points")}.",
                            sum.Verdict == ChangeVerdict.Points ? "Write \"percentage points\", or give the relative change." : "Write \"%\", or give the difference in points.", claim.Statement.Passage, from.Passage, to.Passage);
                    }
                }
                else if (change is { Unit: Unit.Percent, IsFraction: false } && claim.Statement.Passage.Kind == Blocks.PassageKind.Sentence && SpeaksOfShare(claim.Statement, change) is { } word)
                {
                    var earlier = Earlier(document, claim.Statement, change);
                    yield return Found(Severity.Check, earlier is null
                        ? $"The {word} is itself a percentage: {change.Printed} may be percentage points or a relative change, and the text gives no two figures to tell."
                        : $"The {word} is itself a percentage: {change.Printed} is the difference in percentage points between figures near by ({earlier.Printed}), not a relative change.",
                        "Say \"percentage points\", or give both figures.", earlier is null ? [claim.Statement.Passage] : [claim.Statement.Passage, earlier.Passage]);
                }
            }
        }
    }

    // "the conversion rate fell by 6%", "the proportion … rose by 3%": the subject just before the verb.
    private static string? SpeaksOfShare(Statement s, Mention change)
    {
        for (var k = change.First - 1; k >= Math.Max(0, change.First - 14); k--)
        {
            if (s.Word(k) is "," or ";" or ":" or "." or "and" or "while" or "with" && k < change.First - 3)
            {
                return null;
            }

            if (ShareWords.Contains(s.Word(k)))
            {
                return s.Word(k) is "rate" or "rates" && (s.Word(k + 1) is "per" or "for" || s.Tokens.Exists(t => t.IsWord("per")) || s.Word(k - 1) is "pay" or "fee" or "hourly" or "weekly" or "death" or "birth" or "admission" or "business")
                    || s.Word(k) is "share" && s.Word(k + 1) is "of" && s.Word(k + 2) is "cost" ? null : s.Word(k) is "rate" or "rates" ? $"{s.Word(k - 1)} rate" : s.Word(k);
            }
        }

        return null;
    }

    private static Mention? Earlier(DocumentReading document, Statement s, Mention change) =>
        document.Statements.Where(o => o.Passage.Paragraph == s.Passage.Paragraph).SelectMany(o => o.Mentions).Where(m => m is { Unit: Unit.Percent, IsChange: false }).ToList() is { Count: >= 2 } near
            ? near.SelectMany(a => near.Where(b => b != a && Math.Abs(Math.Abs(a.Value - b.Value) - change.Value) < change.Step / 2).Select(_ => a)).FirstOrDefault() : null;
}
