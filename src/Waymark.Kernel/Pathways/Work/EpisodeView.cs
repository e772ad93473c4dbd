using Waymark.Kernel.Calendar;
using Waymark.Kernel.People;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>An episode as its page shows it: where it is, whose move it is, by when.</summary>
public sealed record EpisodeView
{
    public required Episode Episode { get; init; }
    public required Pathway Pathway { get; init; }
    public required Person? Person { get; init; }
    public required string? Team { get; init; }
    public required string? Worker { get; init; }
    public required bool IsRestricted { get; init; }

    /// <summary>The open stay in a stage; null when it is closed.</summary>
    public required Guid? VisitId { get; init; }
    public required DateOnly? VisitDate { get; init; }
    public required IReadOnlySet<string> Visited { get; init; }
    public required IReadOnlyList<ClockLine> Clocks { get; init; }
    public required IReadOnlyList<TaskLine> Tasks { get; init; }

    /// <summary>The request for approval that waits, or the last one returned in this stay.</summary>
    public required ApprovalLine? Approval { get; init; }
    public required IReadOnlyList<LinkLine> Links { get; init; }
    public required DateOnly Today { get; init; }

    public Stage Stage => Pathway.StageAt(Episode.StageKey);
    public bool IsOpen => VisitId is not null;
    public string Seen => new SeenEpisode(Episode.Id, Episode.Version).ToString();
    public string Owner => $"{Team ?? "No team"}, {Worker ?? "unallocated"}";

    /// <summary>done, here, or to come; as the stages are declared.</summary>
    public IEnumerable<(Stage Stage, string State)> Progress => Pathway.Stages.Select(s =>
        (s, IsOpen && s.Key == Episode.StageKey ? "here" : Visited.Contains(s.Key) ? "done" : "to come")).Where(p => IsOpen || p.Item2 == "done");
}

/// <summary>A clock in words.</summary>
public sealed record ClockLine(string Title, EpisodeClock Clock, DateOnly Today, DateTime Now)
{
    public bool IsRunning => Clock.StoppedOn is null;
    public bool IsBreached => !Clock.IsThreshold && Clock.DueOn is { } due && (Clock.StoppedOn ?? Now) > due;

    /// <summary>"due Tuesday 6 August, 4 working days left"; "met on 5 August 2024"; a threshold only says when it is passed.</summary>
    public string Words
    {
        get
        {
            if (Clock.DueOn is not { } due || Clock.DueDate is not { } day)
            {
                return $"open {Format.Days(CareClock.LondonDate(Clock.StartedOn), Clock.StoppedDate ?? Today)}";
            }

            if (Clock.StoppedDate is { } stopped)
            {
                return Clock.IsThreshold ? $"ended {Format.Date(stopped)}" : $"{(IsBreached ? $"missed, was due {Format.Date(day)}, done" : "met")} {Format.Date(stopped)}";
            }

            if (Clock.IsThreshold)
            {
                return $"{(Now > due ? "passed" : "on")} {Format.Date(day)}";
            }

            var isElapsed = Clock.Limit.Contains("hour", StringComparison.Ordinal);
            return isElapsed
                ? $"{(Now > due ? "was due" : "due")} {(day.DayNumber - Today.DayNumber) switch { 0 => "today", 1 => "tomorrow", -1 => "yesterday", _ => Format.Date(day) }} at {Format.Time(due)}"
                : Format.Due(day, Today, WorkingCalendar.WorkingDaysBetween(Today, day));
        }
    }
}

/// <summary>A parallel task, or a look after.</summary>
public sealed record TaskLine(EpisodeTask Task, string Title, string? CompletedBy, bool IsOfForm);

public sealed record ApprovalLine(Approval Approval, string AskedBy, string? DecidedBy);

/// <param name="Reference">Null when the viewer may not see it: a restricted record exists.</param>
public sealed record LinkLine(string Kind, bool IsFrom, string? Reference, string Title, bool IsOpen);
