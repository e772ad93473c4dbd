using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.Pathways;

/// <summary>Sets the risk of someone who waits (AW-5): red, amber or green, or what the council's policy calls them. The next contact falls due sooner where the policy says so.</summary>
[Scoped]
public sealed class SetRisk(CareClock clock, CouncilPolicy policy, EpisodeDesk desk, SpanWriter spans, WaitingContacts contacts, Auditor audit)
{
    public const string List = "work.risks";

    /// <exception cref="RefusedException">Not a risk of the council's policy; no change.</exception>
    public async Task RunAsync(SeenEpisode seen, string? risk)
    {
        var taken = await desk.TakeAsync(seen.Id, seen.Version, Can.DoWork);
        Apply(taken, risk);
        await desk.SaveAsync(taken.Episode);
    }

    internal void Apply(TakenEpisode taken, string? risk)
    {
        var chosen = policy.ListAt(List, clock.Today).FirstOrDefault(r => r.Key == risk) ?? throw new RefusedException("Choose a risk.", "Risk");
        var episode = taken.Episode;
        if (episode.Risk == chosen.Key)
        {
            throw new RefusedException($"The risk of {episode.Reference} is {chosen.Title} already.", "Risk");
        }

        audit.Record("set-risk", episode, new { before = episode.Risk, after = chosen.Key }, episode.PersonId);
        episode.Risk = chosen.Key;
        contacts.BringForward(episode);
        spans.Continue(episode, taken.Open, clock.Now);
    }
}

/// <summary>Sets the risk of many.</summary>
[Scoped]
public sealed class SetRiskOfMany(ManyEpisodes many, SetRisk setRisk)
{
    public Task<ManyOutcome> RunAsync(IReadOnlyCollection<SeenEpisode> seen, string? risk) => many.RunAsync(seen, Can.DoWork, taken =>
    {
        setRisk.Apply(taken, risk);
        return Task.CompletedTask;
    });
}
