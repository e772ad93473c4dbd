using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Measures;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Measures;

public sealed class LoadPopulationTests
{
    private const string Head = "key,title,date,people,source\n";

    [Theory, BothEngines]
    public async Task Rate_DividesByTheLatestEstimateNotAfterTheDay(Engine engine)
    {
        await using var site = await TestMeasures.StartSiteAsync(engine);
        var day = new DateOnly(2024, 7, 31);
        await site.InDbAsync(async db => { db.AddRange(GivenSpans.Span(null, day.AddDays(-900), null), GivenSpans.Span(null, day.AddDays(-800), null)); return await db.SaveChangesAsync(); });
        await LoadAsync(site, "adults,Adults,2022-06-30,500000,Mid-year estimate\nadults,Adults,2023-06-30,600000,Mid-year estimate\n");
        await LoadAsync(site, "adults,Adults,2023-06-30,580000,Mid-year estimate revised\n");

        await site.InScopeAsync(async s =>
        {
            var engineOf = s.GetRequiredService<MeasureEngine>();
            var rate = new TestMeasures()["test-waiting-rate"];
            (await engineOf.ValueAsync(rate, day)).Denominator.ShouldBe(580_000);
            MeasureText.Round((await engineOf.ValueAsync(rate, new DateOnly(2023, 1, 1))).Value!.Value, 2).ShouldBe(0.4m);
            (await engineOf.PopulationAsync(rate, day))!.Source.ShouldBe("Mid-year estimate revised");
        });
    }

    [Theory]
    [InlineData("adults,Adults,30 June,500000,ONS\n", "Line 2 cannot be read")]
    [InlineData("adults,Adults,2023-06-30,0,ONS\n", "number of people above 0")]
    [InlineData("adults,Adults,2023-06-30,5,\n", "give a key, a source")]
    [InlineData("adults,Adults,2023-06-30,5,ONS\nadults,Adults,2023-06-30,6,ONS\n", "two estimates")]
    public async Task Load_FaultyFile_IsRefusedWhole(string lines, string says)
    {
        await using var site = await TestSite.StartAsync();

        (await Should.ThrowAsync<RefusedException>(() => LoadAsync(site, lines))).Message.ShouldContain(says);

        (await site.InDbAsync(db => db.PopulationEstimates.CountAsync())).ShouldBe(0);
    }

    private static Task<int> LoadAsync(TestSite site, string lines) => site.InScopeAsync(s => s.GetRequiredService<LoadPopulation>().RunAsync(Head + lines));
}
