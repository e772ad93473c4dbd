using Xunit;

namespace Waymark.Tests.Text.Rules;

/// <summary>Rule 5.</summary>
public sealed class UnreachablePercentageRuleTests
{
    [Fact]
    public void X_01_NoWholeNumberGivesThePercentage_IsFound() =>
        new Checked("Of the 592 people waiting, 25.6% already had a support plan.").Finds("unreachable-percentage", "592");

    [Fact]
    public void Percentage_OfASurveysReplies_IsFound() =>
        new Checked("# Survey\n\nWe had 240 replies.\n\n* 62.5% of carers had been caring for five years\n* 18.6% had been offered a break").Finds("unreachable-percentage", "240 replies", "18.6%");

    [Fact]
    public void X_01_ReachablePercentage_IsSilent() =>
        new Checked("Of the 582 people waiting, 25.6% already had a support plan. Of 48 homes, 44 (92%) are rated good.").IsSilent();
}
