using System.Globalization;
using Waymark.Text.Claims;
using Waymark.Text.Numbers;

namespace Waymark.Text.Rules;

/// <summary>Rule 8: a part is not more than its whole.</summary>
public sealed class SubsetRule : Rule
{
    public override string Name => "subset";

    public override IEnumerable<Finding> Check(Draft draft)
    {
        foreach (var document in draft.Documents)
        {
            var done = new HashSet<Mention>();
            foreach (var claim in document.Parts.Where(c => c.Part is { } p && p.Value > c.Whole.Value + (c.Whole.Step / 2) && c.Whole.Bound is not (Bound.Over or Bound.About) && p.Bound is not Bound.Under && c.Share is null))
            {
                if (done.Add(claim.Part!))
                {
                    yield return Found(Severity.Wrong, $"{claim.Part!.Printed} is said to be part of {claim.Whole.Printed}, and is more.", "Check both counts, and what each counts.", claim.Statement.Passage, claim.Whole.Passage);
                }
            }

            foreach (var finding in Thresholds(document).Concat(Places(document)).Concat(Plans(document)))
            {
                yield return finding;
            }
        }
    }

    // More people over twelve weeks than over six.
    private IEnumerable<Finding> Thresholds(DocumentReading document)
    {
        foreach (var s in document.Statements)
        {
            var over = s.Mentions.Where(m => m.Unit == Unit.Count && m.IsValue && Over(m) is not null).ToList();
            foreach (var (a, b) in over.Zip(over.Skip(1)))
            {
                var (longer, shorter) = Over(a) > Over(b) ? (a, b) : (b, a);
                if (Over(a) != Over(b) && longer.Value > shorter.Value && a.Column < 0 && (a.Period is null || b.Period is null || a.Period.Coincides(b.Period)) && a.Topic.SetEquals(b.Topic))
                {
                    yield return Found(Severity.Wrong, $"{longer.Printed} beyond the longer limit, but only {shorter.Printed} beyond the shorter: whoever passed the longer passed the shorter too.", "Check both counts; they may be swapped.", s.Passage);
                }
            }
        }
    }

    // Places used or people attending against places there are.
    private IEnumerable<Finding> Places(DocumentReading document)
    {
        foreach (var s in document.Statements.Where(s => s.Passage.Kind == Blocks.PassageKind.Sentence))
        {
            var share = s.Mentions.Find(m => m is { Unit: Unit.Percent, IsChange: false } && s.Word(m.Last + 1) == "of" && s.Word(m.Last + 2) is "places" or "capacity" or "beds" or "seats" or "posts" or "units");
            var part = share is null ? null : s.Mentions.FindLast(m => m.First < share.First && m is { Unit: Unit.Count, IsValue: true });
            if (share is null || part is null)
            {
                continue;
            }

            var noun = s.Tokens[share.Last + 2].Concept;
            var whole = document.Mentions.Where(m => m is { Unit: Unit.Count, IsValue: true, IsPlanned: false } && m.Topic.Contains(noun) && m.Passage.Paragraph == s.Passage.Paragraph && m.Passage != s.Passage).LastOrDefault();
            if (whole is not null && part.Value > whole.Value)
            {
                yield return Found(Severity.Wrong, $"{part.Printed} is more than the {whole.Printed} there are, and no {share.Printed} of them ({N(100 * part.Value / whole.Value)}%).", "Check both counts and the percentage.", s.Passage, whole.Passage);
            }
        }
    }

    // "87% have an assessment by their 18th birthday", "89% have a support plan": no plan without an assessment, unless they are different people.
    private IEnumerable<Finding> Plans(DocumentReading document)
    {
        Statement? before = null;
        foreach (var s in document.Statements.Where(s => s.Passage.Kind == Blocks.PassageKind.Sentence && s.Mentions.Count > 0))
        {
            if (before is not null && s.Passage.Order - before.Passage.Order <= 2 && s.Passage.Heading == before.Passage.Heading)
            {
                foreach (var (first, second) in new[] { (before, s), (s, before) })
                {
                    var assessed = Latest(first, "assess");
                    var planned = Latest(second, "supportplan");
                    if (assessed is not null && planned is not null && planned.Value > assessed.Value + planned.Step && (assessed.Period is null || planned.Period is null || planned.Period.Coincides(assessed.Period) || !Earlier(second, planned)))
                    {
                        yield return Found(Severity.Check, $"{planned.Printed} have a plan but only {assessed.Printed} an assessment: no plan is made without one, unless the two are shares of different people.", "Print both bases.", first.Passage, second.Passage);
                    }
                }
            }

            before = s;
        }
    }

    private static bool Earlier(Statement s, Mention m) => s.Mentions.Exists(o => o != m && o.Unit == Unit.Percent && o.Value < m.Value && o.First < m.First);

    private static Mention? Latest(Statement s, string concept) =>
        s.Tokens.Exists(t => t.Concept == concept) && !(concept == "assess" && s.Tokens.Exists(t => t.Concept == "supportplan")) ? s.Mentions.Where(m => m is { Unit: Unit.Percent, IsChange: false, IsValue: true, IsFraction: false, Place: null }).MaxBy(m => m.Value) : null;

    private static decimal? Over(Mention m)
    {
        if (m.Marks.FirstOrDefault(k => k.StartsWith("over:", StringComparison.Ordinal)) is not { } mark)
        {
            return null;
        }

        var scale = mark[^1] switch { 'd' => 1m, 'w' => 7m, 'm' => 30.4m, 'y' => 365m, 'h' => 0.04m, _ => 1m };
        return decimal.TryParse(mark.AsSpan(5, mark.Length - 6), NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? value * scale : null;
    }
}
