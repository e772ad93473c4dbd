using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Demo;
using Waymark.Returns.Reproduce;
using Waymark.Safeguarding.Collection;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Demo;

public sealed class DemoSafeguardingTests
{
    [Fact]
    public async Task F_38_To_F_45_ComeOutOfTheDemosRecords_AndWhatCannotSaysWhy()
    {
        await using var site = await TestSite.StartAsync();

        // Everything else of the county at its smallest; safeguarding is at full size.
        await site.InScopeAsync(s => new DemoCounty().MakeAsync(s, new Progress<(string, double)>(), 99));

        string[] ids = ["F-38", "F-39", "F-40", "F-41", "F-42", "F-43", "F-44", "F-45", "ASCOF-4B"];
        var printed = PrintedFigure.All.Where(f => ids.Contains(f.Id)).ToList();
        var figures = await site.InScopeAsync(s => s.GetRequiredService<ReproduceFigures>().RunAsync(printed));

        printed.Select(f => f.Id).Distinct().ShouldBe(ids);
        foreach (var (figure, made) in printed.Zip(figures))
        {
            made.Matches.ShouldBe(figure.Cannot.Length > 0 ? "cannot" : "yes", $"{made.Id} {made.Title}: printed {made.Published}, computed {made.Computed}. {made.Because}");
        }

        printed.Count(f => f.Cannot.Length > 0).ShouldBe(5);
        foreach (var year in new[] { 2022, 2023 })
        {
            var result = await site.InScopeAsync(s => s.GetRequiredService<ReadCollection>().RunAsync(new CollectionYear(year)));
            result.Checks.ShouldAllBe(c => c.Holds);
        }
    }
}
