using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Demo;
using Waymark.Kernel.Data;
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
            spans.Count(x => x is { StageKey: "allocate", ToDate: null }).ShouldBeInRange(2, 4);
        });
    }
}
