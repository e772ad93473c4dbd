using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.Pathways;

/// <summary>Changes the priority, with the reason. The old value stays on the span before, so both are kept (FC-3).</summary>
[Scoped]
public sealed class SetPriority(CareClock clock, CouncilPolicy policy, EpisodeDesk desk, SpanWriter spans, Auditor audit)
{
    public const string List = "work.priorities";

    /// <exception cref="RefusedException">Not a priority of the council's policy; no reason; no change.</exception>
    public async Task RunAsync(SeenEpisode seen, string? priority, string? reason)
    {
        var taken = await desk.TakeAsync(seen.Id, seen.Version, Can.DoWork);
        Apply(taken, priority, reason);
        await desk.SaveAsync(taken.Episode);
    }

    internal void Apply(TakenEpisode taken, string? priority, string? reason)
    {
        var chosen = policy.ListAt(List, clock.Today).FirstOrDefault(p => p.Key == priority) ?? throw new RefusedException("Choose a priority.", "Priority");
        var words = Words.Needed(reason, "Say why. The reason stands beside the priority on the list.");
        var episode = taken.Episode;
        if ((episode.Priority, episode.PriorityReason) == (chosen.Key, words))
        {
            throw new RefusedException($"{episode.Reference} has the priority {chosen.Title} for that reason already.", "Priority");
        }

        audit.Record("set-priority", episode, new { before = episode.Priority, after = chosen.Key }, episode.PersonId);
        (episode.Priority, episode.PriorityReason) = (chosen.Key, words);
        spans.Continue(episode, taken.Open, clock.Now);
    }
}
