using System.Globalization;
using Waymark.Kernel.Calendar;

namespace Waymark.Kernel.Ui;

/// <summary>How Waymark writes dates, waits and numbers, everywhere: pages, letters, e-mail, packs.</summary>
public static class Format
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>"31 July 2024".</summary>
    public static string Date(DateOnly date) => date.ToString("d MMMM yyyy", British);

    /// <summary>"31 July 2024", or what to say where there is none.</summary>
    public static string Date(DateOnly? date, string none = "not known") => date is { } known ? Date(known) : none;

    /// <summary>"31 Jul 2024", for dense tables.</summary>
    public static string ShortDate(DateOnly date) => date.ToString("d MMM yyyy", British).Replace("Sept", "Sep", StringComparison.Ordinal);

    public static string ShortDate(DateOnly? date, string none = "") => date is { } known ? ShortDate(known) : none;

    /// <summary>"31 July 2024, 10:04": an instant in London time.</summary>
    public static string DateTime(DateTime utc)
    {
        var local = CareClock.LondonTime(utc);
        return $"{Date(DateOnly.FromDateTime(local))}, {local.ToString("HH:mm", British)}";
    }

    /// <summary>"10:04" in London.</summary>
    public static string Time(DateTime utc) => CareClock.LondonTime(utc).ToString("HH:mm", British);

    /// <summary>"82 days", "1 day".</summary>
    public static string Days(int days) => Plural(days, "day");

    /// <summary>"82 days": the wait from a day to another.</summary>
    public static string Days(DateOnly from, DateOnly to) => Days(to.DayNumber - from.DayNumber);

    /// <summary>"1,448".</summary>
    public static string Count(long number) => number.ToString("N0", British);

    /// <summary>"1 person", "1,448 people": with the irregular plural given where there is one.</summary>
    public static string Plural(long number, string one, string? many = null) => $"{Count(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>"£1,234.56" from pence.</summary>
    public static string Money(long pence) => (pence / 100m).ToString("C2", British);

    /// <summary>
    /// "due Tuesday 6 August, 4 working days left", "due today", "due tomorrow", "due yesterday, 1 working day overdue". The year is said when it is not this one.
    /// </summary>
    /// <param name="workingDaysLeft">Working days from today to the day due, as the calendar counts; negative when past, in magnitude the working days since.</param>
    public static string Due(DateOnly due, DateOnly today, int workingDaysLeft)
    {
        var day = (due.DayNumber - today.DayNumber) switch
        {
            0 => "today",
            1 => "tomorrow",
            -1 => "yesterday",
            _ => due.ToString(due.Year == today.Year ? "dddd d MMMM" : "dddd d MMMM yyyy", British),
        };
        return due == today ? "due today"
            : due > today ? $"due {day}, {Plural(workingDaysLeft, "working day")} left"
            : $"due {day}, {Plural(Math.Abs(workingDaysLeft), "working day")} overdue";
    }

    /// <summary>"3 days ago", "today", "yesterday", "in 2 days".</summary>
    public static string Ago(DateOnly date, DateOnly today) => (today.DayNumber - date.DayNumber) switch
    {
        0 => "today",
        1 => "yesterday",
        -1 => "tomorrow",
        > 1 and var days => $"{Days(days)} ago",
        var days => $"in {Days(-days)}",
    };

    /// <summary>Age in whole years on a day; one born on 29 February has their birthday on 1 March of other years (as English law counts).</summary>
    public static int Age(DateOnly born, DateOnly on)
    {
        var years = on.Year - born.Year;
        return (on.Month, on.Day).CompareTo((born.Month, born.Day)) < 0 ? years - 1 : years;
    }

    /// <summary>A key as words: <c>break-glass-opened</c> reads "Break glass opened".</summary>
    public static string Words(string key) => key.Length == 0 ? "" : char.ToUpperInvariant(key[0]) + key[1..].Replace('-', ' ');

    /// <summary>For the middle of a sentence: "Date of birth" to "date of birth"; "NHS number" stays.</summary>
    public static string LowerFirst(string text) =>
        text.Length > 1 && char.IsUpper(text[0]) && !char.IsUpper(text[1]) ? char.ToLower(text[0], British) + text[1..] : text;
}
