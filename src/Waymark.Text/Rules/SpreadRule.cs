using Waymark.Text.Claims;
using Waymark.Text.Numbers;

namespace Waymark.Text.Rules;

/// <summary>Rule 6: of lengths that are never negative, the mean is at most half of median and longest together, and nothing is above the longest.</summary>
public sealed class SpreadRule : Rule
{
    private const decimal Unusual = 1.15m;

    public override string Name => "mean-median-longest";

    public override IEnumerable<Finding> Check(Draft draft)
    {
        foreach (var document in draft.Documents)
        {
            var all = document.Statements.Where(s => s.Passage.Kind != Blocks.PassageKind.Heading).SelectMany(s => s.Mentions)
                .Where(m => m is { IsValue: true, IsPlanned: false } && m.Statistic != Statistic.None && m.Unit is Unit.Duration or Unit.Count or Unit.Money).ToList();
            var done = new HashSet<(decimal, decimal)>();
            foreach (var mean in all.Where(m => m.Statistic == Statistic.Mean))
            {
                var longest = Partner(all, mean, Statistic.Longest);
                var median = Partner(all, mean, Statistic.Median);
                if (longest.Find(l => mean.Value > l.Value + (l.Step / 2)) is { } shorter && done.Add((mean.Value, shorter.Value)))
                {
                    yield return Found(Severity.Wrong, $"The average, {mean.Printed}, is above the longest, {shorter.Printed}.", "One of the two is wrong, or they are of different people or times.", mean.Passage, shorter.Passage);
                }
                else if (median.Count > 0 && longest.Find(l => mean.Value - (mean.Step / 2) > (median[0].Value + (median[0].Step / 2) + l.Value + (l.Step / 2)) / 2) is { } low && done.Add((mean.Value, low.Value)))
                {
                    yield return Found(Severity.Wrong,
                        $"With a median of {median[0].Printed} and a longest of {low.Printed} the mean can be at most ({N(median[0].Value / Scale(low))} + {N(low.Value / Scale(low))}) / 2 = {N((median[0].Value + low.Value) / 2 / Scale(low))}; the text says {mean.Printed}.",
                        "The three cannot be of the same people: say whose each is, or find the wrong one.", mean.Passage, median[0].Passage, low.Passage);
                }

                if (median.Find(d => d.Value > mean.Value * Unusual && d.Unit == Unit.Duration && Near(d, mean)) is { } high && done.Add((mean.Value, high.Value)))
                {
                    yield return Found(Severity.Check, $"The median, {high.Printed}, is above the mean, {mean.Printed}. Waits have a long tail and nearly always the other way round.", "See whether the two were swapped.", mean.Passage, high.Passage);
                }
            }

            foreach (var median in all.Where(m => m.Statistic == Statistic.Median))
            {
                if (Partner(all, median, Statistic.Longest).Find(l => median.Value > l.Value + (l.Step / 2)) is { } shorter && done.Add((median.Value, shorter.Value)))
                {
                    yield return Found(Severity.Wrong, $"The median, {median.Printed}, is above the longest, {shorter.Printed}.", "One of the two is wrong.", median.Passage, shorter.Passage);
                }
            }

            foreach (var longest in Longest(document, all))
            {
                yield return longest;
            }
        }
    }

    // "the maximum 61 days. The longest stay recorded was 16 weeks."
    private IEnumerable<Finding> Longest(DocumentReading document, List<Mention> all)
    {
        var longest = all.Where(m => m.Statistic == Statistic.Longest && m.Unit == Unit.Duration).ToList();
        for (var i = 0; i + 1 < longest.Count; i++)
        {
            var (a, b) = (longest[i], longest[i + 1]);
            if (a.Passage != b.Passage && a.Passage.Paragraph == b.Passage.Paragraph && a.Place == b.Place && a.Marks.SetEquals(b.Marks) && Math.Abs(a.Value - b.Value) > a.Step + b.Step && a.Step != b.Step && (a.Period is null || b.Period is null || a.Period.Coincides(b.Period))
                && (a.Topic.IsSubsetOf(b.Topic) || b.Topic.IsSubsetOf(a.Topic)))
            {
                yield return Found(Severity.Inconsistent, $"The longest is {a.Printed} in one sentence and {b.Printed} in the next.", "Only one can be the longest of all.", a.Passage, b.Passage);
            }
        }

        _ = document;
    }

    private static decimal Scale(Mention m) => m.Unit == Unit.Duration && m.Step > 0 ? m.Step : 1;

    // The same thing at the same time: in the sentence, else in the paragraph or section, else anywhere by its words.
    private static List<Mention> Partner(List<Mention> all, Mention m, Statistic statistic) =>
        [.. all.Where(o => o.Statistic == statistic && o.Unit == m.Unit && o.Place == m.Place && o.Passage.Document == m.Passage.Document && o.Marks.SetEquals(m.Marks) && SameTime(o, m) && SameThing(o, m))
            .OrderBy(o => o.Passage == m.Passage ? 0 : o.Passage.Paragraph == m.Passage.Paragraph ? 1 : 2).ThenBy(o => Math.Abs(o.Passage.Order - m.Passage.Order)).ThenBy(o => Math.Abs(o.First - m.First))];

    private static bool SameTime(Mention a, Mention b) => a.Period is null || b.Period is null ? a.Passage.Paragraph == b.Passage.Paragraph || (a.Period is null && b.Period is null && a.Passage.Heading == b.Passage.Heading) : a.Period.Coincides(b.Period);

    private static bool SameThing(Mention a, Mention b) => (a.Names.SetEquals(b.Names) || a.Passage == b.Passage) && (ReferenceEquals(a.Topic, b.Topic) || a.Topic.Count == 0 || b.Topic.Count == 0 ? Near(a, b)
        : a.Topic.SetEquals(b.Topic) || (a.Topic.Count(b.Topic.Contains) >= 2 && !a.Topic.Except(b.Topic).Concat(b.Topic.Except(a.Topic)).Any(c => Words.Lexicon.Standard.IsApart(c) && c is not ("complete" or "start"))) || (SameClaim.Topics(a, b) != Sameness.No) || (Near(a, b) && (a.Topic.IsSubsetOf(b.Topic) || b.Topic.IsSubsetOf(a.Topic))) || a.Passage == b.Passage && a.Topic.Overlaps(b.Topic));

    private static bool Near(Mention a, Mention b) => a.Passage.Paragraph == b.Passage.Paragraph;
}
