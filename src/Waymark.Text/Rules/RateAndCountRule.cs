using Waymark.Text.Claims;
using Waymark.Text.Numbers;

namespace Waymark.Text.Rules;

/// <summary>Rule 7: a rate times its population is the count; a share of a whole is its part.</summary>
public sealed class RateAndCountRule : Rule
{
    public override string Name => "rate-and-count";

    public override IEnumerable<Finding> Check(Draft draft)
    {
        foreach (var document in draft.Documents)
        {
            foreach (var claim in document.Parts.Where(c => c is { Part: not null, Share: not null } && !PartArithmetic.IsRight(c)))
            {
                var (part, share, whole) = (claim.Part!, claim.Share!, claim.Whole);
                if (share.IsFraction || UnreachablePercentageRule.Reachable(share, whole.Value) || whole.Step != 1)
                {
                    var severity = part.Value > whole.Value ? Severity.Wrong : Severity.Wrong;
                    yield return Found(severity, $"{part.Printed} of {whole.Printed} is {N(100 * part.Value / whole.Value)}%, not {share.Printed}.", "Check the count, its base and the percentage; one of the three is wrong, or the base is another.", claim.Statement.Passage, whole.Passage, part.Passage);
                }
            }

            foreach (var finding in Conversion(document).Concat(Rates(document)))
            {
                yield return finding;
            }
        }
    }

    // "Enquiries numbered 254, a conversion rate of 33%" after "there were 907 concerns": the base is the count of concerns of that time.
    private IEnumerable<Finding> Conversion(DocumentReading document)
    {
        foreach (var s in document.Statements.Where(s => s.Passage.Kind == Blocks.PassageKind.Sentence))
        {
            var share = s.Mentions.Find(m => m is { Unit: Unit.Percent, IsChange: false, IsFraction: false } && s.Word(s.Before(m.First)) == "of" && s.Word(s.Before(m.First) - 1) == "rate" && s.Word(s.Before(m.First) - 2) == "conversion");
            var part = share is null ? null : s.Mentions.FindLast(m => m.First < share.First && m is { Unit: Unit.Count, IsValue: true } && m.Topic.Contains("enquire"));
            if (share is null || part is null || document.Parts.Any(p => p.Share == share))
            {
                continue;
            }

            var whole = document.Mentions.Where(m => m is { Unit: Unit.Count, IsValue: true, IsPlanned: false } && m.Topic.Contains("concern") && m.Value > part.Value && m.Passage.Order <= s.Passage.Order && s.Passage.Order - m.Passage.Order < 8 && Meets(m, part)).OrderByDescending(m => m.Passage.Order).FirstOrDefault();
            if (whole is not null && !PartArithmetic.IsRight(new PartClaim(s, whole, part, share)))
            {
                yield return Found(Severity.Wrong, $"{part.Printed} enquiries of {whole.Printed} concerns is {N(100 * part.Value / whole.Value)}%, not {share.Printed}.", "Check the two counts and the rate, and that they are of one period.", s.Passage, whole.Passage);
            }
        }
    }

    // Months named without a year in one place and with it in another are taken as one.
    private static bool Meets(Mention a, Mention b) => a.Period is null || b.Period is null || a.Period.Coincides(b.Period) || !b.Period.IsDated || !a.Period.IsDated;

    private IEnumerable<Finding> Rates(DocumentReading document)
    {
        var pairs = Pairs(document).ToList();
        var populations = document.Mentions.Where(m => IsPopulation(document, m)).ToList();
        var reported = new HashSet<Mention>();
        foreach (var (rate, count) in pairs)
        {
            var implied = count.Value * rate.Per / rate.Value;
            var age = AgeOf(rate) ?? AgeOf(count);
            var candidates = populations.Where(p => p.Passage == rate.Passage || (AgeOf(p) == age && (age is not null || IsAdult(p) == (IsAdult(rate) || IsAdult(count))) && !SaysRate(document, p))).OrderBy(p => p.Passage == rate.Passage ? 0 : 1).ThenBy(p => Math.Abs(p.Passage.Order - rate.Passage.Order)).ToList();
            candidates = candidates.Exists(p => p.Passage == rate.Passage) ? candidates.FindAll(p => p.Passage == rate.Passage) : candidates;
            if (candidates.FirstOrDefault() is { } named)
            {
                if (!candidates.Exists(p => Math.Abs(implied - p.Value) <= p.Value * (rate.Passage == p.Passage ? 0.015m : 0.05m) + Slack(rate, count)) && reported.Add(rate))
                {
                    yield return Found(Severity.Wrong, $"{count.Printed} at {rate.Printed} implies a population of {N(implied, 0)}; the text gives {named.Printed}. {count.Printed} of {named.Printed} would be {N(count.Value * rate.Per / named.Value)} per {N(rate.Per, 0)}.",
                        "Check the count, the rate and which population it was worked out on.", rate.Passage, count.Passage, named.Passage);
                }

                continue;
            }

            var total = populations.Where(p => AgeOf(p) is null && !IsAdult(p) && !SaysRate(document, p)).OrderByDescending(p => p.Value).FirstOrDefault();
            if (total is not null && Shares(age, IsAdult(rate) || IsAdult(count)) is { } band && (implied < total.Value * band.Least || implied > total.Value * band.Most) && reported.Add(rate))
            {
                yield return Found(Severity.Wrong, $"{count.Printed} at {rate.Printed} implies a population of {N(implied, 0)}; with {total.Printed} residents one would expect between {N(total.Value * band.Least, 0)} and {N(total.Value * band.Most, 0)}{(age is null ? "" : $" aged {age[4..]}")}.",
                    "Check the count, the rate, and whether the one counts only part of the other.", rate.Passage, count.Passage, total.Passage);
            }
        }

        foreach (var finding in Against(document, pairs, reported))
        {
            yield return finding;
        }
    }

    /// <summary>The same measure at another rate elsewhere, or another population behind it in another year.</summary>
    private IEnumerable<Finding> Against(DocumentReading document, List<(Mention Rate, Mention Count)> pairs, HashSet<Mention> reported)
    {
        foreach (var (rate, count) in pairs.Where(p => !reported.Contains(p.Rate)))
        {
            var other = pairs.Find(p => p.Rate != rate && p.Rate.Per == rate.Per && Ages(p, (rate, count)) && SameClaim.Topics(p.Count, count) != Sameness.No && Math.Abs((p.Count.Value * p.Rate.Per / p.Rate.Value) - (count.Value * rate.Per / rate.Value)) > 0.12m * (count.Value * rate.Per / rate.Value));
            if (other.Rate is not null && reported.Add(rate) && reported.Add(other.Rate))
            {
                yield return Found(Severity.Inconsistent, $"{count.Printed} at {rate.Printed} implies {N(count.Value * rate.Per / rate.Value, 0)} people, {other.Count.Printed} at {other.Rate.Printed} implies {N(other.Count.Value * other.Rate.Per / other.Rate.Value, 0)}.", "A population does not change so much: check both counts and rates.", rate.Passage, other.Rate.Passage);
                continue;
            }

            var elsewhere = document.Mentions.Where(m => m != rate && m is { Unit: Unit.Rate, IsPlanned: false, Place: null } && m.Per == rate.Per && m.Passage != rate.Passage && AgeOf(m) == AgeOf(rate) && AgeOf(rate) is not null && m.Topic.Overlaps(rate.Topic) && m.Period is not null && rate.Period is not null && !pairs.Exists(p => p.Rate == m)
                && Math.Abs(m.Period.To.DayNumber - rate.Period.To.DayNumber) < 200).OrderBy(m => Math.Abs(m.Value - rate.Value)).FirstOrDefault();
            if (elsewhere is not null && Math.Abs(elsewhere.Value - rate.Value) > 0.25m * Math.Max(elsewhere.Value, rate.Value) && reported.Add(rate))
            {
                yield return Found(Severity.Check, $"{count.Printed} at {rate.Printed} implies {N(count.Value * rate.Per / rate.Value, 0)} people; at {elsewhere.Printed} of nearly the same time that would be {N(count.Value / rate.Value * elsewhere.Value, 0)}, not {count.Printed}.", "See whether both count the same admissions, and over which months.", rate.Passage, elsewhere.Passage);
            }
        }
    }

    /// <summary>A count and the rate that is said of it, in one sentence or two in a row.</summary>
    private static IEnumerable<(Mention Rate, Mention Count)> Pairs(DocumentReading document)
    {
        Statement? before = null;
        foreach (var s in document.Statements)
        {
            foreach (var rate in s.Mentions.Where(m => m is { IsValue: true, IsPlanned: false, Place: null } && m.Unit == Unit.Rate && m.Value > 0 && m.Column < 0))
            {
                var count = s.Mentions.FindLast(m => m.First < rate.First && m is { Unit: Unit.Count, IsValue: true, IsBracketed: false } && m.Column == rate.Column && rate.First - m.Last < 18 && !s.Mentions.Exists(o => o.First > m.Last && o.Last < rate.First && o.Unit is Unit.Rate));
                count ??= s.Passage.Kind == Blocks.PassageKind.Sentence && before?.Passage.Paragraph == s.Passage.Paragraph && (s.Word(0) is "this" or "that" || s.Word(1) is "is") ? before!.Mentions.Find(m => m is { Unit: Unit.Count, IsValue: true, IsBracketed: false, IsPlanned: false } && m.Value >= 10) : null;
                if (count is not null && count.Value >= 5 && IsSaidOf(s, count, rate))
                {
                    yield return (rate, count);
                }
                else if (count is null && s.Mentions.Count == 1 && rate.Topic.Count > 1 && document.Mentions.Where(m => m is { Unit: Unit.Count, IsValue: true, IsPlanned: false, Place: null, Column: < 0 } && m.Value >= 10 && m.Passage.Heading == s.Passage.Heading && SameClaim.Topics(m, rate) != Sameness.No
                    && m.Period is not { Kind: PeriodKind.Relative, YearsBack: > 0 } && (m.Period is null || rate.Period is null || m.Period.Coincides(rate.Period))).ToList() is [var only, ..])
                {
                    yield return (rate, only);
                }
            }

            before = s.Mentions.Count > 0 ? s : before;
        }
    }

    // "445 admissions …, a rate of 340 per 100,000"; "2,040 …, amounted to 567 per 100,000"; "690, or 545.5 per 100,000".
    private static bool IsSaidOf(Statement s, Mention count, Mention rate)
    {
        if (count.Passage != rate.Passage)
        {
            return true;
        }

        var between = Enumerable.Range(count.Last + 1, Math.Max(0, rate.First - count.Last - 1)).ToList();
        return between.Exists(k => s.Word(k) == "rate") || between.Exists(k => s.Word(k) is "or" or "amounted" or "equivalent" or "is" or "equates" or "representing") || rate.IsBracketed;
    }

    private static decimal Slack(Mention rate, Mention count) => count.Value * rate.Per / Math.Max(0.01m, rate.Value) * (rate.Step / 2 / rate.Value) + (count.Step > 1 ? count.Step * rate.Per / rate.Value / 2 : 0);

    /// <summary>"725,300 residents", "a population of 312,400", "62,480 are aged 65 and over", "212,000 adults".</summary>
    private static bool IsPopulation(DocumentReading document, Mention m)
    {
        if (m is not { Unit: Unit.Count, IsValue: true, IsPlanned: false, Place: null, Column: < 0 } || m.Value < 5_000 || document.ByPassage.GetValueOrDefault(m.Passage) is not { } s)
        {
            return false;
        }

        var isNamed = Enumerable.Range(1, 6).Any(b => s.Word(m.First - b) is "population" or "residents");
        return s.Word(m.Last + 1) is "residents" or "inhabitants" || (s.Word(m.Last + 1) is "adults" or "people" && (s.Text.Contains("home to", StringComparison.OrdinalIgnoreCase) || s.Text.Contains("population", StringComparison.OrdinalIgnoreCase) || s.Tokens.Count < 9)) || isNamed || (AgeOf(m) is not null && m.Topic.Count == 0 | s.Text.Contains("population", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsAdult(Mention m) => m.Topic.Contains("adult") || Follows(m, "adult") || (m.Unit == Unit.Count && (m.Passage.Text.Contains(m.Printed + " adult", StringComparison.OrdinalIgnoreCase) || m.Passage.Text.Contains("adult population of " + m.Printed, StringComparison.OrdinalIgnoreCase)));

    private static bool Follows(Mention m, string word) => m.Unit == Unit.Rate && m.Passage.Text.Contains("000 " + word, StringComparison.OrdinalIgnoreCase);

    // "a rate of 543.2 on a population of 77,500": of the group the sentence is about, not of all.
    private static bool SaysRate(DocumentReading document, Mention p) => AgeOf(p) is null && !IsAdult(p) && document.ByPassage[p.Passage] is var s && (s.Mentions.Exists(o => o.Unit == Unit.Rate) || s.Tokens.Exists(t => t.IsWord("rate")));

    private static bool Ages((Mention Rate, Mention Count) a, (Mention Rate, Mention Count) b)
    {
        var (one, other) = (AgeOf(a.Rate) ?? AgeOf(a.Count), AgeOf(b.Rate) ?? AgeOf(b.Count));
        return one == other || (one is null || other is null) && SameClaim.Topics(a.Count, b.Count) == Sameness.Same;
    }

    private static string? AgeOf(Mention m) => m.Marks.FirstOrDefault(k => k.StartsWith("age:", StringComparison.Ordinal));

    /// <summary>Between what shares of all residents an age group lies in any English council (Census 2021, with room).</summary>
    private static (decimal Least, decimal Most)? Shares(string? age, bool isAdult) => age switch
    {
        "age:65+" => (0.05m, 0.40m),
        "age:18-64" => (0.45m, 0.75m),
        "age:75+" => (0.02m, 0.22m),
        "age:85+" => (0.005m, 0.08m),
        "age:18+" => (0.68m, 0.90m),
        null => isAdult ? (0.68m, 0.90m) : (0.55m, 1.10m),
        _ => null,
    };
}
