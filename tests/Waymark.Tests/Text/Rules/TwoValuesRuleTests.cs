using Xunit;

namespace Waymark.Tests.Text.Rules;

/// <summary>Rule 3.</summary>
public sealed class TwoValuesRuleTests
{
    [Fact]
    public void TwoValues_SameListSameDate_IsFound() =>
        new Checked("At 31 March 2024, 412 people were waiting for a Care Act assessment.\n\nThe waiting list for Care Act assessments stood at 421 at the end of March 2024.").Finds("two-values", "412", "421");

    [Fact]
    public void TwoValues_FractionAndPercentage_IsFound() =>
        new Checked("Twenty-two per cent of people use one; that is one in three.").Finds("two-values", "one in three");

    [Fact]
    public void TwoValues_OtherDatePlaceOrGroup_IsSilent() =>
        new Checked("At 31 March 2024, 412 people were waiting for a Care Act assessment.\n\nAt 31 March 2023, 655 people were waiting for a Care Act assessment.\n\nAt 31 March 2024, 60 carers were waiting for a carer's assessment.\n\nIn Northfield 88 people were waiting for a Care Act assessment at 31 March 2024.").IsSilent();

    [Fact]
    public void TwoValues_RoundedAndExact_IsSilent() =>
        new Checked("In 2023/24 we received 2,148 safeguarding concerns.\n\nAround 2,100 safeguarding concerns were received in 2023/24.").IsSilent();
}
