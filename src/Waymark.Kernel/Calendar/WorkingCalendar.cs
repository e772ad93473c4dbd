using Waymark.Kernel.Pathways;

namespace Waymark.Kernel.Calendar;

/// <summary>
/// Working days in England and the instants by which clocks must stop. A limit in hours is elapsed time, night and weekend included; every other limit is
/// due at the end of a London day, the last microsecond before midnight.
/// </summary>
public static class WorkingCalendar
{
    public static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    public static bool IsWorkingDay(DateOnly day) => !IsWeekend(day) && BankHolidays.On(day) is null;

    /// <summary>The <paramref name="count"/>th working day after <paramref name="day"/>, which itself is day 0 even when no work is done on it. Negative counts go back.</summary>
    public static DateOnly AddWorkingDays(DateOnly day, int count)
    {
        var step = Math.Sign(count);
        for (var left = Math.Abs(count); left > 0;)
        {
            day = day.AddDays(step);
            if (IsWorkingDay(day))
            {
                left--;
            }
        }

        return day;
    }

    /// <summary>Working days after <paramref name="from"/> up to and including <paramref name="to"/>; the negative of the other way round when <paramref name="to"/> is earlier.</summary>
    public static int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        if (to < from)
        {
            return -WorkingDaysBetween(to, from);
        }

        var days = to.DayNumber - from.DayNumber;
        var working = days / 7 * 5;
        for (var day = to.AddDays(-(days % 7) + 1); day <= to; day = day.AddDays(1))
        {
            working += IsWeekend(day) ? 0 : 1;
        }

        for (var year = from.Year; year <= to.Year; year++)
        {
            working -= BankHolidays.In(year).Count(h => h.Date > from && h.Date <= to);
        }

        return working;
    }

    /// <summary>The same day of a later (or earlier) month, or that month's last day where it has no such day.</summary>
    public static DateOnly AddMonths(DateOnly day, int months) => day.AddMonths(months);

    /// <summary>The last instant of a London day, UTC.</summary>
    public static DateTime EndOf(DateOnly londonDay) => CareClock.FromLondon(londonDay.AddDays(1), TimeOnly.MinValue).AddMicroseconds(-1);

    /// <summary>
    /// The instant by which a clock must have stopped. <paramref name="countsStartDay"/>: the day of the start is day 1 ("21 days beginning with the day"), so the
    /// limit ends a day earlier; it has no meaning for hours.
    /// </summary>
    /// <param name="service">The hours that <see cref="ClockUnit.ServiceHours"/> count in.</param>
    public static DateTime DueOn(DateTime startedOn, int limit, ClockUnit unit, bool countsStartDay = false, ServiceHours? service = null)
    {
        if (unit == ClockUnit.Hours)
        {
            return startedOn.AddHours(limit);
        }

        if (unit == ClockUnit.ServiceHours)
        {
            return (service ?? throw new ArgumentNullException(nameof(service), "A limit in service hours needs the hours of service.")).Add(startedOn, limit);
        }

        var start = CareClock.LondonDate(startedOn);
        if (countsStartDay)
        {
            start = start.AddDays(-1);
        }

        return EndOf(unit switch
        {
            // "The same working day": of what comes on a day without work, the next day with.
            ClockUnit.WorkingDays when limit == 0 => IsWorkingDay(start) ? start : AddWorkingDays(start, 1),
            ClockUnit.WorkingDays => AddWorkingDays(start, limit),
            ClockUnit.CalendarDays => start.AddDays(limit),
            ClockUnit.Weeks => start.AddDays(limit * 7),
            ClockUnit.Months => AddMonths(start, limit),
            _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "No such unit."),
        });
    }
}
