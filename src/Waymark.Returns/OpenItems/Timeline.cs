using Waymark.Kernel.Calendar;
using Waymark.Kernel.Pathways;

namespace Waymark.Returns.OpenItems;

/// <summary>
/// The spans an item should have, from what its row says now and what was known of it before. Pure. The row is always right about stages (joined, allocated,
/// ended); team, worker, priority and risk are known from the day the file is as at, and before that stay as an earlier file had them.
/// </summary>
internal static class Timeline
{
    public static IReadOnlyList<StageSpan> For(OpenItem item, Episode episode, IReadOnlyList<StageSpan> known, DateOnly asAt, Attributes now)
    {
        var waiting = Visit(known, item.Kind.WaitingStage) ?? Guid.CreateVersion7();
        var working = Visit(known, item.Kind.WorkingStage) ?? Guid.CreateVersion7();
        var from = item.JoinedList;
        var until = item.EndedOn ?? DateOnly.MaxValue;

        // Days on which something changes: the stages, and each day an earlier file or this one said something new.
        var days = new SortedSet<DateOnly> { from };
        if (item.AllocatedOn is { } allocated)
        {
            days.Add(allocated);
        }

        foreach (var span in known)
        {
            days.Add(span.FromDate);
        }

        if (known.Count > 0)
        {
            days.Add(asAt);
        }

        var spans = new List<StageSpan>();
        foreach (var day in days.Where(d => d >= from && d < until))
        {
            var isWorking = item.AllocatedOn <= day;
            var at = At(known, day, asAt, now, isWorking);
            var next = Span(item, episode, day, isWorking ? working : waiting, isWorking, at);
            if (spans.Count > 0 && Same(spans[^1], next))
            {
                continue;
            }

            if (spans.Count > 0)
            {
                End(spans[^1], day, spans[^1].VisitId == next.VisitId ? null : Departures.Allocated);
            }

            spans.Add(next);
        }

        if (spans.Count == 0)
        {
            // Joined and ended on the same day: it never stood on the list at the end of a day, but it came and went.
            spans.Add(Span(item, episode, from, waiting, false, now));
        }

        if (item.EndedOn is { } ended)
        {
            End(spans[^1], ended, item.EndReason ?? Departures.Vanished);
        }

        return spans;
    }

    public static bool Same(StageSpan a, StageSpan b) =>
        (a.PersonId, a.VisitId, a.StageKey, a.VisitDate, a.TeamId, a.WorkerId, a.Priority, a.PriorityReason, a.Risk)
        == (b.PersonId, b.VisitId, b.StageKey, b.VisitDate, b.TeamId, b.WorkerId, b.Priority, b.PriorityReason, b.Risk);

    public static void End(StageSpan span, DateOnly day, string? reason)
    {
        span.ToDate = day;
        span.ToOn = Instant(day);
        span.EndReason = reason;
    }

    public static DateTime Instant(DateOnly day) => CareClock.FromLondon(day, TimeOnly.MinValue);

    private static Guid? Visit(IReadOnlyList<StageSpan> known, string stage) => known.LastOrDefault(s => s.StageKey == stage)?.VisitId;

    private static Attributes At(IReadOnlyList<StageSpan> known, DateOnly day, DateOnly asAt, Attributes now, bool isWorking)
    {
        var then = known.LastOrDefault(s => s.FromDate <= day);
        var attributes = day >= asAt || then is null ? now : new Attributes(then.TeamId, then.WorkerId, then.Priority, then.PriorityReason, then.Risk);

        // Nobody has an item that waits, and whoever has it now had it since it was given out, unless an earlier file named another.
        return attributes with { WorkerId = isWorking ? attributes.WorkerId ?? now.WorkerId : null };
    }

    private static StageSpan Span(OpenItem item, Episode episode, DateOnly day, Guid visit, bool isWorking, Attributes at) => new()
    {
        EpisodeId = episode.Id,
        PersonId = episode.PersonId,
        PathwayKey = item.Kind.PathwayKey,
        StageKey = isWorking ? item.Kind.WorkingStage : item.Kind.WaitingStage,
        VisitId = visit,
        VisitDate = isWorking ? item.AllocatedOn!.Value : item.JoinedList,
        TeamId = at.TeamId,
        WorkerId = at.WorkerId,
        Priority = at.Priority,
        PriorityReason = at.PriorityReason,
        Risk = at.Risk,
        FromOn = Instant(day),
        FromDate = day,
    };
}

/// <summary>What a span holds beside its stage.</summary>
internal sealed record Attributes(Guid? TeamId, Guid? WorkerId, string? Priority, string? PriorityReason, string? Risk);
