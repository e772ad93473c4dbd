using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Pathways;

/// <summary>
/// The one writer of <see cref="StageSpan"/>s for casework: closes the open span and opens the next from what the episode now says, in the caller's unit of work.
/// Spans of an episode follow each other without overlap or gap while it is open. Nothing here edits a closed span; <see cref="CorrectSpan"/> supersedes.
/// </summary>
[Scoped]
public sealed class SpanWriter(WaymarkDb db, Viewer viewer)
{
    /// <summary>The first span of a new visit, as the episode stands.</summary>
    public StageSpan Begin(Episode episode, DateTime on) => Add(episode, Guid.CreateVersion7(), CareClock.LondonDate(on), on);

    /// <summary>The same stay goes on with another team, worker, priority, risk or pause. Nothing happens when none of them changed.</summary>
    public StageSpan Continue(Episode episode, StageSpan open, DateTime on)
    {
        if (SameAs(episode, open))
        {
            return open;
        }

        Finish(open, on, null);
        return Add(episode, open.VisitId, open.VisitDate, on);
    }

    /// <summary>The stay ends for a reason and another begins, in the stage that the episode now names.</summary>
    public StageSpan Enter(Episode episode, StageSpan open, DateTime on, string endReason)
    {
        Finish(open, on, endReason);
        return Begin(episode, on);
    }

    /// <summary>The stay ends and none follows.</summary>
    public void End(StageSpan open, DateTime on, string endReason) => Finish(open, on, endReason);

    private static bool SameAs(Episode e, StageSpan s) =>
        (e.StageKey, e.TeamId, e.WorkerId, e.Priority, e.PriorityReason, e.Risk, e.IsPaused) == (s.StageKey, s.TeamId, s.WorkerId, s.Priority, s.PriorityReason, s.Risk, s.IsPaused);

    private void Finish(StageSpan open, DateTime on, string? reason)
    {
        if (on < open.FromOn)
        {
            throw new RefusedException($"This would be dated before the last change, which was made on {Ui.Format.DateTime(open.FromOn)}. Give a later time, or have the earlier change corrected first.");
        }

        (open.ToOn, open.ToDate, open.EndReason, open.EndedById) = (on, CareClock.LondonDate(on), reason, viewer.UserId);
    }

    private StageSpan Add(Episode episode, Guid visitId, DateOnly visitDate, DateTime on)
    {
        var span = new StageSpan
        {
            EpisodeId = episode.Id,
            PersonId = episode.PersonId,
            PathwayKey = episode.PathwayKey,
            StageKey = episode.StageKey,
            VisitId = visitId,
            VisitDate = visitDate,
            TeamId = episode.TeamId,
            WorkerId = episode.WorkerId,
            Priority = episode.Priority,
            PriorityReason = episode.PriorityReason,
            Risk = episode.Risk,
            IsPaused = episode.IsPaused,
            FromOn = on,
            FromDate = CareClock.LondonDate(on),
            ById = viewer.UserId,
        };
        db.StageSpans.Add(span);
        return span;
    }
}
