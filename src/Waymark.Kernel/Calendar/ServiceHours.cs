using System.Globalization;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.Calendar;

/// <summary>When a service is open, by the council's policy table <c>service.hours</c>: columns <c>day</c> (a day of the week, or <c>Bank holiday</c>), <c>from</c>, <c>to</c>; several rows a day are several openings.</summary>
public sealed class ServiceHours
{
    public const string Table = "service.hours";
    public const string BankHoliday = "Bank holiday";

    // A service that opens on no day would be searched for ever.
    private const int MostDaysClosed = 30;

    private readonly ILookup<string, (TimeSpan From, TimeSpan To)> openings;

    /// <param name="rows">Day, from, to; "24:00" is midnight at the end of the day.</param>
    /// <exception cref="FormatException">A row is no day or no time.</exception>
    public ServiceHours(IEnumerable<(string Day, string From, string To)> rows) =>
        openings = rows.Select(r => (Day: DayOf(r.Day), From: TimeOf(r.From), To: TimeOf(r.To))).Where(r => r.To > r.From).OrderBy(r => r.From)
            .ToLookup(r => r.Day, r => (r.From, r.To), StringComparer.OrdinalIgnoreCase);

    /// <summary>As the policy says on a day.</summary>
    public static ServiceHours On(CouncilPolicy policy, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new ServiceHours(policy.TableAt(Table, day).Rows.Select(r => (r["day"], r["from"], r["to"])));
    }

    /// <summary>What is wrong with a table of a policy file, before it is loaded; null when nothing is.</summary>
    public static string? Problem(PolicyTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (new[] { "day", "from", "to" }.Except(table.Columns).Any())
        {
            return $"The table \"{Table}\" needs the columns day, from and to.";
        }

        try
        {
            var hours = new ServiceHours(table.Rows.Select(r => (r["day"], r["from"], r["to"])));
            return hours.openings.Any(day => day.Key != BankHoliday) ? null : $"The table \"{Table}\" is open on no day of the week.";
        }
        catch (FormatException wrong)
        {
            return wrong.Message;
        }
    }

    /// <summary>The instant at which so many open hours have passed. Elapsed time within an opening, so that an hour of a clock change counts as it is lived.</summary>
    public DateTime Add(DateTime startedOn, int hours)
    {
        var (left, day, closed) = (TimeSpan.FromHours(hours), CareClock.LondonDate(startedOn), 0);
        while (closed < MostDaysClosed)
        {
            foreach (var (from, to) in OpenOn(day))
            {
                var (opens, closes) = (Instant(day, from), Instant(day, to));
                var start = startedOn > opens ? startedOn : opens;
                if (closes - start >= left)
                {
                    return start + left;
                }

                left -= closes > start ? closes - start : TimeSpan.Zero;
            }

            closed = OpenOn(day).Any() ? 0 : closed + 1;
            day = day.AddDays(1);
        }

        throw new InvalidOperationException($"The policy table \"{Table}\" has no opening in {MostDaysClosed} days, so a limit in service hours would never be due.");
    }

    private IEnumerable<(TimeSpan From, TimeSpan To)> OpenOn(DateOnly day) => openings[BankHolidays.On(day) is null ? day.DayOfWeek.ToString() : BankHoliday];

    private static DateTime Instant(DateOnly day, TimeSpan at) =>
        at.TotalHours >= 24 ? CareClock.FromLondon(day.AddDays(1), TimeOnly.MinValue) : CareClock.FromLondon(day, TimeOnly.FromTimeSpan(at));

    private static string DayOf(string text) => text.Trim() is var day && (day.Equals(BankHoliday, StringComparison.OrdinalIgnoreCase) || Enum.TryParse<DayOfWeek>(day, true, out _))
        ? day
        : throw new FormatException($"\"{text}\" in the policy table \"{Table}\" is not a day: write Monday, or {BankHoliday}.");

    private static TimeSpan TimeOf(string text) => text.Trim() == "24:00" ? TimeSpan.FromHours(24)
        : TimeOnly.TryParseExact(text.Trim(), "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan()
        : throw new FormatException($"\"{text}\" in the policy table \"{Table}\" is not a time: write 08:30.");
}
