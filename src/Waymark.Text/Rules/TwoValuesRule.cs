using Waymark.Text.Claims;
using Waymark.Text.Numbers;

namespace Waymark.Text.Rules;

/// <summary>Rule 3: one thing at one time has one value.</summary>
public sealed class TwoValuesRule : Rule
{
    public override string Name => "two-values";

    public override IEnumerable<Finding> Check(Draft draft) => draft.Documents.SelectMany(d => Disagreements.Within(d).Select(p => Finding(p))).Concat(draft.Documents.SelectMany(Fractions)).Concat(draft.Documents.SelectMany(TwoThings));

    private Finding Finding((Mention A, Mention B, Sameness Sameness) pair)
    {
        var (a, b, sameness) = pair;
        var severity = sameness == Sameness.Same && a.Period is not null ? Severity.Inconsistent : Severity.Check;
        return Found(severity, $"{a.Printed} and {b.Printed}{In(a)} are given for what looks like one thing; they differ by {N(Math.Abs(a.Value - b.Value), 2)}.",
            "Find the figure at its source; if the two count different things, say in each place what is counted.", a.Passage, b.Passage);
    }

    /// <summary>One odd number, said of two things that exclude each other: "1,107 had a concern" and "1,107 had enquiries".</summary>
    private IEnumerable<Finding> TwoThings(DocumentReading document)
    {
        var counts = document.Statements.Where(s => s.Passage.Kind == Blocks.PassageKind.Sentence).SelectMany(s => s.Mentions).Where(m => m is { Unit: Unit.Count, IsValue: true, Bound: Bound.Exact, IsBracketed: false } && m.Value >= 200 && m.Value % 10 != 0);
        foreach (var same in counts.GroupBy(m => m.Value).Where(g => g.Count() > 1))
        {
            foreach (var (a, b) in same.Zip(same.Skip(1)))
            {
                if (a.Passage != b.Passage && a.Topic.Except(b.Topic).ToList() is [var x] && b.Topic.Except(a.Topic).ToList() is [var y] && Words.Lexicon.Standard.Excludes(x, y) && (a.Period is null || b.Period is null || a.Period.Coincides(b.Period)))
                {
                    yield return Found(Severity.Check, $"{a.Printed} is given for {x}s in one place and for {y}s in another.".Replace("enquires", "enquiries", StringComparison.Ordinal), "Find which of the two it counts.", a.Passage, b.Passage);
                }
            }
        }
    }

    /// <summary>"Twenty-two per cent of people use one; that is one in three", "nearly two thirds (58%)".</summary>
    private IEnumerable<Finding> Fractions(DocumentReading document)
    {
        foreach (var s in document.Statements)
        {
            for (var i = 0; i + 1 < s.Mentions.Count; i++)
            {
                var (a, b) = (s.Mentions[i], s.Mentions[i + 1]);
                if (a.Unit != Unit.Percent || b.Unit != Unit.Percent || a.IsFraction == b.IsFraction || a.IsChange || b.IsChange || a.Passage != b.Passage)
                {
                    continue;
                }

                var links = Enumerable.Range(a.Last + 1, b.First - a.Last - 1).ToList();
                var tied = (b.IsBracketed && links.Count(k => s.Word(k) == "(") == 1 && links.Count <= 7 && s.Word(b.Last + 1) == ")") || links.Any(k => s.Word(k) is "that's" or "ie") || (links.Any(k => s.Word(k) is "that" or "which") && links.Any(k => s.Word(k) is "is"));
                var (fraction, exact) = a.IsFraction ? (a, b) : (b, a);
                var room = fraction.Bound switch { Bound.About => 6m, _ => 4m };
                if (tied && Math.Abs(fraction.Value - exact.Value) > room && !(fraction.Bound == Bound.Over && exact.Value > fraction.Value && exact.Value < fraction.Value + 15))
                {
                    yield return Found(Severity.Inconsistent, $"\"{fraction.Printed}\" is {N(fraction.Value)}%; beside it stands {exact.Printed}.", "Say it one way, or choose the fraction that is nearest.", s.Passage);
                }
            }
        }
    }
}
