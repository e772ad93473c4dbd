using Xunit;

namespace Waymark.Tests.Text.Rules;

/// <summary>Rule 8.</summary>
public sealed class SubsetRuleTests
{
    [Fact]
    public void Part_MoreThanItsWhole_IsFound() =>
        new Checked("214 households were in temporary accommodation, of which 231 included children.").Finds("subset", "231");

    [Fact]
    public void Part_OfThese_IsFound() =>
        new Checked("There were 1,200 concerns. Of these, 1,350 led to an enquiry.").Finds("subset", "1,350");

    [Fact]
    public void X_36_PlanWithoutAssessment_IsToBeChecked() =>
        new Checked("87% of people have an assessment by their 18th birthday. 89% have a support plan by their 18th birthday.").Finds("subset", "87%", "89%");

    [Fact]
    public void Part_LessThanItsWhole_IsSilent() =>
        new Checked("214 households were in temporary accommodation, of which 131 included children. There were 1,200 concerns. Of these, 350 led to an enquiry.").IsSilent();
}
