using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Demo;
using Waymark.Kernel.Data;
using Waymark.Returns.Reproduce;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Demo;

public sealed class DemoCountyTests
{
    [Fact]
    public async Task Make_OneToTwoHundred_IsWholeAndSafe()
    {
        await using var site = await TestSite.StartAsync();
        await site.InScopeAsync(s => new DemoCounty().MakeAsync(s, new Progress<(string, double)>(), 200));

        await site.InScopeAsync(async s =>
        {
            var db = s.GetRequiredService<WaymarkDb>();
            var people = await db.People.ToListAsync();
            people.ShouldAllBe(p => p.NhsNumber!.StartsWith("999"));
            people.ShouldAllBe(p => p.Postcode!.StartsWith("ZZ99"));
            people.ShouldAllBe(p => p.Phone!.StartsWith("01632 960") || p.Phone!.StartsWith("07700 900"));
            var spans = await db.StageSpans.ToListAsync();
            var open = await db.Episodes.Where(e => e.ClosedDate == null).Select(e => e.Id).ToListAsync();
            spans.Where(x => x.ToDate == null).Select(x => x.EpisodeId).Order().ShouldBe(open.Order(), "each open episode has one open span and no closed one has any");
            spans.ShouldAllBe(x => x.ToDate == null || x.ToDate >= x.FromDate);
            spans.ShouldAllBe(x => x.FromOn <= s.GetRequiredService<Waymark.Kernel.Calendar.CareClock>().Now);
            spans.Count(x => x is { PathwayKey: "care-act-assessment", StageKey: "allocate", ToDate: null }).ShouldBeInRange(2, 4);
        });
    }

    [Fact]
    public async Task F_46_F_47_RatesComeOutOverThePopulationShown_AndTheCountOfX19Cannot()
    {
        await using var site = await TestSite.StartAsync();
        await site.InScopeAsync(s => new DemoCounty().MakeAsync(s, new Progress<(string, double)>(), 200));

        var figures = await site.InScopeAsync(s => s.GetRequiredService<ReproduceFigures>().RunAsync([.. PrintedFigure.All.Where(f => f.Id is "F-46" or "F-47")]));

        var rates = figures.Where(f => f.Denominator is not null).ToDictionary(f => f.Id);
        (rates["F-46"].Matches, rates["F-47"].Matches).ShouldBe(("yes", "yes"));
        rates["F-47"].Because.ShouldContain("510 of 145,000");
        var count = figures.Single(f => f.Denominator is null);
        (count.Id, count.Matches, count.Computed).ShouldBe(("F-46", "cannot", null));
        count.Because.ShouldStartWith("X-19.");
    }
}
