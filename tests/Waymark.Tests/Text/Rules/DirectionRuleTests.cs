using Xunit;

namespace Waymark.Tests.Text.Rules;

/// <summary>Rule 10.</summary>
public sealed class DirectionRuleTests
{
    [Fact]
    public void Direction_FellButRose_IsFound() =>
        new Checked("The number of people waiting fell from 188 in March 2023 to 231 in March 2024.").Finds("direction", "188");

    [Fact]
    public void Direction_AboveButBelow_IsFound() =>
        new Checked("Turnover was 22% in 2023/24. England's rate was 24.8%, so we are above the national average.").Finds("direction", "24.8%");

    [Fact]
    public void X_07_ListsGrewAndFell_IsFound() =>
        new Checked("The number of people waiting for an assessment fell by 46%, from 589 in August 2024 to 318 in August 2025.\n\nWaiting lists for assessment have continued to grow.").Finds("direction", "589", "continued to grow");

    [Fact]
    public void Direction_MostButLessThanHalf_IsFound() =>
        new Checked("Most carers (44%) said they were satisfied.").Finds("direction", "44%");

    [Fact]
    public void Direction_AsTheNumbersGo_IsSilent() =>
        new Checked("The number of people waiting fell from 231 in March 2023 to 188 in March 2024. 82.3% of homes are good, above the England figure of 80.6%.").IsSilent();
}
