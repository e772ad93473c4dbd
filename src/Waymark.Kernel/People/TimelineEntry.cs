namespace Waymark.Kernel.People;

public enum TimelineKind { Note, Work, Stage, Form, CareEvent, Document, Merge }

/// <summary>One line of a person's story.</summary>
public sealed record TimelineEntry
{
    public required TimelineKind Kind { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>The instant, where one is known.</summary>
    public DateTime? At { get; init; }
    public required string Title { get; init; }

    /// <summary>What opens.</summary>
    public string? Text { get; init; }
    public string? Href { get; init; }
    public string? By { get; init; }

    public static string TitleOf(TimelineKind kind) => kind switch
    {
        TimelineKind.Note => "Notes",
        TimelineKind.Work => "Work",
        TimelineKind.Stage => "Stages",
        TimelineKind.Form => "Forms",
        TimelineKind.CareEvent => "Care events",
        TimelineKind.Document => "Documents",
        _ => "Merges",
    };

    /// <summary>One of them, in a word.</summary>
    public string KindTitle => Kind switch
    {
        TimelineKind.Note => "Note",
        TimelineKind.Work => "Work",
        TimelineKind.Stage => "Stage",
        TimelineKind.Form => "Form",
        TimelineKind.CareEvent => "Care event",
        TimelineKind.Document => "Document",
        _ => "Merge",
    };
}

/// <summary>A page of a story, newest first.</summary>
public sealed record TimelinePage(IReadOnlyList<TimelineEntry> Entries, int Page, bool HasOlder)
{
    public bool HasNewer => Page > 1;
}
