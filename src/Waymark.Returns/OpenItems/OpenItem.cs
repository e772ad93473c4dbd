namespace Waymark.Returns.OpenItems;

/// <summary>One row of an open-items file, read and checked. Days are London days.</summary>
public sealed record OpenItem
{
    public required int Line { get; init; }
    public required OpenItemKind Kind { get; init; }
    public required string Reference { get; init; }
    public required string PersonId { get; init; }
    public string? Team { get; init; }
    public string? Worker { get; init; }
    public required DateOnly ReferralReceived { get; init; }
    public required DateOnly JoinedList { get; init; }
    public DateOnly? AllocatedOn { get; init; }
    public DateOnly? EndedOn { get; init; }
    public string? EndReason { get; init; }
    public DateOnly? LastContact { get; init; }
    public DateOnly? NextContactDue { get; init; }
    public string? Risk { get; init; }
    public string? Priority { get; init; }
    public string? PriorityReason { get; init; }
    public bool? HasPlan { get; init; }
    public DateOnly? Due { get; init; }
    public string? AgeBand { get; init; }
    public string? Ward { get; init; }
    public string? SupportReason { get; init; }

    /// <summary>Unique over the open items of a database.</summary>
    public string Key => KeyOf(Kind.Key, Reference);

    public static string KeyOf(string kind, string reference) => $"{kind}/{reference}";
}

/// <summary>What is wrong with one value of a row: the row is not taken. Or, as a warning, what was done about it: the row is.</summary>
public sealed record RowFault(int Line, string Field, string Value, string Rule, string Message);

/// <summary>An open-items file read whole.</summary>
/// <param name="AsAt">The day the extract was taken.</param>
/// <param name="Kinds">Kinds the file covers: rows of these that it does not hold have left the list.</param>
/// <param name="Teams">Team names the file covers; empty covers every team.</param>
/// <param name="CoverageDeclared">False when coverage was taken from the rows because the file does not say.</param>
/// <param name="FaultyKeys">Keys of rows that have faults: they are in the file, so the items they name have not left the list.</param>
/// <param name="RowCount">Rows that are not blank, good and faulty.</param>
public sealed record OpenItemFile(
    string FileName,
    string Sha256,
    DateOnly AsAt,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<string> Teams,
    bool CoverageDeclared,
    int RowCount,
    IReadOnlyList<OpenItem> Items,
    IReadOnlyList<RowFault> Faults,
    IReadOnlyList<RowFault> Warnings,
    IReadOnlySet<string> FaultyKeys)
{
    /// <summary>The largest file taken, in bytes: a council's whole open list is far below it.</summary>
    public const int LargestFile = 20 * 1024 * 1024;
}
