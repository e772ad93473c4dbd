using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Text.Blocks;
using Waymark.Text.Claims;
using Waymark.Text.Numbers;
using Waymark.Text.Words;

namespace Waymark.Assurance.Checker;

public enum MeasureVerdict { Matches, Differs, CannotTell }

/// <summary>A figure of a draft beside the council's own measure that it seems to state.</summary>
public sealed record ComparedFigure(Passage Passage, Mention Mention, Measure Measure, MeasureValue? Value, MeasureVerdict Verdict, string Why);

/// <summary>
/// Sets each figure of a draft beside the measure whose title says the same thing (inventory HW-10): matches, differs, or cannot tell. A figure without a day, or of a
/// day to come, cannot be told; nor can one that two measures fit.
/// </summary>
[Scoped]
public sealed class CompareWithMeasures(Catalogue catalogue, MeasureEngine engine, CareClock clock, Viewer viewer)
{
    private const int Most = 40;

    public async Task<IReadOnlyList<ComparedFigure>> RunAsync(IReadOnlyList<DocumentReading> readings)
    {
        var measures = catalogue.Measures.Values.Where(m => m.Permission is null || viewer.May(m.Permission)).Select(m => (Measure: m, Topic: Topic(m.Title))).Where(m => m.Topic.Count > 0).ToList();
        var compared = new List<ComparedFigure>();
        foreach (var (statement, mention) in readings.SelectMany(r => r.Statements).Where(s => s.Passage.Kind != PassageKind.Heading).SelectMany(s => s.Mentions.Select(m => (s, m))))
        {
            if (compared.Count < Most && mention is { IsValue: true, IsPlanned: false, Place: null, IsFraction: false } && mention.Marks.Count == 0 && mention.Names.Count == 0 && Fitting(measures, mention) is { Count: > 0 } fitting)
            {
                compared.Add(await CompareAsync(statement.Passage, mention, fitting));
            }
        }

        return compared;
    }

    private async Task<ComparedFigure> CompareAsync(Passage passage, Mention mention, List<Measure> fitting)
    {
        if (fitting.Count > 1)
        {
            return new ComparedFigure(passage, mention, fitting[0], null, MeasureVerdict.CannotTell, $"More than one measure could be meant: {string.Join("; ", fitting.Take(3).Select(m => m.Title))}.");
        }

        var measure = fitting[0];
        if (mention.Period is not { IsDated: true } period)
        {
            return new ComparedFigure(passage, mention, measure, null, MeasureVerdict.CannotTell, "The text names no day.");
        }

        if (period.To > clock.Today)
        {
            return new ComparedFigure(passage, mention, measure, null, MeasureVerdict.CannotTell, "The day has not come yet in the records.");
        }

        var value = await engine.ValueAsync(measure, period.To, measure.Rows.Kind == MeasureKind.Flow && period.Kind == PeriodKind.Span ? period.From : null);
        if (value.Value is not { } number || value.Rows == 0)
        {
            return new ComparedFigure(passage, mention, measure, value, MeasureVerdict.CannotTell, "The records hold no row for that time.");
        }

        var isSame = Math.Abs(number - mention.Value) <= mention.Step * 0.51m;
        return new ComparedFigure(passage, mention, measure, value, isSame ? MeasureVerdict.Matches : MeasureVerdict.Differs, $"The records give {value.Text} ({period}).");
    }

    private static List<Measure> Fitting(List<(Measure Measure, HashSet<string> Topic)> measures, Mention mention) =>
        [.. measures.Where(m => Kind(m.Measure) == (mention.Unit, mention.Statistic) && m.Topic.IsSubsetOf(mention.Topic) && mention.Topic.Count - m.Topic.Count <= 1 && m.Topic.Count >= 2).OrderByDescending(m => m.Topic.Count).Select(m => m.Measure)];

    private static (Unit, Statistic) Kind(Measure measure) => measure.Fold switch
    {
        Fold.Percent => (Unit.Percent, Statistic.None),
        Fold.Mean => (Unit.Duration, Statistic.Mean),
        Fold.Median => (Unit.Duration, Statistic.Median),
        Fold.Longest => (Unit.Duration, Statistic.Longest),
        Fold.RatePer100000 => (Unit.Rate, Statistic.None),
        _ => (Unit.Count, Statistic.None),
    };

    private static HashSet<string> Topic(string title) =>
        [.. new StatementReader(Lexicon.Standard, new HashSet<string>()).Read(new Passage { Document = "", Text = title, Line = 1, Kind = PassageKind.Sentence, Order = 0, Paragraph = 0, Heading = "" }).Topic];
}
