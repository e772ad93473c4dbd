using Waymark.Text.Blocks;
using Waymark.Text.Claims;
using Waymark.Text.Numbers;
using Waymark.Text.Words;

namespace Waymark.Text.Rules;

/// <summary>Rule 13: a figure without its unit or period, or one figure with two.</summary>
public sealed class UnitOrPeriodRule : Rule
{
    public override string Name => "unit-or-period";

    public override IEnumerable<Finding> Check(Draft draft)
    {
        foreach (var document in draft.Documents)
        {
            foreach (var finding in Hours(document).Concat(Bare(document)).Concat(TwoPeriods(document)).Concat(Scales(document)))
            {
                yield return finding;
            }
        }
    }

    // "A further 1,900 hours": a week, a year?
    private IEnumerable<Finding> Hours(DocumentReading document)
    {
        var bare = new List<Mention>();
        foreach (var s in document.Statements.Where(s => s.Passage.Kind is PassageKind.Sentence && s.Periods.Count == 0))
        {
            bare.AddRange(s.Mentions.Where(m => m is { Unit: Unit.Count, IsValue: true, IsPlanned: false, Every: null, Period: null } && m.Value >= 50 && Enumerable.Range(m.Last + 1, 3).Any(k => k < s.Tokens.Count && s.Tokens[k].Concept == "hour") && !s.Tokens.Exists(t => t.Word is { } w && Times.Contains(w.Text))));
        }

        return bare.GroupBy(m => m.Value).Select(g => Found(Severity.Check, $"{g.First().Printed} hours, but in what time: a week, a month, a year?", "Add the period.", g.Select(m => m.Passage)));
    }

    private static readonly HashSet<string> Times = ["week", "weekly", "month", "monthly", "year", "annual", "annually", "day", "daily", "total", "yearly", "annum", "since", "so", "quarter", "quarterly"];

    // "The turnover rate was 27.9", "the average wait is 45": of what?
    private IEnumerable<Finding> Bare(DocumentReading document)
    {
        foreach (var s in document.Statements.Where(s => s.Passage.Kind == PassageKind.Sentence))
        {
            foreach (var m in s.Mentions.Where(m => m is { Unit: Unit.Count, IsValue: true, HasNoun: false, IsSpelt: false, IsBracketed: false, IsPlanned: false, Sign: 0 }))
            {
                var b = s.Before(m.First);
                var isSaid = s.Word(b) is "was" or "is" or "of" or "at" or "stands" or "stood" or "were";
                var next = s.Word(m.Last + 1);
                if (!isSaid || next is not ("" or "." or "," or ";" or "in" or "for" or "at" or "by" or "and" or "compared" or "against") || s.Mentions.Exists(o => o != m && o.Unit != Unit.Count && o.IsValue) || s.Tokens.Exists(t => t.IsWord("per") || t.IsWord("score") || t.IsWord("index") || t.IsWord("out")))
                {
                    continue;
                }

                var subject = Enumerable.Range(Math.Max(0, b - 8), Math.Min(8, b)).Where(k => s.Tokens[k].Concept.Length > 0).ToList();
                var isRate = subject.Exists(k => s.Word(k) is "rate" && s.Word(k - 1) is "turnover" or "vacancy" or "occupancy" or "sickness" or "response" or "conversion" or "diagnosis" or "employment" or "admission" or "unemployment" or "detection" or "completion") && m.Value <= 100 || (subject.Exists(k => s.Word(k) is "rate" or "percentage" or "proportion") && m.Step < 1 && m.Value <= 100 && s.Word(b) != "of");
                var isWait = subject.Exists(k => s.Word(k) is "wait" or "waiting" or "stay") && subject.Exists(k => s.Tokens[k].Is(WordRoles.Statistic)) && !subject.Exists(k => s.Word(k) is "number" or "people" or "list");
                if (isRate || isWait)
                {
                    yield return Found(Severity.Check, $"{m.Printed} has no unit: {(isRate ? "per cent, or per how many?" : "days or weeks?")}", "Add the unit.", s.Passage);
                }
            }
        }
    }

    // "20,223 hours a week" and "20,223 hours a month"; "45 days" and "45 weeks".
    private IEnumerable<Finding> TwoPeriods(DocumentReading document)
    {
        var groups = document.Mentions.Where(m => m is { IsValue: true, IsPlanned: false } && m.Value >= 10 && m.Topic.Count > 0 && (m.Every is not null || m.Unit == Unit.Duration)).GroupBy(m => (m.Unit == Unit.Duration, m.Unit == Unit.Duration ? m.Value / Math.Max(0.0001m, m.Step) : m.Value));
        foreach (var group in groups)
        {
            var list = group.ToList();
            var pair = list.SelectMany((a, i) => list.Skip(i + 1).Select(b => (a, b))).FirstOrDefault(p => (p.a.Unit == Unit.Duration ? p.a.Step != p.b.Step && p.a.Statistic == p.b.Statistic && p.a.Statistic != Statistic.None && group.Key.Item2 > 12 : p.a.Every != p.b.Every && p.a.Value >= 100)
                && p.a.Place == p.b.Place && (SameClaim.Topics(p.a, p.b) is not Sameness.No || (p.a.Unit == Unit.Count && p.a.Topic.Count(p.b.Topic.Contains) >= 2)) && p.a.Passage != p.b.Passage);
            if (pair.a is not null)
            {
                yield return Found(Severity.Inconsistent, pair.a.Unit == Unit.Duration ? $"{pair.a.Printed} in one place is {pair.b.Printed} in another." : $"{pair.a.Printed} a {pair.a.Every} in one place, a {pair.b.Every} in another.", "Find which unit is right.", pair.a.Passage, pair.b.Passage);
            }
        }
    }

    // "£8.7bn at 30 September, compared with £8.1m at 30 June": a thousand times the figure beside it.
    private IEnumerable<Finding> Scales(DocumentReading document)
    {
        foreach (var s in document.Statements)
        {
            for (var i = 0; i + 1 < s.Mentions.Count; i++)
            {
                var (a, b) = (s.Mentions[i], s.Mentions[i + 1]);
                var ratio = a.Value > 0 && b.Value > 0 ? Math.Max(a.Value, b.Value) / Math.Min(a.Value, b.Value) : 0;
                if (a.Unit == Unit.Money && b.Unit == Unit.Money && ratio is > 500 and < 2000 && a.Step != b.Step && (ReferenceEquals(a.Topic, b.Topic) || a.Topic.SetEquals(b.Topic) || (a.Period is not null && b.Period is not null && b.First - a.Last < 12)) && a.Column < 0)
                {
                    yield return Found(Severity.Wrong, $"{a.Printed} beside {b.Printed}: one is about a thousand times the other.", "One of the two has the wrong unit (million, billion, thousand).", s.Passage);
                }
            }
        }
    }
}
