using Waymark.Text.Reading;

namespace Waymark.Text.Blocks;

/// <summary>Which rows of a table are its header: those without a figure, years apart; two rows of header are read one above the other.</summary>
internal static class TableHeader
{
    public static List<string> Take(List<(List<string> Cells, SourceLine Line)> rows)
    {
        var header = new List<string>();
        while (rows.Count > 1 && header.Count == 0 && IsHeader(rows[0].Cells, rows))
        {
            header = rows[0].Cells;
            rows.RemoveAt(0);
            if (rows.Count > 1 && rows[0].Cells.Count(c => c.Length > 0) >= 2 && rows[0].Cells.Count >= header.Count - 1 && header.Any(c => c.Length == 0) && IsHeader(rows[0].Cells, rows) && (rows[0].Cells.Any(IsYear) || header.Any(IsYear)))
            {
                var (above, below) = (Filled(header), rows[0].Cells);
                header = [.. below.Select((c, i) => $"{(i < above.Count ? above[i] : "")} {c}".Trim())];
                rows.RemoveAt(0);
            }
        }

        return header;
    }

    private static List<string> Filled(List<string> cells)
    {
        var filled = new List<string>();
        foreach (var cell in cells)
        {
            filled.Add(cell.Length == 0 && filled.Count > 0 && filled[^1].Length > 0 && filled.Count > 1 ? filled[^1] : cell);
        }

        return filled;
    }

    private static bool IsHeader(List<string> cells, List<(List<string> Cells, SourceLine Line)> rows)
    {
        if (cells.Skip(1).Any(c => c.Length > 60))
        {
            return false;
        }

        var figures = cells.Skip(1).Count(c => c.Any(char.IsAsciiDigit) && !IsYear(c) && !IsLabelled(c));
        return figures == 0 && (cells.Skip(1).Any(c => c.Any(char.IsLetter)) || cells.Skip(1).Any(IsYear)) && rows.Skip(1).Any(r => r.Cells.Skip(1).Any(c => c.Any(char.IsAsciiDigit)));
    }

    // "2022/23", "April 2023", "Q1 2023/24", "2022 to 2023", "Oxon 22/23".
    private static bool IsYear(string cell) =>
        cell.Length < 40 && cell.Split([' ', '(', ')', '–', '-', '/'], StringSplitOptions.RemoveEmptyEntries).Any(w => w.Length == 4 && int.TryParse(w, out var y) && y is > 1989 and < 2060)
        || (cell.Length < 30 && cell.IndexOf('/') is > 0 and var slash && char.IsDigit(cell[slash - 1]) && slash + 1 < cell.Length && char.IsDigit(cell[slash + 1]));

    // "per 100,000", "65+", "Rate per 1000", "18-64", "£m".
    private static bool IsLabelled(string cell) => cell.Contains("£000", StringComparison.Ordinal) || cell.Contains("£m", StringComparison.Ordinal) || cell.Contains("£k", StringComparison.Ordinal) || cell.Any(char.IsLetter) && cell.Contains("per ", StringComparison.OrdinalIgnoreCase) || cell.EndsWith('+') || cell.Any(char.IsLetter) && cell.IndexOfAny(['%', '£']) < 0 && char.IsLetter(cell[0]);
}
