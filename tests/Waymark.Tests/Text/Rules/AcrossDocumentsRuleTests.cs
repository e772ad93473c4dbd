using Xunit;

namespace Waymark.Tests.Text.Rules;

/// <summary>Rule 14; inventory HW-10.</summary>
public sealed class AcrossDocumentsRuleTests
{
    [Fact]
    public void HW_10_TwoPapersTwoValues_IsFound() =>
        new Checked("In 2023/24 the council received 2,310 safeguarding concerns.", "There were 2,130 safeguarding concerns in 2023/24.").Finds("across-documents", "2,310", "2,130");

    [Fact]
    public void X_14_ChangeAgainstTheOtherPapersYear_IsFound() =>
        new Checked("Demand was stable with a 2.7% decrease in referrals in 23/24 to 6,581.", "In the last year 6,581 concerns were received. This is a slight decrease from the 6,670 concerns received in the previous year.").Finds("across-documents", "2.7%", "6,670");

    [Fact]
    public void TwoPapers_ThatAgree_AreSilent() =>
        new Checked("In 2023/24 the council received 2,310 safeguarding concerns.", "There were 2,310 safeguarding concerns in 2023/24, and 2,005 in 2022/23.").IsSilent();
}
