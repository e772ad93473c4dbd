namespace Waymark.Kernel.Calendar;

/// <summary>
/// What day it is in the work: due dates, spans, as-at. <see cref="TimeProvider"/> stays real, for sign-in, audit, outbox and leases.
/// A demo database starts the care clock at 31 July 2024, 10:00 London time, and it ticks from there.
/// </summary>
public sealed class CareClock(TimeProvider time, TimeSpan offset = default)
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>Where a new demo database's care clock starts: 31 July 2024, 10:00 London time (BST).</summary>
    public static readonly DateTime DemoStart = new(2024, 7, 31, 9, 0, 0, DateTimeKind.Utc);

    /// <summary>Key of the <see cref="Data.Setting"/> that holds the offset in ticks.</summary>
    public const string OffsetSetting = "care-clock.offset";

    /// <summary>Added to real time. Mutable so that tests and a demo move the day.</summary>
    public TimeSpan Offset { get; set; } = offset;

    /// <summary>The instant, UTC, whole microseconds.</summary>
    public DateTime Now => Data.Instants.Truncate(time.GetUtcNow().UtcDateTime + Offset);

    /// <summary>The day in London.</summary>
    public DateOnly Today => LondonDate(Now);

    public static DateOnly LondonDate(DateTime utc) => DateOnly.FromDateTime(LondonTime(utc));

    public static DateTime LondonTime(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), London);

    /// <summary>The UTC instant of a London wall time; a time that the spring change skips is moved on by the hour.</summary>
    public static DateTime FromLondon(DateOnly date, TimeOnly at)
    {
        var local = date.ToDateTime(at, DateTimeKind.Unspecified);
        return TimeZoneInfo.ConvertTimeToUtc(London.IsInvalidTime(local) ? local.AddHours(1) : local, London);
    }
}
