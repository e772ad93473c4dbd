using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Pathways;
using Xunit;

namespace Waymark.Tests.Kernel.Calendar;

public sealed class WorkingCalendarTests
{
    private static readonly Arbitrary<DateOnly> Days = Gen.Choose(new DateOnly(2015, 1, 1).DayNumber, new DateOnly(2031, 12, 31).DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary();
    private static readonly Arbitrary<int> Counts = Gen.Choose(-300, 300).ToArbitrary();

    [Theory]
    [InlineData("2020-05-08", true)]
    [InlineData("2020-05-04", false)]
    [InlineData("2022-06-02", true)]
    [InlineData("2022-06-03", true)]
    [InlineData("2022-05-30", false)]
    [InlineData("2022-09-19", true)]
    [InlineData("2023-05-08", true)]
    [InlineData("2021-12-27", true)]
    [InlineData("2021-12-28", true)]
    [InlineData("2022-01-03", true)]
    [InlineData("2026-12-28", true)]
    [InlineData("2027-12-27", true)]
    [InlineData("2028-01-03", true)]
    [InlineData("2030-04-19", true)]
    public void BankHolidays_KnownDays(string day, bool isHoliday) => (BankHolidays.On(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)) is not null).ShouldBe(isHoliday);

    [Fact]
    public void BankHolidays_2027And2028_SayTheyAreComputed()
    {
        BankHolidays.In(2026).ShouldAllBe(h => !h.IsComputed);
        BankHolidays.In(2027).ShouldAllBe(h => h.IsComputed);
        BankHolidays.In(2028).ShouldAllBe(h => h.IsComputed);
    }

    [Fact]
    public void BankHolidays_Rule_GivesTheListedDays_ButForOneOffs()
    {
        string[] onlyListed = ["2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08"];
        string[] onlyByRule = ["2020-05-04", "2022-05-30"];
        var years = Enumerable.Range(2018, 11).ToList();
        var listed = years.SelectMany(BankHolidays.In).Select(h => h.Date.ToString("yyyy-MM-dd", null)).ToHashSet();
        var byRule = years.SelectMany(BankHolidays.ByRule).Select(h => h.Date.ToString("yyyy-MM-dd", null)).ToHashSet();

        listed.Except(byRule).Order().ShouldBe(onlyListed);
        byRule.Except(listed).Order().ShouldBe(onlyByRule);
        years.SelectMany(BankHolidays.In).ShouldAllBe(h => !WorkingCalendar.IsWeekend(h.Date));
    }

    [Fact]
    public void WorkingDaysBetween_EqualsCountingOneByOne() => Prop.ForAll(Days, Counts, (from, span) =>
    {
        var to = from.AddDays(span);
        var (low, high) = from <= to ? (from, to) : (to, from);
        var counted = 0;
        for (var day = low.AddDays(1); day <= high; day = day.AddDays(1))
        {
            counted += WorkingCalendar.IsWorkingDay(day) ? 1 : 0;
        }

        return WorkingCalendar.WorkingDaysBetween(from, to) == (from <= to ? counted : -counted);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AddWorkingDays_LandsOnAWorkingDay_AsManyAway() => Prop.ForAll(Days, Counts, (from, count) =>
    {
        var to = WorkingCalendar.AddWorkingDays(from, count);
        return count == 0 ? to == from
            : WorkingCalendar.IsWorkingDay(to) && (count > 0
                ? WorkingCalendar.WorkingDaysBetween(from, to) == count
                : WorkingCalendar.WorkingDaysBetween(to.AddDays(-1), from.AddDays(-1)) == -count);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void DueOn_IsNeverEarlier_ForALongerLimit() => Prop.ForAll(Days, Gen.Choose(0, 60).ToArbitrary(), Gen.Elements(Enum.GetValues<ClockUnit>()).ToArbitrary(), (day, limit, unit) =>
    {
        var start = CareClock.FromLondon(day, new TimeOnly(14, 30));
        var office = new ServiceHours([("Monday", "08:30", "17:00"), ("Friday", "13:00", "24:00")]);
        var (sooner, later) = (WorkingCalendar.DueOn(start, limit, unit, service: office), WorkingCalendar.DueOn(start, limit + 1, unit, service: office));

        // Of a day without work, "the same working day" is the first after it, as "1 working day" is.
        return limit == 0 ? sooner <= later : sooner < later;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void DueOn_WorkingDays_EndOfLondonDay_SummerAndWinter()
    {
        // Thursday before the August bank holiday weekend: 2 working days are Friday and Tuesday.
        var summer = WorkingCalendar.DueOn(new DateTime(2024, 8, 22, 22, 59, 0, DateTimeKind.Utc), 2, ClockUnit.WorkingDays);
        summer.ShouldBe(new DateTime(2024, 8, 27, 23, 0, 0, DateTimeKind.Utc).AddMicroseconds(-1));
        CareClock.LondonDate(summer).ShouldBe(new DateOnly(2024, 8, 27));

        // 23:30 UTC in summer is already the next London day.
        CareClock.LondonDate(WorkingCalendar.DueOn(new DateTime(2024, 8, 22, 23, 30, 0, DateTimeKind.Utc), 2, ClockUnit.WorkingDays)).ShouldBe(new DateOnly(2024, 8, 28));

        WorkingCalendar.DueOn(new DateTime(2024, 1, 5, 12, 0, 0, DateTimeKind.Utc), 1, ClockUnit.WorkingDays).ShouldBe(new DateTime(2024, 1, 9, 0, 0, 0, DateTimeKind.Utc).AddMicroseconds(-1));
    }

    [Fact]
    public void DueOn_Hours_AreElapsed_OverTheSpringChange()
    {
        var saturdayNight = CareClock.FromLondon(new DateOnly(2024, 3, 31), new TimeOnly(0, 30));
        CareClock.LondonTime(WorkingCalendar.DueOn(saturdayNight, 2, ClockUnit.Hours)).ShouldBe(new DateTime(2024, 3, 31, 3, 30, 0));
    }

    [Fact]
    public void DueOn_CountsStartDay_21DaysBeginningWithTheDay()
    {
        var received = CareClock.FromLondon(new DateOnly(2024, 7, 1), new TimeOnly(9, 0));
        CareClock.LondonDate(WorkingCalendar.DueOn(received, 21, ClockUnit.CalendarDays, countsStartDay: true)).ShouldBe(new DateOnly(2024, 7, 21));
    }

    [Fact]
    public void DueOn_Months_ClampToTheEndOfTheMonth() =>
        CareClock.LondonDate(WorkingCalendar.DueOn(CareClock.FromLondon(new DateOnly(2023, 8, 31), new TimeOnly(9, 0)), 6, ClockUnit.Months)).ShouldBe(new DateOnly(2024, 2, 29));
}
