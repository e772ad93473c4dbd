using Xunit;

namespace Waymark.Tests.Text.Rules;

/// <summary>Rule 11.</summary>
public sealed class SharesRuleTests
{
    [Fact]
    public void Shares_OverAHundred_IsFound() =>
        new Checked("Concerns came from care homes 45%, hospitals 38%, police 19% and others 16%.").Finds("shares", "45%");

    [Fact]
    public void Shares_OfTwoSexes_IsFound() =>
        new Checked("In the team 64% are women and 46% are men.").Finds("shares", "64%");

    [Fact]
    public void Shares_OfAHundred_AreSilent() =>
        new Checked("Concerns came from care homes 33%, hospitals 33%, police 17% and others 16%. In the team 64% are women and 36% are men.").IsSilent();
}
