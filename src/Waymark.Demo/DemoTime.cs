using Waymark.Kernel.Calendar;
using Waymark.Kernel.Pathways;

namespace Waymark.Demo;

/// <summary>Days and spans of the story, in London time.</summary>
internal static class DemoTime
{
    public static DateTime Now => CareClock.DemoStart;

    public static DateTime On(DateOnly day, int hour, int minute) => CareClock.FromLondon(day, new TimeOnly(hour, minute));

    public static DateOnly WorkingDayAfter(DateOnly day, int days)
    {
        for (; days > 0 || day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday; days = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? days : days - 1)
        {
            day = day.AddDays(1);
        }

        return day;
    }

    public static StageSpan Span(
        Episode episode, string stage, Guid visit, Guid? team, Guid? worker, DateTime from, DateTime? to, string? reason, string? priority = null, string? risk = null) => new()
        {
            EpisodeId = episode.Id,
            PersonId = episode.PersonId,
            PathwayKey = episode.PathwayKey,
            StageKey = stage,
            VisitId = visit,
            VisitDate = CareClock.LondonDate(from),
            TeamId = team,
            WorkerId = worker,
            Priority = priority,
            Risk = risk,
            FromOn = from,
            FromDate = CareClock.LondonDate(from),
            ToOn = to,
            ToDate = to is { } end ? CareClock.LondonDate(end) : null,
            EndReason = reason,
        };

    public static void Close(Episode episode, DateTime on, string exit, string departure) =>
        (episode.ClosedOn, episode.ClosedDate, episode.ExitKey, episode.Departure) = (on, CareClock.LondonDate(on), exit, departure);
}
