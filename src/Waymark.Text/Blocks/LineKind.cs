namespace Waymark.Text.Blocks;

/// <summary>What a line looks like by itself.</summary>
internal static class LineKind
{
    public static bool IsPipeRow(string line) => line.AsSpan().Trim() is { Length: > 2 } text && text.Count('|') >= 2;

    private static readonly System.Buffers.SearchValues<char> RuleMarks = System.Buffers.SearchValues.Create("|-:=+ ");

    public static bool IsPipeRule(string line) => line.AsSpan().Trim() is { Length: > 2 } text && text.ContainsAny("-=") && !text.ContainsAnyExcept(RuleMarks);

    public static bool IsTabRow(string line) => line.Contains('\t', StringComparison.Ordinal) && Cells(line).Count(c => c.Length > 0) >= 2;

    /// <summary>Two or more gaps of three spaces, or one of three with a figure after it: a row of a table set with spaces.</summary>
    public static bool IsSpacedRow(string line)
    {
        var cells = SpacedCells(line);
        return cells.Count >= 3 || (cells.Count == 2 && cells[1].Any(char.IsDigit) && cells[1].Length < 20 && line.Contains("   ", StringComparison.Ordinal));
    }

    public static List<string> Cells(string line)
    {
        if (IsPipeRow(line))
        {
            var text = line.Trim();
            return [.. text[(text[0] == '|' ? 1 : 0)..(text[^1] == '|' ? ^1 : ^0)].Split('|').Select(c => c.Trim())];
        }

        return line.Contains('\t', StringComparison.Ordinal) ? [.. line.TrimEnd().Split('\t').Select(c => c.Trim())] : SpacedCells(line);
    }

    /// <summary>Where each cell of a spaced row ends, so that a header is put over the right column.</summary>
    public static List<(int Start, int End)> SpacedSpans(string line)
    {
        var spans = new List<(int, int)>();
        var i = 0;
        while (i < line.Length)
        {
            while (i < line.Length && line[i] == ' ')
            {
                i++;
            }

            var start = i;
            while (i < line.Length && !(line[i] == ' ' && i + 1 < line.Length && line[i + 1] == ' '))
            {
                i++;
            }

            if (i > start)
            {
                spans.Add((start, i));
            }
        }

        return spans;
    }

    /// <summary>Length of a list marker ("- ", "• ", "(a) ", "3. ") with its spaces; 0 when there is none.</summary>
    public static int ItemMarker(string line)
    {
        var text = line.AsSpan();
        var i = text.IndexOfAnyExcept(' ', '\t');
        if (i < 0)
        {
            return 0;
        }

        var rest = text[i..];
        if (rest.Length > 2 && "-*•–▪●◦·".Contains(rest[0]) && rest[1] is ' ' or '\t')
        {
            return i + 1 + rest[1..].IndexOfAnyExcept(' ', '\t');
        }

        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        if (digits is 1 or 2 && rest.Length > digits + 1 && rest[digits] is '.' or ')' && rest[digits + 1] is ' ' or '\t')
        {
            return i + digits + 1 + Math.Max(1, rest[(digits + 1)..].IndexOfAnyExcept(' ', '\t'));
        }

        return rest.Length > 4 && rest[0] == '(' && rest[2] == ')' && char.IsLetterOrDigit(rest[1]) ? i + 4 : 0;
    }

    /// <summary>Length of a paragraph number ("2.1 ", "4.3.2 ") with its spaces; 0 when there is none.</summary>
    public static int ParagraphNumber(string line)
    {
        var text = line.AsSpan().TrimStart();
        var lead = line.Length - text.Length;
        var i = 0;
        var dots = 0;
        while (i < text.Length && i < 9 && (char.IsAsciiDigit(text[i]) || text[i] == '.'))
        {
            dots += text[i] == '.' ? 1 : 0;
            i++;
        }

        return dots > 0 && i > 0 && i + 1 < text.Length && char.IsAsciiDigit(text[0]) && text[i] is ' ' or '\t' && text[i..].TrimStart() is { Length: > 0 } rest && char.IsUpper(rest[0])
            ? lead + i + (text[i..].Length - rest.Length) : 0;
    }

    private static List<string> SpacedCells(string line) => [.. SpacedSpans(line).Select(s => line[s.Start..s.End])];
}
