using Waymark.Text.Claims;
using Waymark.Text.Numbers;

namespace Waymark.Text.Rules;

/// <summary>Rule 14: what one paper says of a thing and a time, another says too; and a change that one prints fits the years the other prints.</summary>
public sealed class AcrossDocumentsRule : Rule
{
    public override string Name => "across-documents";

    public override IEnumerable<Finding> Check(Draft draft)
    {
        for (var i = 0; i < draft.Documents.Count; i++)
        {
            for (var k = i + 1; k < draft.Documents.Count; k++)
            {
                var (one, other) = (draft.Documents[i], draft.Documents[k]);
                foreach (var (a, b, sameness) in Disagreements.Between(one, other))
                {
                    yield return Found(sameness == Sameness.Same ? Severity.Inconsistent : Severity.Check, $"{one.Name} has {a.Printed}{In(a)}, {other.Name} has {b.Printed}{In(b)}, for what looks like one thing.",
                        "Find the figure at its source, and correct the paper that is wrong.", a.Passage, b.Passage);
                }

                foreach (var finding in Changes(one, other).Concat(Changes(other, one)))
                {
                    yield return finding;
                }
            }
        }
    }

    // "a 2.7% decrease to 6,581" here, "6,581 … from the 6,670 of the previous year" there.
    private IEnumerable<Finding> Changes(DocumentReading document, DocumentReading other)
    {
        foreach (var claim in document.Changes.Where(c => c.From is null && c.Changes.Count > 0 && c.Changes[0].Unit == Unit.Percent))
        {
            var change = claim.Changes[0];
            var to = claim.To ?? claim.Statement.Mentions.Find(m => m.IsValue && m.First > change.Last && m.Unit is Unit.Count or Unit.Money && claim.Statement.Word(claim.Statement.Before(m.First)) == "to");
            if (to is null)
            {
                continue;
            }

            var now = other.Mentions.Where(m => m.Unit == to.Unit && m.Value == to.Value && m.IsValue && m.Value >= 100).ToList();
            foreach (var pair in now.SelectMany(n => other.Changes.Where(c => c.To == n && c.From is not null).Select(c => c.From!).Concat(other.Statements.Where(s => Math.Abs(s.Passage.Order - n.Passage.Order) <= 1)
                .SelectMany(s => s.Mentions.Where(m => m != n && m.Unit == n.Unit && m.Period is { Kind: PeriodKind.Relative, YearsBack: > 0 })))).Distinct().Take(1))
            {
                if (ChangeArithmetic.Judge(pair, to, change) is { Verdict: ChangeVerdict.Wrong } sum)
                {
                    yield return Found(Severity.Inconsistent, $"{document.Name} has a change of {change.Printed} to {to.Printed}; {other.Name} has {pair.Printed} before it, which makes the change {sum.Expected}.", "Find last year's figure at its source.", claim.Statement.Passage, pair.Passage);
                }
            }
        }
    }
}
