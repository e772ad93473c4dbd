namespace Waymark.Safeguarding.Collection;

/// <summary>The tables of one year, counted, with the collection's own cross-checks.</summary>
public sealed record CollectionResult(CollectionYear Year, IReadOnlyList<CountedTable> Tables, IReadOnlyList<CollectionCheck> Checks)
{
    public CountedTable this[string code] => Tables.Single(t => t.Code == code);

    internal static CollectionResult Of(CollectionData data)
    {
        var tables = CollectionTables.All.Select(t => Count(t, data)).ToList();
        return new CollectionResult(data.Year, tables, [.. CollectionChecks.Of(data, tables.ToDictionary(t => t.Code))]);
    }

    private static CountedTable Count(CollectionTable table, CollectionData data)
    {
        var cells = new int[table.Rows.Count, table.Columns.Count];
        var seen = new HashSet<(int, int, Guid)>();
        foreach (var entry in table.Entries(data))
        {
            if (seen.Add((entry.Row, entry.Column, entry.Subject)))
            {
                cells[entry.Row, entry.Column]++;
            }
        }

        return new CountedTable(table.Code, table.Title, table.Counts, table.IsVoluntary, table.Rows, table.Columns, cells);
    }
}

/// <param name="Counts">What a cell counts: individuals, enquiries concluded …</param>
public sealed record CountedTable(string Code, string Title, string Counts, bool IsVoluntary, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, int[,] Cells)
{
    public int Total(int column, int from = 0, int? rows = null) => Enumerable.Range(from, rows ?? Rows.Count - from).Sum(r => Cells[r, column]);
}

/// <summary>A check of the tables against each other.</summary>
/// <param name="Says">What must hold.</param>
/// <param name="Found">The numbers, where it does not.</param>
public sealed record CollectionCheck(string Says, bool Holds, string Found);
