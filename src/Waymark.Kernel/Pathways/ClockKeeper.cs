using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.People;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.Pathways;

/// <summary>
/// Starts and stops the clocks a pathway names, in the caller's unit of work. A clock takes its limit from the policy of the London day it starts on and keeps it.
/// A pause never touches a clock: a paused person still waits (practice: clocks).
/// </summary>
[Scoped]
public sealed class ClockKeeper(WaymarkDb db, CouncilPolicy policy, Auditor audit)
{
    /// <summary>Brings the running clocks of episodes into the unit of work, in one statement. The acts below see only those.</summary>
    public Task LoadAsync(IReadOnlyCollection<Guid> episodeIds) => db.EpisodeClocks.Where(c => episodeIds.Contains(c.EpisodeId) && c.StoppedOn == null).LoadAsync();

    /// <summary>Clocks of receipt, and of birthdays of the person where the birth date is known.</summary>
    public void Received(Episode episode, Pathway pathway, Person? person)
    {
        Happened(episode, pathway, new ClockEvent(ClockEventKind.Received, null), episode.ReceivedOn);
        foreach (var clock in pathway.Clocks.Where(c => c.Start.Kind == ClockEventKind.PartyBirthday))
        {
            if (person?.BirthDate is { } birth)
            {
                Start(episode, clock, CareClock.FromLondon(Birthday(birth, int.Parse(clock.Start.Name!, CultureInfo.InvariantCulture)), TimeOnly.MinValue));
            }
        }
    }

    /// <summary>Something a clock may start or stop at has happened.</summary>
    public void Happened(Episode episode, Pathway pathway, ClockEvent what, DateTime on)
    {
        foreach (var running in Running(episode).Where(r => pathway.Clocks.Any(c => c.Key == r.ClockKey && c.Stop == what)))
        {
            Stop(running, on);
        }

        foreach (var clock in pathway.Clocks.Where(c => c.Start == what))
        {
            if (!Running(episode).Any(r => r.ClockKey == clock.Key))
            {
                Start(episode, clock, on);
            }
        }
    }

    /// <summary>Dates that a completed form promoted. A date that changed starts its clock afresh from the new one; the audit keeps the old.</summary>
    public void Promoted(Episode episode, Pathway pathway, IEnumerable<(string Key, DateTime On)> dates)
    {
        var known = DatesOf(episode);
        foreach (var (key, on) in dates)
        {
            var before = known.GetValueOrDefault(key);
            if (before == on)
            {
                continue;
            }

            known[key] = on;
            foreach (var clock in pathway.Clocks.Where(c => c.Start == ClockEvent.Date(key)))
            {
                if (Running(episode).FirstOrDefault(r => r.ClockKey == clock.Key) is { } running)
                {
                    audit.Record("correct-clock", episode, new { clock = clock.Key, before = running.StartedOn, after = on }, episode.PersonId);
                    db.EpisodeClocks.Remove(running);
                }

                Start(episode, clock, on);
            }

            foreach (var running in Running(episode).Where(r => pathway.Clocks.Any(c => c.Key == r.ClockKey && c.Stop == ClockEvent.Date(key))))
            {
                Stop(running, on);
            }
        }

        episode.PromotedDates = known.Count == 0 ? null : JsonSerializer.Serialize(known);
    }

    /// <summary>The episode closed: whatever still runs stops.</summary>
    public void Closed(Episode episode, DateTime on)
    {
        foreach (var running in Running(episode))
        {
            Stop(running, on);
        }
    }

    /// <summary>
    /// The episode is open again: clocks that only its closing had stopped run on from their own start, as if it had not closed. Those that had met their stop stay met.
    /// </summary>
    public async Task ReopenedAsync(Episode episode, Pathway pathway, string closedFromStage, DateTime closedOn)
    {
        var left = new ClockEvent(ClockEventKind.StageLeft, closedFromStage);
        foreach (var stopped in await db.EpisodeClocks.Where(c => c.EpisodeId == episode.Id && c.StoppedOn == closedOn).ToListAsync())
        {
            if (pathway.Clocks.FirstOrDefault(c => c.Key == stopped.ClockKey) is { } clock && clock.Stop != left)
            {
                (stopped.StoppedOn, stopped.StoppedDate) = (null, null);
            }
        }
    }

    public static Dictionary<string, DateTime> DatesOf(Episode episode) =>
        episode.PromotedDates is null ? [] : JsonSerializer.Deserialize<Dictionary<string, DateTime>>(episode.PromotedDates)!;

    /// <summary>The day an age is reached; one born on 29 February reaches it on 1 March of other years.</summary>
    public static DateOnly Birthday(DateOnly birth, int age)
    {
        var day = birth.AddYears(age);
        return (birth.Month, birth.Day) == (2, 29) && day.Day == 28 ? day.AddDays(1) : day;
    }

    private List<EpisodeClock> Running(Episode episode) => [.. db.EpisodeClocks.Local.Where(c => c.EpisodeId == episode.Id && c.StoppedOn is null)];

    private static void Stop(EpisodeClock clock, DateTime on) => (clock.StoppedOn, clock.StoppedDate) = (on, CareClock.LondonDate(on));

    private void Start(Episode episode, Clock clock, DateTime on)
    {
        var (due, words) = LimitFrom(clock.Limit, on);
        db.EpisodeClocks.Add(new EpisodeClock
        {
            EpisodeId = episode.Id,
            ClockKey = clock.Key,
            StartedOn = on,
            DueOn = due,
            DueDate = due is { } instant ? CareClock.LondonDate(instant) : null,
            Limit = words,
            IsThreshold = clock.IsThreshold,
        });
    }

    private (DateTime? Due, string Words) LimitFrom(ClockLimit limit, DateTime on)
    {
        if (limit.PolicyKey is { } key)
        {
            var day = CareClock.LondonDate(on);
            return policy.LimitAt(key, day) is { } found
                ? (WorkingCalendar.DueOn(on, found.Value, found.Unit, limit.CountsStartDay, found.Unit == ClockUnit.ServiceHours ? ServiceHours.On(policy, day) : null), found.Words)
                : (null, "no limit");
        }

        var countsStartDay = limit.FirstDayPolicyKey is { } firstDay ? policy.NumberAt(firstDay, CareClock.LondonDate(on)) != 0 : limit.CountsStartDay;
        return limit.StatutoryValue is { } value
            ? (WorkingCalendar.DueOn(on, value, limit.StatutoryUnit, countsStartDay), $"{Words(value, limit.StatutoryUnit)}, by law ({limit.Source})")
            : (null, "no limit");
    }

    private static string Words(int value, ClockUnit unit) => Ui.Format.Plural(value, unit switch
    {
        ClockUnit.Hours => "hour",
        ClockUnit.ServiceHours => "service hour",
        ClockUnit.WorkingDays => "working day",
        ClockUnit.CalendarDays => "day",
        ClockUnit.Weeks => "week",
        _ => "month",
    });
}
