using System.ComponentModel.DataAnnotations;

namespace Waymark.Kernel.Notes;

/// <summary>A note as a form gives it.</summary>
public sealed record NoteDetails
{
    /// <summary>About fifty pages. A longer text is a document: attach it.</summary>
    public const int LongestText = 100_000;

    /// <summary>A key of the policy list <c>note.kinds</c>.</summary>
    [Display(Name = "Kind of note")]
    public string? Kind { get; init; }

    [Display(Name = "Note")]
    public string? Text { get; init; }

    /// <summary>The day it happened, and the time where it is known; without a day it happened now.</summary>
    [Display(Name = "Date it happened")]
    public DateOnly? HappenedDate { get; init; }
    public TimeOnly? HappenedAt { get; init; }

    [Display(Name = "This is a manager's decision")]
    public bool IsManagerDecision { get; init; }

    [Display(Name = "Who told us, if someone else")]
    public string? CameFrom { get; init; }

    [Display(Name = "Came from someone else and may not be shared with the person")]
    public bool IsThirdParty { get; init; }

    /// <summary>One note may be about several people: a couple, a household.</summary>
    public IReadOnlyList<Guid> PersonIds { get; init; } = [];
    public IReadOnlyList<Guid> EpisodeIds { get; init; } = [];
}
