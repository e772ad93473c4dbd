namespace Waymark.Text.Blocks;

public enum PassageKind { Sentence, Heading, Row, Caption, Note }

/// <summary>A stretch of a document that is read by itself: a sentence, a heading, a table row, a note. Its words are as they stand, lines joined by one space.</summary>
public sealed class Passage
{
    public required string Document { get; init; }
    public required string Text { get; init; }

    /// <summary>Line on which it begins.</summary>
    public required int Line { get; init; }
    public required PassageKind Kind { get; init; }

    /// <summary>Place in the document, from 0.</summary>
    public required int Order { get; init; }

    /// <summary>Passages of one paragraph, list item or row share it.</summary>
    public required int Paragraph { get; init; }
    public required string Heading { get; init; }

    /// <summary>The passage that leads in this list item ("of which:"), if any.</summary>
    public Passage? Lead { get; init; }

    /// <summary>Of a row: its table and place in it.</summary>
    public Table? Table { get; init; }
    public int RowIndex { get; init; }
}

/// <summary>A table: rows of cells; the first row is a header when it holds no figure but years.</summary>
public sealed class Table
{
    public required string Caption { get; init; }
    public List<TableRow> Rows { get; } = [];
    public List<string> Header { get; set; } = [];

    /// <summary>The header's line as it stands.</summary>
    public string HeaderText { get; set; } = "";
    public int HeaderLine { get; set; }
    public int Columns => Math.Max(Header.Count, Rows.Count == 0 ? 0 : Rows.Max(r => r.Cells.Count));
}

public sealed class TableRow
{
    public required IReadOnlyList<string> Cells { get; init; }
    public required Passage Passage { get; init; }
}
