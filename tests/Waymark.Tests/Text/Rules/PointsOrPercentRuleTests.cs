using Xunit;

namespace Waymark.Tests.Text.Rules;

/// <summary>Rule 2.</summary>
public sealed class PointsOrPercentRuleTests
{
    [Fact]
    public void Points_CalledPerCent_IsFound() =>
        new Checked("The share of requests that led to a service went up from 11% to 14%, an increase of 3%.").Finds("points-or-percent", "from 11% to 14%");

    [Fact]
    public void Points_RelativeCalledPoints_IsFound() =>
        new Checked("Satisfaction rose from 50% to 60%, an increase of 20 percentage points.").Finds("points-or-percent", "50%");

    [Fact]
    public void X_29_ConversionFellByPerCent_IsToBeChecked() =>
        new Checked("The conversion rate of concern to enquiry fell by 6% in the year.").Finds("points-or-percent", "fell by 6%");

    [Fact]
    public void Points_CalledPoints_IsSilent() =>
        new Checked("Satisfaction rose from 62% to 65%, an increase of 3 percentage points. Spending rose by 6% in the year.").IsSilent();
}
