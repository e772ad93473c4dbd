using System.Globalization;
using System.Reflection;

namespace Waymark.Kernel.Calendar;

/// <summary>
/// England's bank holidays. 2018 to 2028 stand in <c>bank-holidays-england.csv</c>, where each row says whether it was announced or computed by rule;
/// other years are computed by rule, so one-off holidays of those years are not known. Every holiday falls on a weekday: the rules move the rest.
/// </summary>
public static class BankHolidays
{
    private static readonly Dictionary<DateOnly, BankHoliday> Listed = Read();
    private static readonly int FirstListedYear = Listed.Keys.Min().Year;
    private static readonly int LastListedYear = Listed.Keys.Max().Year;

    public static IReadOnlyList<BankHoliday> In(int year) => year >= FirstListedYear && year <= LastListedYear
        ? [.. Listed.Values.Where(h => h.Date.Year == year).OrderBy(h => h.Date)]
        : [.. ByRule(year).OrderBy(h => h.Date)];

    public static BankHoliday? On(DateOnly day) => day.Year >= FirstListedYear && day.Year <= LastListedYear
        ? Listed.GetValueOrDefault(day)
        : In(day.Year).FirstOrDefault(h => h.Date == day);

    /// <summary>The eight of the Banking and Financial Dealings Act 1971 and custom, with substitute days for those that fall on a weekend.</summary>
    public static IEnumerable<BankHoliday> ByRule(int year)
    {
        var newYear = new DateOnly(year, 1, 1);
        var newYearKept = OnOrAfter(newYear, d => !WorkingCalendar.IsWeekend(d));
        yield return Computed(newYearKept, "New Year's Day", newYear);
        yield return Computed(Easter(year).AddDays(-2), "Good Friday");
        yield return Computed(Easter(year).AddDays(1), "Easter Monday");
        yield return Computed(OnOrAfter(new DateOnly(year, 5, 1), IsMonday), "Early May bank holiday");
        yield return Computed(OnOrAfter(new DateOnly(year, 5, 25), IsMonday), "Spring bank holiday");
        yield return Computed(OnOrAfter(new DateOnly(year, 8, 25), IsMonday), "Summer bank holiday");
        var christmas = new DateOnly(year, 12, 25);
        var boxing = new DateOnly(year, 12, 26);
        yield return Computed(WorkingCalendar.IsWeekend(christmas) ? new DateOnly(year, 12, 27) : christmas, "Christmas Day", christmas);
        yield return Computed(WorkingCalendar.IsWeekend(boxing) ? new DateOnly(year, 12, 28) : boxing, "Boxing Day", boxing);
    }

    private static BankHoliday Computed(DateOnly kept, string name, DateOnly? named = null) =>
        new(kept, named is { } day && day != kept ? $"{name} (substitute day)" : name, IsComputed: true);

    private static DateOnly OnOrAfter(DateOnly day, Func<DateOnly, bool> fits)
    {
        while (!fits(day))
        {
            day = day.AddDays(1);
        }

        return day;
    }

    private static bool IsMonday(DateOnly day) => day.DayOfWeek == DayOfWeek.Monday;

    /// <summary>Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).</summary>
    private static DateOnly Easter(int year)
    {
        var (golden, century, inCentury) = (year % 19, year / 100, year % 100);
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (inCentury / 4)) - epact - (inCentury % 4)) % 7;
        var correction = (golden + (11 * epact) + (22 * weekday)) / 451;
        var days = epact + weekday - (7 * correction) + 114;
        return new DateOnly(year, days / 31, (days % 31) + 1);
    }

    private static Dictionary<DateOnly, BankHoliday> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("bank-holidays-england.csv")!;
        using var reader = new StreamReader(stream);
        var holidays = new Dictionary<DateOnly, BankHoliday>();
        reader.ReadLine();
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            var cells = line.Split(',');
            var date = DateOnly.ParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture);
            holidays.Add(date, new BankHoliday(date, cells[1], cells[2] == "computed"));
        }

        return holidays;
    }
}

/// <param name="Date">The weekday it is kept on.</param>
/// <param name="IsComputed">By rule, ahead of any announcement: a one-off holiday may yet be added.</param>
public sealed record BankHoliday(DateOnly Date, string Name, bool IsComputed);
