using Waymark.Kernel.Measures;

namespace Waymark.Returns.Pack;

/// <summary>
/// AW-6: one list's week on one page, from the records as they stand. Every number is a measure of the catalogue or is cut from one.
/// </summary>
public sealed record WeeklyPack
{
    public required QueueMeasures List { get; init; }
    public required DateOnly AsAt { get; init; }
    public DateOnly WeekAgo => AsAt.AddDays(-7);

    /// <summary>Waiting items, people, longest, mean, median; allocated items, people; both items, people: today and a week before.</summary>
    public required IReadOnlyList<PackLine> Lines { get; init; }

    /// <summary>Why the number waiting changed in the week, and why the number allocated did.</summary>
    public required Movements Waiting { get; init; }
    public required Movements Working { get; init; }
    public required IReadOnlyList<PackTeam> Teams { get; init; }
    public required IReadOnlyList<HistoryPoint> History { get; init; }

    /// <summary>Contacts with people who wait that are overdue (AW-5): all of them counted, those the viewer may see listed.</summary>
    public required int OverdueContacts { get; init; }
    public required int WithoutContactDate { get; init; }
    public required IReadOnlyList<PackOverdue> Overdue { get; init; }
    public required int OverdueRestricted { get; init; }

    /// <summary>Rows of the viewer's own work and of those they manage; empty for others.</summary>
    public required IReadOnlyList<PackWorker> Workers { get; init; }
    public required IReadOnlyList<PackAction> Actions { get; init; }

    public PackLine Line(string key) => Lines.First(l => l.Now.Key == key);
}

/// <param name="Change">Against a week ago; null when it cannot be said.</param>
public sealed record PackLine(MeasureValue Now, MeasureValue Before, Change? Change);

public sealed record PackTeam(string? Id, string Name, int Waiting, int WaitingBefore, int? Longest, decimal? Median, int Allocated, int OverdueContacts);

public sealed record PackOverdue(Guid EpisodeId, string Reference, string? Team, string? Risk, DateOnly Since, DateOnly? LastContact, DateOnly Due);

public sealed record PackWorker(string Name, int Open, int? OldestDays, int Finished);
