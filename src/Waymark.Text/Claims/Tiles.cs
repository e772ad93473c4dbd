using Waymark.Text.Numbers;

namespace Waymark.Text.Claims;

/// <summary>
/// Key-figure tiles that come out of a PDF as rows of two or three cells: a title, a figure with its date, and a row "July 23 6526 | Change 2.1%". The title stands a
/// row or two above its figure, so a tile is read down its column.
/// </summary>
internal static class Tiles
{
    public static IEnumerable<ChangeClaim> Read(DocumentReading document)
    {
        Statement[] recent = [];
        foreach (var s in document.Statements)
        {
            if (s.Passage.Kind != Blocks.PassageKind.Row)
            {
                recent = [];
                continue;
            }

            foreach (var claim in Pairs(document, s, recent))
            {
                yield return claim;
            }

            recent = [.. recent.TakeLast(3), s];
        }
    }

    private static IEnumerable<ChangeClaim> Pairs(DocumentReading document, Statement s, Statement[] above)
    {
        var cells = s.Passage.Table!.Rows[s.Passage.RowIndex].Cells;
        for (var c = 0; c + 1 <= cells.Count - 1; c++)
        {
            if (!cells[c + 1].StartsWith("Change", StringComparison.OrdinalIgnoreCase) || !cells[c + 1].Any(char.IsAsciiDigit))
            {
                continue;
            }

            var column = c;
            var to = above.Reverse().Select(a => Figure(a, column)).FirstOrDefault(m => m is not null);
            var from = s.Mentions.FindLast(m => Index(m) == c);
            var change = s.Mentions.Find(m => Index(m) == c + 1);
            if (to is null || from is null || change is null || to.Unit != from.Unit && !(to.Unit is Unit.Duration && from.Unit is Unit.Count))
            {
                continue;
            }

            if (to.Unit == Unit.Duration)
            {
                (from.Unit, from.Value, from.Step) = (Unit.Duration, from.Value * to.Step, from.Step * to.Step);
            }

            change.IsChange = true;
            (from.Topic, from.Statistic, from.Names) = (to.Topic, to.Statistic, to.Names);
            var arrow = cells[c + 1];
            var direction = arrow.Contains('↑', StringComparison.Ordinal) ? 1 : arrow.Contains('↓', StringComparison.Ordinal) || arrow.Contains('\\', StringComparison.Ordinal) ? -1 : 0;
            yield return new ChangeClaim(s, from, to, [change], direction, 0, "", true);
        }

        _ = document;
    }

    private static int Index(Mention m) => m.Column >= 100 ? m.Column - 100 : m.Column;

    private static Mention? Figure(Statement row, int column) => row.Mentions.Find(m => Index(m) == column && m.IsValue && !m.IsChange);
}
