using Waymark.Text.Blocks;
using Waymark.Text.Claims;
using Waymark.Text.Numbers;

namespace Waymark.Text.Rules;

/// <summary>Rule 9: an older year's figure is used as today's while the document holds a newer one.</summary>
public sealed class StaleRule : Rule
{
    public override string Name => "stale";

    public override IEnumerable<Finding> Check(Draft draft)
    {
        foreach (var document in draft.Documents)
        {
            var dated = document.Mentions.Where(m => m is { IsValue: true, IsPlanned: false, Place: null } && m.Period is { IsDated: true } && (m.Step < 1 || m.Value >= 100) && m.Unit is not Unit.Duration && m.Topic.Count > 0).ToList();
            var byValue = dated.ToLookup(m => (m.Unit, m.Value));
            foreach (var s in document.Statements.Where(s => s.Passage.Kind is PassageKind.Sentence or PassageKind.Note))
            {
                foreach (var m in s.Mentions.Where(m => m is { IsValue: true, IsPlanned: false, Place: null, IsBracketed: false } or { IsValue: true, IsPlanned: false, Place: null, IsBracketed: true, Period: null } && IsCurrent(s, m)))
                {
                    if (Newer(byValue[(m.Unit, m.Value)].Where(o => o != m && o.Passage != m.Passage && Fits(m, o)).ToList(), dated, m) is { } pair)
                    {
                        yield return Found(Severity.Check, $"{m.Printed} stands as if it were today's; it is the figure of {pair.Older.Period}. For {pair.Newer.Period} the document has {pair.Newer.Printed}.",
                            "Use the newer figure, or say which year this one is of.", m.Passage, pair.Newer.Passage);
                        break;
                    }
                }
            }
        }
    }

    // Said of now: no time named, or "latest"; and not beside an older or newer figure of its own.
    private static bool IsCurrent(Statement s, Mention m)
    {
        var claimsLatest = s.Tokens.Exists(t => t.Word?.Text is "latest" or "recent" or "currently" or "current" or "now");
        return (m.Period is null || (claimsLatest && m.Period.Kind == PeriodKind.Relative)) && (m.Step < 1 || m.Unit != Unit.Percent) && !s.Mentions.Exists(o => o != m && o.Period is not null && o.Unit == m.Unit && o.Place is null && o.IsValue)
            && s.Word(s.Before(m.First)) is not ("from" or "than" or "target");
    }

    private static (Mention Older, Mention Newer)? Newer(List<Mention> equal, List<Mention> dated, Mention m)
    {
        foreach (var older in equal)
        {
            var series = dated.Where(o => o.Unit == older.Unit && o.Per == older.Per && o.Statistic == older.Statistic && o.Marks.SetEquals(older.Marks) && (older.Passage.Table is not null ? o.Passage == older.Passage : SameClaim.Measure(o, older) != Sameness.No)).ToList();
            var newest = series.Where(o => older.Period!.IsBefore(o.Period!)).MaxBy(o => o.Period!.To);
            if (newest is not null && newest.Value != older.Value && !series.Exists(o => o.Period!.To >= newest.Period!.To && o.Value == m.Value))
            {
                return (older, newest);
            }
        }

        return null;
    }

    private static bool Fits(Mention m, Mention older) => older.Statistic == m.Statistic && older.Marks.SetEquals(m.Marks)
        && (m.Topic.Overlaps(older.Topic) || SameClaim.Topics(m, older) != Sameness.No || Lead(m).Overlaps(older.Topic));

    // A figure with printed decimals that stands in the series is that figure even where its sentence has few words of the row's label.
    private static HashSet<string> Lead(Mention m) => m.Step < 1 ? [.. m.Topic.Concat(m.Names)] : [];
}
