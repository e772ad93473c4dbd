using Waymark.Text.Blocks;
using Waymark.Text.Claims;
using Waymark.Text.Numbers;

namespace Waymark.Text.Rules;

/// <summary>Rule 15: a council's year is set beside the same year of England, or the text says that it is not.</summary>
public sealed class ComparatorYearRule : Rule
{
    private const int AYear = 330;

    private static readonly string[] Excused = ["not yet", "differ", "not available", "latest available", "most recent available", "is published later"];

    public override string Name => "comparator-year";

    public override IEnumerable<Finding> Check(Draft draft)
    {
        foreach (var document in draft.Documents)
        {
            foreach (var table in document.Blocks.Tables.Where(t => t.Header.Count > 2))
            {
                if (Columns(document, table) is { } finding)
                {
                    yield return finding;
                }
            }

            var before = default(Statement);
            foreach (var s in document.Statements.Where(s => s.Passage.Kind is PassageKind.Sentence or PassageKind.Note))
            {
                if (Sentence(document, s, before) is { } finding)
                {
                    yield return finding;
                }

                before = s;
            }
        }
    }

    private Finding? Sentence(DocumentReading document, Statement s, Statement? before)
    {
        if (Excused.Any(e => s.Text.Contains(e, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        foreach (var comparator in s.Mentions.Where(m => m is { Place: not null, IsValue: true } && Own(s, m) is not null))
        {
            var theirs = Own(s, comparator)!;
            var mine = s.Mentions.FindLast(m => m is { Place: null, IsValue: true, IsPlanned: false } && m.First < comparator.First && m.Unit == comparator.Unit && m.Per == comparator.Per);
            mine ??= before is not null && before.Passage.Paragraph == s.Passage.Paragraph && !s.Mentions.Exists(m => m.Place is null && m.Unit == comparator.Unit) ? before.Mentions.FindLast(m => m is { Place: null, IsValue: true, IsPlanned: false } && m.Unit == comparator.Unit && m.Per == comparator.Per) : null;
            if (mine is null)
            {
                continue;
            }

            // A sentence of several years pairs the comparator with the figure of its own year.
            if (s.Mentions.Exists(m => m.Place is null && m.Unit == comparator.Unit && Own(s, m) is { } p && p.Coincides(theirs)))
            {
                continue;
            }

            var ours = Own(s, mine) ?? s.Periods.Select(p => p.Period).FirstOrDefault(p => p.IsDated && !p.Coincides(theirs) && s.Mentions.TrueForAll(m => Own(s, m) != p)) ?? (before is not null && before.Passage.Paragraph == s.Passage.Paragraph ? before.Mentions.Find(m => m.Unit == mine.Unit && m.Value == mine.Value)?.Period : null) ?? TableYear(document, mine);
            // A year that only the document's title gives is set against an older one only.
            ours ??= document.About is { } about && theirs.To < about.To && theirs.Kind == PeriodKind.Span ? about : null;
            if (ours is not null && ours.IsDated && Apart(ours, theirs))
            {
                return Found(Severity.Check, $"{mine.Printed} is of {ours}, {comparator.Printed} ({Name2(comparator)}) of {theirs}: two years side by side.", "Use the same year for both, or say that the newer comparator is not yet published.", mine.Passage, s.Passage);
            }
        }

        return null;
    }

    private static string Name2(Mention m) => m.Place switch { "england" => "England", "region" => "the region", "comparators" => "comparators", var p => p ?? "" };

    // A period in the figure's own part of the sentence, not one lent by the lead.
    private static Period? Own(Statement s, Mention m)
    {
        if (m.Period is not { IsDated: true } period)
        {
            return null;
        }

        var named = s.Periods.Find(p => p.Period == period);
        return named is null ? null : m.Place is not null && named.Last < m.First && s.Mentions.Exists(o => o.Place is null && o.First > named.Last && o.Last < m.First && o.IsValue) && named.First < s.Mentions[0].First ? null : period;
    }

    // The year that a table of the document gives the same figure.
    private static Period? TableYear(DocumentReading document, Mention mine) =>
        document.Mentions.Where(m => m.Column >= 0 && m.Unit == mine.Unit && m.Value == mine.Value && m.Place is null && m.Period is { IsDated: true } && m.Step < 1 && m.Topic.Overlaps(mine.Topic)).Select(m => m.Period).FirstOrDefault();

    private static bool Apart(Period ours, Period theirs) => Math.Abs(ours.To.DayNumber - theirs.To.DayNumber) >= AYear || (ours.Kind == PeriodKind.Span && theirs.Kind == PeriodKind.Span && ours.Days > AYear && theirs.Days > AYear && Math.Abs(ours.To.DayNumber - theirs.To.DayNumber) > 200);

    private Finding? Columns(DocumentReading document, Table table)
    {
        var rows = table.Rows.Select(r => document.ByPassage[r.Passage]).Where(s => s.Mentions.Count > 1).ToList();
        if (rows.Count == 0 || Excused.Any(e => table.Caption.Contains(e, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var theirs = rows.SelectMany(s => s.Mentions).Where(m => m.Place is not null && m.Period is { IsDated: true } && m.Column >= 0).ToList();
        var ours = rows.SelectMany(s => s.Mentions).Where(m => m.Place is null && m.Period is { IsDated: true } && m.Column >= 0 && !m.IsChange).ToList();
        if (theirs.Count == 0 || ours.Count == 0)
        {
            return null;
        }

        var (newest, latest) = (ours.MaxBy(m => m.Period!.To)!, theirs.MaxBy(m => m.Period!.To)!);
        var row = rows.Find(s => s.Mentions.Contains(newest)) ?? rows[0];
        return newest.Period!.To > latest.Period!.To && Apart(newest.Period, latest.Period)
            ? new Finding(Name, Severity.Check, $"The table sets {newest.Period} of the council beside {latest.Period} of {Name2(latest)}: one year against another.", "Add the comparator's same year, or say that it is not yet published.",
                [new Quote(document.Name, table.HeaderLine, table.HeaderText), Quote.Of(row.Passage)]) : null;
    }
}
