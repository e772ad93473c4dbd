using Xunit;

namespace Waymark.Tests.Text.Rules;

/// <summary>Rule 13.</summary>
public sealed class UnitOrPeriodRuleTests
{
    [Fact]
    public void X_33_HoursWithoutPeriod_AreToBeChecked() =>
        new Checked("Micro-enterprises provide more than 3,600 hours of support.").Finds("unit-or-period", "3,600");

    [Fact]
    public void Rate_WithoutUnit_IsToBeChecked() =>
        new Checked("The turnover rate was 27.9, well above the region.").Finds("unit-or-period", "27.9");

    [Fact]
    public void Hours_AWeekAndAMonth_IsFound() =>
        new Checked("The council buys 20,223 hours of home care per month.\n\nProviders deliver 20,223 hours of home care a week.").Finds("unit-or-period", "month", "week");

    [Fact]
    public void Money_AThousandTimesItsNeighbour_IsFound() =>
        new Checked("Client debt was £8.7bn at 30 September, compared with £8.1m at 30 June.").Finds("unit-or-period", "£8.7bn");

    [Fact]
    public void Units_Given_AreSilent() =>
        new Checked("Micro-enterprises provide 3,600 hours of support a week. The turnover rate was 27.9%.").IsSilent();
}
