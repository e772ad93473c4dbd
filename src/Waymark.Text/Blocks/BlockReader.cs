using System.Text;
using Waymark.Text.Reading;

namespace Waymark.Text.Blocks;

/// <summary>The passages and tables of a document, in order.</summary>
public sealed record Blocks(string Document, IReadOnlyList<Passage> Passages, IReadOnlyList<Table> Tables);

/// <summary>Lines to headings, sentences, rows and notes: lines broken by a page are joined, headers and footers of pages are left out.</summary>
public sealed class BlockReader
{
    /// <summary>No sentence is longer: what runs on without a stop is cut, so that time grows with the length.</summary>
    private const int LongestSentence = 2_500;

    private readonly SourceDocument document;
    private readonly HashSet<string> furniture;
    private readonly List<Passage> passages = [];
    private readonly List<Table> tables = [];
    private readonly List<SourceLine> open = [];
    private string heading = "";
    private string caption = "";
    private int paragraph;
    private Passage? lead;
    private bool inNotes;
    private bool inContents;

    private BlockReader(SourceDocument document)
    {
        this.document = document;
        furniture = Furniture(document.Lines);
    }

    public static Blocks Read(SourceDocument document)
    {
        var reader = new BlockReader(document);
        reader.ReadLines();
        return new Blocks(document.Name, reader.passages, reader.tables);
    }

    private void ReadLines()
    {
        var lines = document.Lines;
        for (var i = 0; i < lines.Count; i++)
        {
            var text = lines[i].Text;
            var trimmed = text.AsSpan().Trim();
            if (trimmed.IsEmpty || IsPageNumber(trimmed) || (trimmed.Length < 100 && furniture.Contains(trimmed.ToString())))
            {
                if (!(open.Count > 0 && GoesOn(lines, i)))
                {
                    EndParagraph();
                }

                continue;
            }

            if (inContents && (IsContentsLine(trimmed) || (i + 1 < lines.Count && IsContentsLine(lines[i + 1].Text.AsSpan().Trim())) || (i + 2 < lines.Count && IsContentsLine(lines[i + 2].Text.AsSpan().Trim()))))
            {
                continue;
            }

            inContents = false;
            if (TableEnd(lines, i) is var end && end > i)
            {
                EndParagraph();
                ReadTable(lines, i, end);
                i = end - 1;
                continue;
            }

            if (trimmed[0] == '#' || trimmed.StartsWith("---") || (trimmed.StartsWith("**") && trimmed.EndsWith("**") && trimmed.Length < 80 && trimmed[2..^2].IndexOf('*') < 0))
            {
                EndParagraph();
                AddHeading(lines[i], trimmed.Trim("#*- ").ToString());
                continue;
            }

            if (open.Count > 0 && StartsAnew(lines, i))
            {
                EndParagraph();
            }

            open.Add(lines[i]);
        }

        EndParagraph();
    }

    /// <summary>A paragraph cut by a page: what stands is no whole sentence, and what follows begins in the middle of one.</summary>
    private bool GoesOn(IReadOnlyList<SourceLine> lines, int i)
    {
        var last = open[^1].Text.AsSpan().TrimEnd();
        if (last.IsEmpty || last[^1] is '.' or ':' or '?' or '!' or ';' || (open.Count == 1 && last.Length < 40 && LineKind.ItemMarker(open[0].Text) == 0))
        {
            return false;
        }

        for (var next = i + 1; next < lines.Count && next < i + 12; next++)
        {
            var text = lines[next].Text.AsSpan().Trim();
            if (text.IsEmpty || IsPageNumber(text) || furniture.Contains(text.ToString()))
            {
                continue;
            }

            return char.IsLower(text[0]) && LineKind.ItemMarker(lines[next].Text) == 0 && !LineKind.IsTabRow(lines[next].Text) && !LineKind.IsPipeRow(lines[next].Text) && !LooksRoman(text);
        }

        return false;
    }

    private static bool LooksRoman(ReadOnlySpan<char> text, bool isNote = false) => text.IndexOf(' ') is > 0 and < 9 and var space && !text[..space].ContainsAnyExcept("ivxl") && (!isNote || (space + 1 < text.Length && char.IsUpper(text[space + 1])));

    private bool StartsAnew(IReadOnlyList<SourceLine> lines, int i)
    {
        var text = lines[i].Text;
        var previous = open[^1].Text.AsSpan().Trim();
        if ((inNotes && char.IsDigit(text.AsSpan().TrimStart()[0])) || LooksRoman(text.AsSpan().TrimStart(), true) || LineKind.ItemMarker(text) > 0 || LineKind.ParagraphNumber(text) > 0 || NoteMarker(text) > 0 || IsCaption(text) || IsCaption(open[0].Text))
        {
            return true;
        }

        // "Enquiries started: 363" under "Concerns received: 1,134": one line, one figure.
        if (IsLabelled(previous) && IsLabelled(text.AsSpan().Trim()))
        {
            return true;
        }

        // A heading straight above its text: shorter than the lines about it, no stop, and a capital follows.
        var first = text.AsSpan().TrimStart();
        var ends = previous[^1] is '.' or ',' or ';' or ':' or '-' or '–' or '?' or '!';
        var connects = previous[(previous.LastIndexOf(' ') + 1)..] is "of" or "the" or "and" or "in" or "to" or "for" or "a" or "by" or "with" or "at" or "on" or "from";
        return !ends && !connects && (char.IsUpper(first[0]) || char.IsDigit(first[0])) && previous.Length < 60 && previous.Length < 0.7 * Math.Max(60, first.Length) && open.Count == 1;
    }

    private static bool IsLabelled(ReadOnlySpan<char> line) => line.Length > 6 && char.IsUpper(line[0]) && line.IndexOf(": ") is > 3 and < 70 and var colon && line[..colon].IndexOfAny('.', ';') < 0 && colon + 2 < line.Length && (char.IsDigit(line[colon + 2]) || line[colon + 2] == '£');

    private void EndParagraph()
    {
        if (open.Count == 0)
        {
            return;
        }

        var text = new StringBuilder();
        var starts = new List<(int At, int Line)>();
        foreach (var line in open)
        {
            var words = line.Text.AsSpan().Trim();
            if (text.Length > 0)
            {
                text.Append(' ');
            }

            starts.Add((text.Length, line.Number));
            text.Append(words);
        }

        var all = Tidy(text.ToString());
        var (firstLine, item, numbered, note) = (open[0], LineKind.ItemMarker(all), LineKind.ParagraphNumber(all), NoteMarker(open[0].Text));
        open.Clear();
        if (note > 0 || (inNotes && char.IsDigit(all[0])))
        {
            Add(all, firstLine.Number, PassageKind.Note, null);
            return;
        }

        if (IsCaption(all))
        {
            caption = all;
            Add(all, firstLine.Number, PassageKind.Caption, null);
            return;
        }

        var isNumberedHeading = item > 0 && lead?.Text.EndsWith(':') != true && char.IsAsciiDigit(all[0]) && all.Length < 60 && all.AsSpan().Count(' ') < 9 && all.Length > item && char.IsUpper(all[item]) && IsHeading(all[item..], 0);
        if (starts.Count == 1 && (item == 0 || isNumberedHeading) && IsHeading(all, item > 0 ? item : numbered))
        {
            AddHeading(firstLine, all);
            return;
        }

        paragraph++;
        var marker = Math.Max(item, numbered);
        var skip = Math.Min(all.Length, marker);
        Passage? last = null;
        foreach (var (start, end) in Sentences.Split(all[skip..]))
        {
            var at = start + skip;
            for (var piece = at; piece < end + skip; piece += LongestSentence)
            {
                last = Add(all[piece..Math.Min(end + skip, piece + LongestSentence)].Trim(), starts.FindLast(s => s.At <= piece).Line, PassageKind.Sentence, item > 0 ? lead : null);
            }
        }

        lead = item > 0 ? lead : last is not null && last.Text.EndsWith(':') ? last : last is not null && IsSurveyLead(last.Text) ? last : null;
    }

    private static bool IsSurveyLead(string text) => text.Length < 200;

    private Passage Add(string text, int line, PassageKind kind, Passage? leadIn)
    {
        var passage = new Passage { Document = document.Name, Text = text, Line = line, Kind = kind, Order = passages.Count, Paragraph = paragraph, Heading = heading, Lead = leadIn };
        passages.Add(passage);
        return passage;
    }

    private void AddHeading(SourceLine line, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        paragraph++;
        heading = text;
        caption = "";
        lead = null;
        inContents = text.TrimEnd(':').ToUpperInvariant() is "CONTENTS" or "TABLE OF CONTENTS";
        inNotes = text.TrimEnd(':').ToUpperInvariant() is "NOTES" or "FOOTNOTES" or "ENDNOTES" or "REFERENCES" or "SOURCES";
        Add(text, line.Number, PassageKind.Heading, null);
    }

    private static int TableEnd(IReadOnlyList<SourceLine> lines, int i)
    {
        Func<string, bool> row = LineKind.IsPipeRow(lines[i].Text) ? t => LineKind.IsPipeRow(t) || LineKind.IsPipeRule(t)
            : LineKind.IsTabRow(lines[i].Text) ? t => t.Contains('\t', StringComparison.Ordinal) : LineKind.IsSpacedRow;
        var end = i;
        while (end < lines.Count && row(lines[end].Text))
        {
            end++;
        }

        return end - i >= 2 ? end : i;
    }

    private void ReadTable(IReadOnlyList<SourceLine> lines, int from, int to)
    {
        var table = new Table { Caption = caption.Length > 0 ? caption : heading };
        var cells = new List<(List<string> Cells, SourceLine Line)>();
        for (var i = from; i < to; i++)
        {
            if (!LineKind.IsPipeRule(lines[i].Text))
            {
                cells.Add((LineKind.Cells(lines[i].Text), lines[i]));
            }
        }

        if (!LineKind.IsPipeRow(lines[from].Text) && !LineKind.IsTabRow(lines[from].Text) && lines[from].Text.StartsWith("   ", StringComparison.Ordinal))
        {
            cells[0].Cells.Insert(0, "");
        }

        paragraph++;
        (table.HeaderText, table.HeaderLine) = (cells.Count > 0 ? cells[0].Line.Text.Trim() : "", cells.Count > 0 ? cells[0].Line.Number : lines[from].Number);
        var header = TableHeader.Take(cells);
        table.Header = header;
        foreach (var (row, line) in cells)
        {
            paragraph++;
            var passage = new Passage
            {
                Document = document.Name, Text = line.Text.Trim(), Line = line.Number, Kind = PassageKind.Row, Order = passages.Count, Paragraph = paragraph, Heading = heading,
                Table = table, RowIndex = table.Rows.Count,
            };
            passages.Add(passage);
            table.Rows.Add(new TableRow { Cells = row, Passage = passage });
        }

        if (table.Rows.Count > 0)
        {
            tables.Add(table);
        }

        caption = "";
        lead = null;
    }

    private static bool IsHeading(string text, int numbered) =>
        text.Length < 90 && text[^1] is not ('.' or ',' or ';' or '!' or '”' or '"') && (text[^1] != ':' || text.Length < 40) && (char.IsUpper(text[0]) || (numbered > 0 || char.IsDigit(text[0]))
            && text.AsSpan().IndexOfAnyInRange('A', 'Z') is > 0 and < 8) && !text.Contains('%', StringComparison.Ordinal) && Digits(text) <= 4 + (numbered > 0 ? 2 : 0) && !text.Contains(", ", StringComparison.Ordinal);

    private static int Digits(string text) => text.Count(char.IsAsciiDigit) - (text.Contains("20", StringComparison.Ordinal) ? 4 : 0);

    private static bool IsCaption(string text) =>
        (text.StartsWith("Figure ", StringComparison.Ordinal) || text.StartsWith("Table ", StringComparison.Ordinal) || text.StartsWith("Chart ", StringComparison.Ordinal) || text.StartsWith("Fig ", StringComparison.Ordinal))
        && text.Length < 200 && text.IndexOf(' ') is var space && space + 1 < text.Length && char.IsDigit(text[space + 1]) && AfterNumber(text, space + 1) is ':' or '.' or '–' or '-' or '\0';

    private static char AfterNumber(string text, int i)
    {
        while (i < text.Length && char.IsAsciiDigit(text[i]))
        {
            i++;
        }

        while (i < text.Length && text[i] == ' ')
        {
            i++;
        }

        return i < text.Length ? text[i] : '\0';
    }

    /// <summary>Length of what marks a note's own entry: "[3] ", "[^3]: ", "³ ", "$^{2}$"; 0 when there is none.</summary>
    internal static int NoteMarker(string line)
    {
        var text = line.AsSpan().Trim();
        if (text.Length < 3)
        {
            return 0;
        }

        if (text[0] is >= '\u2070' and <= '\u2079' or '¹' or '²' or '³')
        {
            return 1;
        }

        var close = text.IndexOfAny(']', '$');
        return text[0] == '[' && close is > 1 and < 8 && close + 1 < text.Length && (char.IsDigit(text[1]) || text[1] == '^') && text[close + 1] is ' ' or ':' ? close + 1
            : text.StartsWith("^{") && text.IndexOf('}') is > 0 and < 10 and var brace ? brace + 1 : text.StartsWith("$^") ? Math.Max(1, text[2..].IndexOf('$') + 3) : 0;
    }

    /// <summary>"Reablement and Home First ........ 38": a line of the list of contents.</summary>
    private static bool IsContentsLine(ReadOnlySpan<char> text) => text.Length > 3 && char.IsAsciiDigit(text[^1]) && text[..^1].TrimEnd("0123456789") is { Length: > 2 } head && text.Length - head.Length < 4 && (head[^1] is '\t' or '.' or ' ') && (head.TrimEnd().Length < head.Length - 1 || head[^1] == '\t' || head.IndexOf("..") > 0 || head.IndexOf('\t') > 0 || head.IndexOf("  ") > 0 || head.StartsWith("Figure"));

    private static bool IsPageNumber(ReadOnlySpan<char> text) => text.Length < 20 && (text.IndexOfAnyExceptInRange('0', '9') < 0 && text.Length <= 3
        || (text.StartsWith("Page ", StringComparison.OrdinalIgnoreCase) && char.IsDigit(text[5..] is { Length: > 0 } rest ? rest[0] : 'x')) || text is "\f");

    /// <summary>Lines that stand again and again at the same words, but for the page number, are no part of the text.</summary>
    private static HashSet<string> Furniture(IReadOnlyList<SourceLine> lines)
    {
        var seen = new Dictionary<string, (int Times, List<string> Lines)>();
        foreach (var line in lines)
        {
            var text = line.Text.AsSpan().Trim();
            if (text.Length is > 3 and < 100 && LineKind.ItemMarker(line.Text) == 0 && text[^1] is not '.' && text.IndexOf("Page ", StringComparison.OrdinalIgnoreCase) is > 0 and var page)
            {
                var key = text[..page].Trim().ToString();
                if (!seen.TryGetValue(key, out var at))
                {
                    seen[key] = at = (0, []);
                }

                at.Lines.Add(text.ToString());
                seen[key] = (at.Times + 1, at.Lines);
            }
        }

        return [.. seen.Values.Where(s => s.Times >= 2).SelectMany(s => s.Lines)];
    }

    private static string Tidy(string text) => text.Contains("  ", StringComparison.Ordinal) ? string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : text;
}
