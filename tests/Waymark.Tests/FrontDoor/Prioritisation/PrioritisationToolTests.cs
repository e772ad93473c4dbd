using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.FrontDoor.Prioritisation;
using Waymark.Kernel.Policy;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.FrontDoor.Prioritisation;

public sealed class PrioritisationToolTests
{
    private static readonly DateOnly Day = new(2024, 7, 31);

    [Theory]
    [InlineData("danger=yes", "urgent", true)]
    [InlineData("danger=no|alone=yes|essential-tasks=none of these", "urgent", true)]
    [InlineData("danger=no|alone=no|essential-tasks=none of these", "high", false)]
    [InlineData("danger=no|falls=two or more|alone=yes", "high", false)]
    [InlineData("danger=no|falls=two or more|alone=no", "medium", false)]
    [InlineData("danger=no|change=no", "low", false)]
    [InlineData("", "medium", false)]
    public async Task FC_2_SameAnswersGiveSameCategory(string answers, string priority, bool urgent)
    {
        await using var site = await TestSite.StartAsync();
        var given = answers.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(a => a.Split('=')).ToDictionary(a => a[0], a => a[1]);

        var first = await site.InScopeAsync(s => Task.FromResult(s.GetRequiredService<PrioritisationTools>().On(Day).Prioritise(given)));
        var second = await site.InScopeAsync(s => Task.FromResult(s.GetRequiredService<PrioritisationTools>().On(Day).Prioritise(given)));

        (first.Priority, first.IsUrgent).ShouldBe((priority, urgent));
        second.Reason.ShouldBe(first.Reason);
        first.Reason.ShouldNotBeEmpty();
        first.Version.ShouldContain("defaults");
    }

    [Fact]
    public async Task FC_2_AnotherCouncilsTable_GivesItsOwnCategory_FromItsDay_AndItsVersionIsStored()
    {
        await using var site = await TestSite.StartAsync();
        await site.InScopeAsync(s => s.GetRequiredService<LoadPolicy>().RunAsync(
            """
            { "name": "Our county", "effectiveFrom": "2024-07-01",
              "tables": { "front-door.prioritisation": { "columns": ["if", "and", "priority", "because"], "rows": [ ["falls=one", "", "urgent", "any fall"], ["", "", "low", "none"] ] } } }
            """));

        var (before, after) = await site.InScopeAsync(s =>
        {
            var tools = s.GetRequiredService<PrioritisationTools>();
            var answers = new Dictionary<string, string> { ["falls"] = "one", ["danger"] = "no" };
            return Task.FromResult((tools.On(new DateOnly(2024, 6, 30)).Prioritise(answers), tools.On(Day).Prioritise(answers)));
        });

        before.Priority.ShouldBe("low");
        after.Priority.ShouldBe("urgent");
        after.Version.ShouldContain("Our county");
    }
}
