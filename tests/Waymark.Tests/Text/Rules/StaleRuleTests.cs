using Xunit;

namespace Waymark.Tests.Text.Rules;

/// <summary>Rule 9.</summary>
public sealed class StaleRuleTests
{
    [Fact]
    public void X_21_OlderYearAsTodays_IsFound() =>
        new Checked("The majority of carers (65.8%) told us that we consulted them in decisions.\n\n| | 2022/23 | 2023/24 |\n|---|---|---|\n| Carers consulted in decisions | 65.8% | 64.1% |").Finds("stale", "65.8%", "64.1%");

    [Fact]
    public void Figure_WithItsYear_IsSilent() =>
        new Checked("In 2022/23 65.8% of carers told us that we consulted them in decisions.\n\n| | 2022/23 | 2023/24 |\n|---|---|---|\n| Carers consulted in decisions | 65.8% | 64.1% |").IsSilent();
}
