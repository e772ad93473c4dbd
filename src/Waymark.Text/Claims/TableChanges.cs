using Waymark.Text.Blocks;
using Waymark.Text.Numbers;

namespace Waymark.Text.Claims;

/// <summary>Rows of tables that print two figures and their change, or an arrow, or "Better".</summary>
public static class TableChanges
{
    public static IEnumerable<ChangeClaim> Read(DocumentReading document)
    {
        foreach (var table in document.Blocks.Tables.Where(t => t.Header.Count > 2))
        {
            var columns = Enumerable.Range(0, table.Header.Count).Where(c => IsChange(table.Header[c])).ToList();
            var word = table.Header.FindIndex(h => Has(h, "direction") || Has(h, "trend") || Has(h, "how we did") || h.Trim().Equals("rag", StringComparison.OrdinalIgnoreCase) || Has(h, "progress"));
            if (columns.Count == 0 && word < 0)
            {
                continue;
            }

            foreach (var claim in columns.DefaultIfEmpty(-1).SelectMany(change => Rows(document, table, change, word)))
            {
                yield return claim;
            }
        }

        foreach (var tile in Tiles.Read(document))
        {
            yield return tile;
        }
    }

    private static IEnumerable<ChangeClaim> Rows(DocumentReading document, Table table, int change, int word)
    {

        foreach (var row in table.Rows)
        {
            if (document.ByPassage.GetValueOrDefault(row.Passage) is { } s && Pair(table, s, change >= 0 ? change : word) is { } pair)
            {
                var changes = s.Mentions.Where(m => m.Column == change).ToList();
                foreach (var c in changes)
                {
                    (c.IsChange, c.Unit) = (true, Units(c, pair.To, table.Header[change]));
                }

                var cell = (word >= 0 ? word : change) is var w && w < row.Cells.Count ? row.Cells[w] : "";
                var (direction, judgement) = Words(cell, changes.FirstOrDefault());
                yield return new ChangeClaim(s, pair.From, pair.To, changes, direction, judgement, cell, true);
            }
        }
    }

    private static bool IsChange(string header) => Has(header, "change") || Has(header, "variance") || Has(header, "difference") || Has(header, "movement") || Has(header, "increase");

    private static bool Has(string header, string word) => header.Contains(word, StringComparison.OrdinalIgnoreCase);

    // "3.8" under "Change" beside percentages is points; beside counts a count.
    private static Unit Units(Mention change, Mention to, string header) => change.Unit == Unit.Count && (to.Unit == Unit.Percent || Has(header, "point")) || (change.Unit == Unit.Percent && to.Unit == Unit.Percent && !change.Printed.EndsWith('%') && !header.Contains('%', StringComparison.Ordinal)) ? Unit.Points
        : change.Unit == Unit.Count && (header.Contains('%', StringComparison.Ordinal) || Has(header, "per cent")) ? Unit.Percent : change.Unit == Unit.Count ? to.Unit : change.Unit == Unit.Percent && to.Unit == Unit.Percent && header.Contains("point", StringComparison.OrdinalIgnoreCase) ? Unit.Points : change.Unit;

    /// <summary>The two figures a change stands for: the two periods nearest before it, or a forecast against a budget.</summary>
    private static (Mention From, Mention To)? Pair(Table table, Statement s, int change)
    {
        var before = s.Mentions.Where(m => m.Column < change && m.Place is null && !m.IsChange && !m.IsPlanned).ToList();
        if (before.Count < 2)
        {
            return null;
        }

        var (a, b) = (before[^2], before[^1]);
        if (a.Unit != b.Unit && !(a.Unit is Unit.Count or Unit.Rate && b.Unit is Unit.Count or Unit.Rate))
        {
            return null;
        }

        var isVariance = Has(table.Header[change], "variance") || Has(table.Header[a.Column], "budget") || Has(table.Header[a.Column], "plan");
        if (isVariance)
        {
            return Has(table.Header[b.Column], "budget") ? (b, a) : (a, b);
        }

        return a.Period is not null && b.Period is not null && a.Period != b.Period ? a.Period.IsBefore(b.Period) ? (a, b) : (b, a) : null;
    }

    private static (int Direction, int Judgement) Words(string cell, Mention? change) =>
        cell.Contains('↑', StringComparison.Ordinal) || cell.Contains('▲', StringComparison.Ordinal) || cell.Equals("up", StringComparison.OrdinalIgnoreCase) || Has(cell, "increas") ? (1, 0)
        : cell.Contains('↓', StringComparison.Ordinal) || cell.Contains('▼', StringComparison.Ordinal) || cell.Equals("down", StringComparison.OrdinalIgnoreCase) || Has(cell, "decreas") ? (-1, 0)
        : Has(cell, "better") || Has(cell, "improv") ? (0, 1) : Has(cell, "worse") || Has(cell, "declin") || Has(cell, "deterior") ? (0, -1) : (change?.Sign ?? 0, 0);
}
