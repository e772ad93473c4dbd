using Xunit;

namespace Waymark.Tests.Text.Rules;

/// <summary>Rule 4.</summary>
public sealed class PartsAndTotalRuleTests
{
    [Fact]
    public void Parts_OfATable_NotTheirTotal_IsFound() =>
        new Checked("| Type | Admissions |\n|---|---|\n| Residential | 214 |\n| Nursing | 90 |\n| Total | 300 |").Finds("parts-and-total", "214", "300");

    [Fact]
    public void Parts_OfASentence_NotTheirTotal_IsFound() =>
        new Checked("The fund is £31.4m, made up of £17.9m from the ICB, £10.2m from the council and £2.3m of grant.").Finds("parts-and-total", "£31.4m");

    [Fact]
    public void Parts_OfBullets_NotTheirTotal_IsFound() =>
        new Checked("There are 1,000 posts, of which:\n\n- 500 are in the council\n- 400 are with providers\n- 200 are elsewhere").Finds("parts-and-total", "1,000 posts", "500");

    [Fact]
    public void Parts_ThatMakes_IsFound() =>
        new Checked("45 colleagues finished the course in October, 38 in September. That makes 93.").Finds("parts-and-total", "93");

    [Fact]
    public void Parts_ThatAddUp_AreSilent() =>
        new Checked("Of the 96 carers, 54 were women and 42 were men. £6.0m was agreed: £3.9m for care, £1.4m for staff and £0.7m for grants.").IsSilent();
}
