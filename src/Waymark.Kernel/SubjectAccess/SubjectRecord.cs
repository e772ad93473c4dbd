namespace Waymark.Kernel.SubjectAccess;

/// <summary>Everything held about one person, in sections, for the person themselves.</summary>
/// <param name="Sections">Empty ones are left out.</param>
public sealed record SubjectRecord(string Reference, string Name, IReadOnlyList<SubjectSection> Sections)
{
    public IEnumerable<(SubjectSection Section, SubjectEntry Entry)> Entries => Sections.SelectMany(s => s.Entries.Select(e => (s, e)));
}

public sealed record SubjectSection(string Title, IReadOnlyList<SubjectEntry> Entries);

/// <summary>One thing held.</summary>
public sealed record SubjectEntry
{
    /// <summary>Table and id, by which it is ticked and logged: <c>note:0198…</c>.</summary>
    public required string Key { get; init; }
    public required string Title { get; init; }
    public DateOnly? Date { get; init; }
    public IReadOnlyList<SubjectField> Fields { get; init; } = [];

    /// <summary>Why it is withheld unless someone decides otherwise; <c>null</c> when it is the person's own.</summary>
    public string? Withheld { get; init; }

    /// <summary>It cannot be released here: a restricted record, whose owner decides; something written on the wrong person.</summary>
    public bool IsClosed { get; init; }

    /// <summary>The file, for a document.</summary>
    public string? StoredName { get; init; }
    public string? FileName { get; init; }
}

public sealed record SubjectField(string Name, string Value);
