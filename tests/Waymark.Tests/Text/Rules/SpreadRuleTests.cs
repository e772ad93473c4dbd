using Xunit;

namespace Waymark.Tests.Text.Rules;

/// <summary>Rule 6.</summary>
public sealed class SpreadRuleTests
{
    [Fact]
    public void X_03_MeanAboveHalfOfMedianAndLongest_IsFound() =>
        new Checked("The mean wait was 77 days, the median 62 days and the longest 82 days.").Finds("mean-median-longest", "77 days");

    [Fact]
    public void Mean_AboveTheLongest_IsFound() =>
        new Checked("The average wait is six weeks and the longest five weeks.").Finds("mean-median-longest", "six weeks");

    [Fact]
    public void X_11_MedianAboveMean_IsToBeChecked() =>
        new Checked("On average, an application took 105 days; the median was 125 days.").Finds("mean-median-longest", "125 days");

    [Fact]
    public void Spread_Possible_IsSilent() =>
        new Checked("The mean wait was 34 days, the median 21 days and the longest 96 days.").IsSilent();
}
