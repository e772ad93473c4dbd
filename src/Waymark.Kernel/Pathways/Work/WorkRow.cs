namespace Waymark.Kernel.Pathways.Work;

/// <summary>One line of the work list: an item as it stood on a day.</summary>
public sealed record WorkRow
{
    public required long SpanId { get; init; }
    public required Guid EpisodeId { get; init; }
    public required int Version { get; init; }
    public required string Reference { get; init; }
    public required string PathwayKey { get; init; }
    public required string StageKey { get; init; }
    public string? Kind { get; init; }
    public string? Summary { get; init; }
    public Guid? PersonId { get; init; }
    public string? PersonReference { get; init; }
    public string? GivenName { get; init; }
    public string? PreferredName { get; init; }
    public string? FamilyName { get; init; }
    public DateOnly? BirthDate { get; init; }
    public DateOnly? DeathDate { get; init; }

    /// <summary>The first day of the stay in the stage.</summary>
    public required DateOnly Since { get; init; }
    public string? Priority { get; init; }
    public string? PriorityReason { get; init; }
    public string? Risk { get; init; }
    public Guid? TeamId { get; init; }
    public Guid? WorkerId { get; init; }
    public bool IsPaused { get; init; }
    public DateOnly? LastContactDate { get; init; }
    public DateOnly? NextContactDueDate { get; init; }

    public string? PersonName => FamilyName is null ? null : $"{PreferredName ?? GivenName} {FamilyName}";
}

/// <summary>What a page of rows needs beside the rows.</summary>
public sealed record WorkRowDetail(Guid EpisodeId, DateOnly? DueDate, bool AwaitsApproval, bool LookAfter);
