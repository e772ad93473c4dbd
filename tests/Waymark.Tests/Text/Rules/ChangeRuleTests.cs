using Xunit;

namespace Waymark.Tests.Text.Rules;

/// <summary>Rule 1.</summary>
public sealed class ChangeRuleTests
{
    [Fact]
    public void Change_WrongPercentage_IsFound() =>
        new Checked("Referrals rose from 1,200 in 2022/23 to 1,500 in 2023/24, an increase of 20%.").Finds("change", "1,200");

    [Fact]
    public void Change_WrongCount_IsFound() =>
        new Checked("Client numbers have increased by 40 since April, from 742 to 772.").Finds("change", "742");

    [Fact]
    public void Change_NotDoubled_IsFound() =>
        new Checked("The number of people using telecare has doubled, from 900 to 1,350.").Finds("change", "doubled");

    [Fact]
    public void Change_InTheNextSentence_IsFound() =>
        new Checked("In March 655 people were waiting. A year earlier the figure was 412, so the list has grown by 37%.").Finds("change", "655", "412");

    [Fact]
    public void Change_InATable_IsFound() =>
        new Checked("| Measure | 2022/23 | 2023/24 | Change |\n|---|---|---|---|\n| Carers assessed | 1,240 | 1,178 | -7% |").Finds("change", "Carers assessed");

    [Fact]
    public void Change_RightWithinRounding_IsSilent() =>
        new Checked("Referrals rose from 1,200 in 2022/23 to 1,500 in 2023/24, an increase of 25%. Spending went up by 3% from £40.0m to £41.2m. The list has halved, from 530 to 265.").IsSilent();
}
