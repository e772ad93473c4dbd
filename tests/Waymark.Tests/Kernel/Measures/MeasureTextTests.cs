using Shouldly;
using Waymark.Kernel.Measures;
using Xunit;

namespace Waymark.Tests.Kernel.Measures;

public sealed class MeasureTextTests
{
    [Theory]
    [InlineData("592", "1448", "people", 0, "856 fewer than a year ago (−59.1%)")]
    [InlineData("71.3", "70.7", "%", 1, "0.6 percentage points more than a year ago")]
    [InlineData("82", "130", "days", 0, "48 fewer than a year ago (−36.9%)")]
    [InlineData("6660", "6526", "people", 0, "134 more than a year ago (+2.1%)")]
    [InlineData("12", "0", "items", 0, "12 more than a year ago")]
    [InlineData("7", "7", "items", 0, "the same as a year ago")]
    public void X_04_Change_SaysPointsOrPercent(string now, string then, string unit, int decimals, string words) =>
        MeasureText.Change(Value(now, unit, decimals), Value(then, unit, decimals), "a year ago")!.Words.ShouldBe(words);

    [Theory]
    [InlineData("0.5", 0, "1")]
    [InlineData("2.5", 0, "3")]
    [InlineData("-2.5", 0, "-3")]
    [InlineData("25.65", 1, "25.7")]
    [InlineData("66400", 0, "66,400")]
    public void Display_RoundsHalfAwayFromZero(string value, int decimals, string text) =>
        MeasureText.Of(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), "items", decimals).ShouldBe(text);

    [Theory]
    [InlineData("75-84", "75 to 84")]
    [InlineData("18 to 24", "18 to 24")]
    [InlineData("95+", "95 and above")]
    [InlineData("Under 18", "Under 18")]
    [InlineData("20-30", null)]
    [InlineData("", null)]
    public void AgeBand_AsExtractsWriteIt_IsTheNationalBandOrNone(string text, string? band) => AgeBands.Normalise(text).ShouldBe(band);

    private static MeasureValue Value(string value, string unit, int decimals) => new()
    {
        Key = "k", Title = "t", Unit = unit, Value = decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), Numerator = 0, AsAt = new DateOnly(2024, 7, 31),
        Version = 1, Rows = 1, Decimals = decimals,
    };
}
