using System.Globalization;

namespace Waymark.Text.Numbers;

public enum PeriodKind { Point, Span, Relative }

/// <summary>When a figure holds: at a day or month, over a stretch, or in relation to another ("the year before").</summary>
/// <param name="YearsBack">Of a relative one: how many years before the figure beside it; 0 for the latest, as "in the last 12 months".</param>
public sealed record Period(PeriodKind Kind, DateOnly From, DateOnly To, int YearsBack = 0)
{
    public static Period Relative(int yearsBack) => new(PeriodKind.Relative, default, default, yearsBack);

    public static Period Month(int year, int month) => new(PeriodKind.Point, new DateOnly(year, month, 1), new DateOnly(year, month, DateTime.DaysInMonth(year, month)));

    public static Period FinancialYear(int year) => new(PeriodKind.Span, new DateOnly(year, 4, 1), new DateOnly(year + 1, 3, 31));

    public static Period CalendarYear(int year) => new(PeriodKind.Span, new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));

    public bool IsDated => Kind != PeriodKind.Relative;

    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>Whether two figures of these times can be one figure.</summary>
    public bool Coincides(Period other)
    {
        if (!IsDated || !other.IsDated)
        {
            return Kind == other.Kind && YearsBack == other.YearsBack;
        }

        if (Kind == PeriodKind.Span && other.Kind == PeriodKind.Span)
        {
            return From == other.From && To == other.To;
        }

        var (point, span) = Kind == PeriodKind.Point ? (this, other) : (other, this);
        return span.Kind == PeriodKind.Point
            ? (point.From <= span.To && span.From <= point.To) || point.To.AddDays(1) == span.From || span.To.AddDays(1) == point.From
            : point.To.Year == span.To.Year && point.To.Month == span.To.Month;
    }

    /// <summary>Whether it ended before the other ended; of relative ones, whether it looks further back.</summary>
    public bool IsBefore(Period other) => IsDated && other.IsDated ? To < other.To : Kind == PeriodKind.Relative && other.Kind == PeriodKind.Relative ? YearsBack > other.YearsBack : Kind == PeriodKind.Relative && YearsBack > 0;

    public override string ToString() => this switch
    {
        { Kind: PeriodKind.Relative } => YearsBack == 0 ? "the latest period" : "the period before",
        { Kind: PeriodKind.Point } when From == To => From.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB")),
        { Kind: PeriodKind.Point } => From.ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en-GB")),
        { From: { Month: 4, Day: 1 }, To: { Month: 3, Day: 31 } } when To.Year == From.Year + 1 => $"{From.Year}/{To.Year % 100:00}",
        { From: { Month: 1, Day: 1 }, To: { Month: 12, Day: 31 } } when To.Year == From.Year => $"{From.Year}",
        _ => $"{From.ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"))} to {To.ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"))}",
    };
}
