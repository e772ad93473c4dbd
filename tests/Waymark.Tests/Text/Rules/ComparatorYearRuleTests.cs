using Xunit;

namespace Waymark.Tests.Text.Rules;

/// <summary>Rule 15.</summary>
public sealed class ComparatorYearRuleTests
{
    [Fact]
    public void X_53_EnglandAYearOlder_IsFound() =>
        new Checked("| | Oxon 2022/23 | Oxon 2023/24 | England 2022/23 |\n|---|---|---|---|\n| Feel safe | 72.6% | 74.6% | 69.7% |").Finds("comparator-year", "England 2022/23");

    [Fact]
    public void Sentence_WithTwoYears_IsFound() =>
        new Checked("In 2023/24 74.6% of people felt safe, compared with 69.7% in England in 2022/23.").Finds("comparator-year", "69.7%");

    [Fact]
    public void Sentence_ThatSaysSo_IsSilent() =>
        new Checked("In 2023/24 74.6% of people felt safe, compared with 69.7% in England in 2022/23; the newer figure is not yet published.").IsSilent();
}
