using Waymark.Text.Blocks;
using Waymark.Text.Numbers;

namespace Waymark.Text.Claims;

/// <summary>Rows of tables: a cell says little itself; its row's label, its column's header and the caption say what it counts and when.</summary>
public sealed partial class StatementReader
{
    /// <summary>Statement of a table row: each cell's figures, with the words of its row's label and its column's header.</summary>
    public IEnumerable<Statement> ReadRow(Passage row)
    {
        var sentences = new List<Statement>();
        var table = row.Table!;
        var cells = table.Rows[row.RowIndex].Cells;
        var all = new List<Mention>();
        var isTile = cells.Any(c => c.StartsWith("Change", StringComparison.Ordinal) && c.Any(char.IsAsciiDigit));
        // The label is the first cell, or the second where the first names a group of rows.
        var at = cells.Count > 2 && cells[1].Length > 12 && char.IsLetter(cells[1][^1]) && cells[1].Count(char.IsLetter) > 8 && table.Header.Count > 2 && cells.Skip(2).All(c => c.Length < 45) ? 1 : 0;
        var isGrid = !isTile && (IsLabel(cells[at]) || (table.Header.Count > 0 && (!cells[at].Any(char.IsAsciiDigit) || (cells[at].Any(char.IsLetter) && cells.Skip(at + 1).All(c => c.Length < 45) && cells.Count > 2 && !char.IsAsciiDigit(cells[at][0])))));
        var label = isGrid ? tokenizer.Read(cells[at]) : [];
        var labelPeriods = PeriodReader.Read(label, cells[at]);
        var labelFigures = FigureFinder.Find(row, cells[at], label, isCell: true);
        var labelConcepts = Concepts(label, 0, label.Count, []);
        if (labelConcepts.Topic.Count == 0 && isGrid && cells[at].Trim('*', ' ') is var first && (first.StartsWith("total", StringComparison.OrdinalIgnoreCase) || first.Equals("all", StringComparison.OrdinalIgnoreCase)) && TotalTopic(table) is { } ofTable)
        {
            labelConcepts = ofTable;
        }

        var captionPeriod = LastPeriod(table.Caption);
        for (var c = isGrid ? at + 1 : 0; c < cells.Count; c++)
        {
            if (cells[c].Length == 0)
            {
                continue;
            }

            if (cells[c].Length > LongestFigure)
            {
                sentences.AddRange(Sentences.Split(cells[c]).Select(t => Read(Inner(row, cells[c][t.Start..t.End], PassageKind.Sentence))));
                continue;
            }

            if (!isGrid)
            {
                var title = Title(table, row.RowIndex, c);
                all.AddRange(Read(Inner(row, cells[c], PassageKind.Row)).Mentions.Select(m => Moved(m, row, c, title)));
                continue;
            }

            ReadCell(row, table, cells, c, (label, labelConcepts, labelPeriods, captionPeriod), all);
        }

        _ = labelFigures;
        return [new Statement { Passage = row, Tokens = label, Periods = labelPeriods, Mentions = all, TopicOf = () => labelConcepts.Topic }, .. sentences];
    }

    // A cell of words is read as sentences of its own, and quoted as such.
    private static Passage Inner(Passage row, string text, PassageKind kind) => new() { Document = row.Document, Text = text.Trim(), Line = row.Line, Kind = kind, Order = row.Order, Paragraph = row.Paragraph, Heading = row.Heading, Table = row.Table, RowIndex = row.RowIndex };

    private void ReadCell(Passage row, Table table, IReadOnlyList<string> cells, int c, (List<Token> Tokens, ConceptSet Concepts, List<PeriodMention> Periods, Period? Caption) label, List<Mention> all)
    {
        var tokens = tokenizer.Read(cells[c]);
        var periods = PeriodReader.Read(tokens, cells[c]);
        var found = FigureFinder.Find(row, cells[c], tokens, isCell: true);
        var headerText = c < table.Header.Count ? table.Header[c] : "";
        var header = tokenizer.Read(headerText);
        var headerPeriods = PeriodReader.Read(header, headerText);
        var headerConcepts = Concepts(header, 0, header.Count, []);
        foreach (var m in found.Take(1))
        {
            m.Column = c;
            m.Period = periods.FirstOrDefault()?.Period ?? headerPeriods.LastOrDefault()?.Period ?? label.Periods.LastOrDefault()?.Period ?? label.Caption;
            m.Place = PlaceOf(header) ?? PlaceOf(label.Tokens) ?? PlaceOf(tokens);
            var isPlaceOrTime = m.Place is not null || headerPeriods.Count > 0;
            m.Topic = isPlaceOrTime ? label.Concepts.Topic : new HashSet<string>(label.Concepts.Topic.Concat(headerConcepts.Topic));
            m.Names = Empty;
            m.Marks = new HashSet<string>(label.Concepts.Marks.Concat(headerConcepts.Marks));
            m.Statistic = StatisticOf(label.Tokens, 0, label.Tokens.Count) is var s and not Statistic.None ? s : StatisticOf(header, 0, header.Count);
            m.IsPlanned = IsTarget(headerText);
            TableUnits.Apply(m, cells[c > 1 && label.Tokens.Count > 0 && cells[0].Length < cells[1].Length && cells[1].Count(char.IsLetter) > 8 ? 1 : 0], headerText);
            if (IsDifference(headerText))
            {
                (m.IsChange, m.Place) = (true, null);
            }

            all.Add(m);
        }
    }

    private Mention Moved(Mention m, Passage row, int column, List<Token>? title)
    {
        var moved = Copy(m, row, column);
        if (title is not null && moved.Topic.Count == 0)
        {
            var concepts = Concepts(title, 0, title.Count, []);
            (moved.Topic, moved.Marks, moved.Statistic) = (concepts.Topic, concepts.Marks, StatisticOf(title, 0, title.Count));
        }

        return moved;
    }

    /// <summary>The words above a figure that stands in a tile: the nearest cell of its column that holds no figure.</summary>
    private List<Token>? Title(Table table, int row, int column)
    {
        for (var r = row - 1; r >= Math.Max(-1, row - 3); r--)
        {
            var cells = r < 0 ? table.Header : table.Rows[r].Cells;
            if (column < cells.Count && cells[column].Any(char.IsLetter) && !cells.Any(c => c.Any(char.IsAsciiDigit)))
            {
                return tokenizer.Read(cells.Count == 4 && column % 2 == 0 ? cells[column] + cells[column + 1] : cells[column]);
            }
        }

        return null;
    }

    // "Total" under "Source of concern" counts concerns; failing that, what the caption says.
    private ConceptSet? TotalTopic(Table table)
    {
        var text = table.Header.Count > 0 && table.Header[0].Length > 0 ? table.Header[0] : table.Caption;
        var tokens = tokenizer.Read(text);
        PeriodReader.Read(tokens, text);
        FigureFinder.Find(null!, text, tokens, isCell: true);
        var concepts = Concepts(tokens, 0, tokens.Count, []);
        return concepts.Topic.Count > 0 ? concepts : null;
    }

    private static Mention Copy(Mention m, Passage row, int column) => new()
    {
        Passage = row, First = m.First, Last = m.Last, Printed = m.Printed, Value = m.Value, Step = m.Step, Unit = m.Unit, Per = m.Per, Every = m.Every, Bound = m.Bound, Period = m.Period, Place = m.Place,
        Statistic = m.Statistic, IsPlanned = m.IsPlanned, IsFraction = m.IsFraction, IsSpelt = m.IsSpelt, IsRange = m.IsRange, IsChange = m.IsChange, IsBracketed = m.IsBracketed, HasNoun = m.HasNoun, Sign = m.Sign,
        Topic = m.Topic, Names = m.Names, Marks = m.Marks, Column = 100 + column,
    };

    private static bool IsTarget(string header) => header.Contains("target", StringComparison.OrdinalIgnoreCase) || header.Contains("trajectory", StringComparison.OrdinalIgnoreCase) || header.Contains("goal", StringComparison.OrdinalIgnoreCase) || header.Contains("benchmark", StringComparison.OrdinalIgnoreCase);

    private static bool IsDifference(string header) => header.Contains("compared", StringComparison.OrdinalIgnoreCase) || header.Contains("difference", StringComparison.OrdinalIgnoreCase) || header.Contains("gap", StringComparison.OrdinalIgnoreCase) || header.StartsWith("vs", StringComparison.OrdinalIgnoreCase) || header.Contains("change", StringComparison.OrdinalIgnoreCase) || header.Contains("variance", StringComparison.OrdinalIgnoreCase) || header.Contains("movement", StringComparison.OrdinalIgnoreCase);

    private static bool IsLabel(string cell) => cell.Length is > 0 and < 140 && char.IsLetter(cell[0]) || (cell.Length > 2 && cell.Length < 140 && cell.Any(char.IsLetter) && !cell.Any(char.IsAsciiDigit)) || (cell.Length is > 4 and < 200 && char.IsAsciiDigit(cell[0]) && cell.Length > 2 && char.IsAsciiLetterUpper(cell[1]));

    private Period? LastPeriod(string text)
    {
        if (!text.Any(char.IsAsciiDigit))
        {
            return null;
        }

        var tokens = tokenizer.Read(text);
        return PeriodReader.Read(tokens, text).LastOrDefault()?.Period;
    }
}
