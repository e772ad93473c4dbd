using Waymark.Text.Blocks;
using Waymark.Text.Numbers;

namespace Waymark.Text.Claims;

/// <summary>Pairs of figures that claim the same thing and differ.</summary>
public static class Disagreements
{
    private const int MostOfOneConcept = 400;

    public static List<(Mention A, Mention B, Sameness Sameness)> Within(DocumentReading document) => Pairs(Candidates(document), null);

    public static List<(Mention A, Mention B, Sameness Sameness)> Between(DocumentReading one, DocumentReading other) => Pairs(Candidates(one), Candidates(other));

    private static List<Mention> Candidates(DocumentReading document) =>
        [.. document.Statements.Where(s => s.Passage.Kind is PassageKind.Sentence or PassageKind.Row or PassageKind.Note).SelectMany(s => s.Mentions.Where(m => IsStateable(s, m)))];

    // A figure worth setting beside another: no change, no plan, no part of a list, no round fraction, more than a handful.
    private static bool IsStateable(Statement s, Mention m) => m.IsValue && !m.IsPlanned && !m.IsFraction && m.Topic.Count > 0 && !(m.IsSpelt && m.Value < 13) && (m.Unit is not Unit.Count || m.Value >= 10) && !IsComparative(s, m);

    private static bool IsComparative(Statement s, Mention m) => m.Column < 0 && m.Period is null && (s.Word(s.Before(m.First)) is "further" or "another" or "extra" or "additional" or "from" || s.Word(m.First - 1) is "further" or "another" or "additional" or "extra");

    private static List<(Mention A, Mention B, Sameness Sameness)> Pairs(List<Mention> mine, List<Mention>? others)
    {
        var byConcept = new Dictionary<string, List<Mention>>(StringComparer.Ordinal);
        foreach (var m in others ?? mine)
        {
            foreach (var concept in m.Topic)
            {
                (byConcept.TryGetValue(concept, out var list) ? list : byConcept[concept] = []).Add(m);
            }
        }

        var order = new Dictionary<Mention, int>();
        (others ?? mine).ForEach(m => order.TryAdd(m, order.Count));
        var found = new List<(Mention A, Mention B, Sameness S)>();
        foreach (var a in mine)
        {
            // Whatever they share, they share the rarest of its concepts or nearly so.
            var seen = new HashSet<Mention>();
            var agreed = false;
            var against = new List<(Mention B, Sameness S)>();
            foreach (var concept in a.Topic.OrderBy(c => byConcept.TryGetValue(c, out var l) ? l.Count : 0).Take(4))
            {
                if (!byConcept.TryGetValue(concept, out var list) || list.Count > MostOfOneConcept)
                {
                    continue;
                }

                foreach (var b in list)
                {
                    if (b == a || !seen.Add(b) || a.Unit != b.Unit || (a.Passage == b.Passage && a.Column < 0))
                    {
                        continue;
                    }

                    var sameness = Of(a, b);
                    if (sameness == Sameness.No)
                    {
                        continue;
                    }

                    if (a.Agrees(b))
                    {
                        agreed |= sameness == Sameness.Loose;
                        continue;
                    }

                    against.Add((b, sameness));
                }
            }

            found.AddRange(against.Where(p => p.S == Sameness.Same || !agreed).Where(p => others is not null || order[p.B] > order[a] || !found.Exists(f => f.A == p.B && f.B == a)).Select(p => (a, p.B, p.S)));
        }

        return Distinct(found);
    }

    private static Sameness Of(Mention a, Mention b)
    {
        if (!SameClaim.Kind(a, b))
        {
            return IsRateOfSomeAge(a, b) ? Sameness.Loose : Sameness.No;
        }

        var topics = SameClaim.Topics(a, b);
        if (topics == Sameness.No || (a.Passage.Table is not null && a.Passage.Table == b.Passage.Table && (a.Column == b.Column || topics != Sameness.Same)))
        {
            return Sameness.No;
        }

        // One figure mistyped is near the other; two figures far apart are most often of two things.
        if (topics == Sameness.Loose && a.Statistic == Statistic.None && Math.Max(a.Value, b.Value) > 1.25m * Math.Min(a.Value, b.Value))
        {
            return Sameness.No;
        }

        if (SameClaim.TimesMeet(a, b))
        {
            // Two undated figures of one paragraph are most often two things.
            return a.Period is null && (topics != Sameness.Same || a.Topic.Count < 2 || a.Passage.Paragraph == b.Passage.Paragraph || Far(a, b)) ? Sameness.No : topics;
        }

        return Sameness.No;
    }

    // "admission rates fell from 438.8 per 100,000" names no age: it must be the rate of one of the ages the table has.
    private static bool IsRateOfSomeAge(Mention a, Mention b) => a.Unit == Unit.Rate && b.Unit == Unit.Rate && a.Per == b.Per && a.Place == b.Place && a.IsPlanned == b.IsPlanned && a.Column < 0 != b.Column < 0 && (a.Column < 0 ? a : b).Marks.Count == 0
        && (a.Column < 0 ? b : a).Marks.All(m => m.StartsWith("age:", StringComparison.Ordinal)) && SameClaim.TimesMeet(a, b) && a.Period is not null && a.Topic.Count(b.Topic.Contains) >= 2 && !Far(a, b);

    // Far apart in size: not one figure mistyped but two.
    private static bool Far(Mention a, Mention b) => Math.Max(a.Value, b.Value) > 2 * Math.Max(0.000001m, Math.Min(a.Value, b.Value));

    // The same two values once, wherever they are repeated; and each against the nearest reading only.
    private static List<(Mention A, Mention B, Sameness Sameness)> Distinct(List<(Mention A, Mention B, Sameness S)> found)
    {
        var seen = new HashSet<(decimal, decimal)>();
        var result = new List<(Mention, Mention, Sameness)>();
        foreach (var (a, b, s) in found.OrderBy(f => f.S == Sameness.Same ? 0 : 1))
        {
            if ((!Far(a, b) || (s == Sameness.Same && Math.Max(a.Value, b.Value) < 4 * Math.Min(a.Value, b.Value))) && seen.Add((Math.Min(a.Value, b.Value), Math.Max(a.Value, b.Value))))
            {
                result.Add((a, b, s));
            }
        }

        return result;
    }
}
