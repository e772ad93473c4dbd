using Shouldly;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Ui;
using Xunit;

namespace Waymark.Tests.Kernel.Ui;

public sealed class FormatTests
{
    private static readonly DateOnly Wednesday = new(2024, 7, 31);

    private enum Answer { Yes, NotYetKnown, [Choice("No, and why")] No, ByNHSNumber }

    [Fact]
    public void Date_IsWrittenInFull() => Format.Date(Wednesday).ShouldBe("31 July 2024");

    [Theory]
    [InlineData(1, "1 day")]
    [InlineData(82, "82 days")]
    [InlineData(1448, "1,448 days")]
    public void Days_AreCounted(int days, string words) => Format.Days(days).ShouldBe(words);

    [Theory]
    [InlineData(6, 4, "due Tuesday 6 August, 4 working days left", 8)]
    [InlineData(31, 0, "due today", 7)]
    [InlineData(1, 1, "due tomorrow, 1 working day left", 8)]
    [InlineData(30, -1, "due yesterday, 1 working day overdue", 7)]
    [InlineData(24, -5, "due Wednesday 24 July, 5 working days overdue", 7)]
    public void Due_SaysTheDayAndWhatIsLeft(int day, int workingDays, string words, int month) =>
        Format.Due(new DateOnly(2024, month, day), Wednesday, workingDays).ShouldBe(words);

    [Fact]
    public void Due_InAnotherYear_SaysTheYear() => Format.Due(new DateOnly(2025, 1, 7), Wednesday, 110).ShouldStartWith("due Tuesday 7 January 2025,");

    [Fact]
    public void DateTime_IsLondonTime() => Format.DateTime(new DateTime(2024, 7, 31, 9, 4, 0, DateTimeKind.Utc)).ShouldBe("31 July 2024, 10:04");

    [Theory]
    [InlineData("2004-02-29", "2024-02-28", 19)]
    [InlineData("2004-02-29", "2023-02-28", 18)]
    [InlineData("2004-02-29", "2023-03-01", 19)]
    [InlineData("1940-07-31", "2024-07-31", 84)]
    public void Age_IsWholeYears(string born, string on, int age) =>
        Format.Age(DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture), DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(age);

    [Fact]
    public void Money_IsPounds() => Format.Money(123_456).ShouldBe("£1,234.56");

    [Fact]
    public void Choices_AreReadFromTheEnum() =>
        Choices.Of<Answer>().Select(c => c.Text).ShouldBe(["Yes", "Not yet known", "No, and why", "By NHS number"]);

    [Theory]
    [InlineData("31", "2", "2024", "Date of birth must be a real date", null)]
    [InlineData("31", "", "2024", "Date of birth must include a month", "Month")]
    [InlineData("", "", "2024", "Date of birth must include a day and month", "Day")]
    [InlineData("1", "7", "24", "Date of birth: year must include 4 numbers", "Year")]
    [InlineData("1", "13", "2024", "Date of birth must be a real date", null)]
    [InlineData("one", "7", "2024", "Date of birth must be a real date", null)]
    [InlineData("0", "0", "0000", "Date of birth must be a real date", null)]
    public void DateParts_ThatAreNoDate_SayWhatIsWrong(string day, string month, string year, string message, string? part)
    {
        var read = DatePartsBinder.Read("Date of birth", day, month, year);

        read.Date.ShouldBeNull();
        read.Error.ShouldBe(message);
        read.Part.ShouldBe(part);
    }

    [Theory]
    [InlineData("31", "7", "2024")]
    [InlineData(" 31 ", "July", "2024")]
    [InlineData("31", "jul", "2024")]
    [InlineData("31", "07", "2024")]
    public void DateParts_AsPeopleTypeThem_AreRead(string day, string month, string year) => DatePartsBinder.Read("Date", day, month, year).Date.ShouldBe(Wednesday);

    [Fact]
    public void DateParts_LeftEmpty_AreNoDateAndNoError() => DatePartsBinder.Read("Date", "", " ", null).ShouldBe((null, null, null));
}
