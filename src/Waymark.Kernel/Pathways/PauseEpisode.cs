using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Pathways;

/// <summary>Says that the work cannot go on for now, and why. No clock stops, the person's wait goes on, they still count as waiting; the pause shows.</summary>
[Scoped]
public sealed class PauseEpisode(CareClock clock, EpisodeDesk desk, SpanWriter spans, Auditor audit)
{
    public async Task RunAsync(SeenEpisode seen, string? reason)
    {
        var words = Words.Needed(reason, "Say why it is paused, such as “in hospital”.");
        var taken = await desk.TakeAsync(seen.Id, seen.Version, Can.DoWork);
        if (taken.Episode.IsPaused)
        {
            throw new RefusedException($"{taken.Episode.Reference} is paused already: {taken.Episode.PauseReason}.");
        }

        (taken.Episode.IsPaused, taken.Episode.PauseReason) = (true, words);
        spans.Continue(taken.Episode, taken.Open, clock.Now);
        audit.Record("pause-episode", taken.Episode, null, taken.Episode.PersonId);
        await desk.SaveAsync(taken.Episode);
    }
}

/// <summary>Ends a pause.</summary>
[Scoped]
public sealed class ResumeEpisode(CareClock clock, EpisodeDesk desk, SpanWriter spans, Auditor audit)
{
    public async Task RunAsync(SeenEpisode seen)
    {
        var taken = await desk.TakeAsync(seen.Id, seen.Version, Can.DoWork);
        if (!taken.Episode.IsPaused)
        {
            throw new RefusedException($"{taken.Episode.Reference} is not paused.");
        }

        (taken.Episode.IsPaused, taken.Episode.PauseReason) = (false, null);
        spans.Continue(taken.Episode, taken.Open, clock.Now);
        audit.Record("resume-episode", taken.Episode, null, taken.Episode.PersonId);
        await desk.SaveAsync(taken.Episode);
    }
}
