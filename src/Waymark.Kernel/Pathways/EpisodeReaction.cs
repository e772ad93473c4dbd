using Waymark.Kernel.Forms;

namespace Waymark.Kernel.Pathways;

/// <summary>
/// What a module does in the same transaction when an episode of a pathway moves: write a care event, promote an answer to a column. It adds to the unit of work and
/// saves nothing; refusing (<see cref="Access.RefusedException"/>) refuses the whole act.
/// </summary>
/// <param name="PathwayKey">The pathway it watches.</param>
/// <param name="ReactAsync">Given the request's services and the change.</param>
/// <param name="BeforeAsync">Given a stage about to be completed, before its exit is taken: sets what the answers say of the episode itself (its person, its priority), so that
/// whatever the exit opens takes them along.</param>
public sealed record EpisodeReaction(
    string PathwayKey, Func<IServiceProvider, StageChange, Task> ReactAsync, Func<IServiceProvider, TakenEpisode, StageCompletion, Task>? BeforeAsync = null)
{
    /// <summary>
    /// Given an episode about to enter a stage, and its person: the team that takes it because it knows the person, over what the duty would give; null to go by the
    /// duty. Not asked where a person has chosen the team.
    /// </summary>
    public Func<IServiceProvider, Episode, Stage, Task<Guid?>>? RouteAsync { get; init; }
}

/// <summary>A move of an episode, as it happens.</summary>
public sealed record StageChange
{
    public required Episode Episode { get; init; }
    public required Pathway Pathway { get; init; }

    /// <summary>The stage left; null when the episode has just opened or re-opened.</summary>
    public Stage? From { get; init; }

    /// <summary>The stage entered; null when it closed. The same as <see cref="From"/> when a form was completed and the stage goes on.</summary>
    public Stage? To { get; init; }

    /// <summary>The exit taken; null when allocation, a move back, a bulk closure or a re-opening moved it.</summary>
    public Exit? Exit { get; init; }
    public required DateTime On { get; init; }

    /// <summary>The form completed, where one was.</summary>
    public Form? Form { get; init; }
    public Guid? RevisionId { get; init; }

    /// <summary>The episode this exit opened on another pathway.</summary>
    public Episode? Opened { get; init; }
    public bool HasClosed => To is null;
}
