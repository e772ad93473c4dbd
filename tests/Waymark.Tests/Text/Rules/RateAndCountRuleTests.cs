using Xunit;

namespace Waymark.Tests.Text.Rules;

/// <summary>Rule 7.</summary>
public sealed class RateAndCountRuleTests
{
    [Fact]
    public void Rate_NotItsCountOverThePopulation_IsFound() =>
        new Checked("The population aged 65 and over is 114,300. Permanent admissions of people aged 65 and over numbered 690, or 545.5 per 100,000 population.").Finds("rate-and-count", "690", "114,300");

    [Fact]
    public void X_19_RateOfTooFewPeople_IsFound() =>
        new Checked("The county has 725,300 residents.\n\nIn the year 571 applications were completed, a rate of 397 per 100,000 population.").Finds("rate-and-count", "571", "725,300");

    [Fact]
    public void Share_NotItsPart_IsFound() =>
        new Checked("We have vaccinated 640 of our 1,020 staff, that's 71%.").Finds("rate-and-count", "640");

    [Fact]
    public void Rate_ThatFits_IsSilent() =>
        new Checked("The population aged 65 and over is 78,500. There were 402 admissions of people aged 65 and over, a rate of 512.1 per 100,000. We have vaccinated 640 of our 1,020 staff (63%).").IsSilent();
}
