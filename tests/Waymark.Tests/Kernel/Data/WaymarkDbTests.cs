using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Data;

public sealed class WaymarkDbTests
{
    [Theory, BothEngines]
    public async Task Save_Person_ReadsBackInNewContext(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var person = new Person { Reference = "P-000001", GivenName = "Amal", FamilyName = "Okafor", SortKey = "okafor amal", BirthDate = new DateOnly(1940, 2, 29) };
        await site.InDbAsync(async db => { db.Add(person); return await db.SaveChangesAsync(); });

        var read = await site.InDbAsync(db => db.People.AsNoTracking().SingleAsync(p => p.Id == person.Id));

        read.BirthDate.ShouldBe(person.BirthDate);
        read.DisplayName.ShouldBe("Amal Okafor");
    }
}
