using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.People;

public sealed class DuplicatesTests
{
    [Theory, BothEngines]
    public async Task Duplicates_AreSaidWithWhy(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.PersonAsync("Catherine Okafor", new DateOnly(1940, 3, 12), d => d with { NhsNumber = "943 476 5919", Postcode = "OX4 1AA", Phone = "01632 960123" });
        await site.PersonAsync("Bernard Okafor", new DateOnly(1971, 3, 12), d => d with { Postcode = "OX4 1AA", Phone = "01632 960123" });
        (PersonDetails Typed, string? Why)[] cases =
        [
            (new() { NhsNumber = "9434765919" }, "same NHS number"),
            (new() { GivenName = "Catherine", FamilyName = "Okafor", BirthDate = new(1940, 3, 12) }, "same birth date and has the same name"),
            (new() { GivenName = "Katharine", FamilyName = "Occafour", BirthDate = new(1940, 3, 12) }, "same birth date and sounds the same"),
            (new() { GivenName = "Okafor", FamilyName = "Catherine", BirthDate = new(1940, 3, 12) }, "same birth date and has the same name"),
            (new() { GivenName = "Catherine", FamilyName = "Okafor", BirthDate = new(1940, 12, 3) }, "has the same name and nearly the same birth date"),
            (new() { GivenName = "Catherine", FamilyName = "Okafor" }, "has the same name; a birth date is not known"),
            (new() { GivenName = "Katharine", FamilyName = "Okafor", Postcode = "ox41aa" }, "sounds the same; a birth date is not known; same postcode"),
            (new() { GivenName = "Katharine", FamilyName = "Okafor", Phone = "+44 1632 960123" }, "sounds the same; a birth date is not known; same telephone number"),
            (new() { GivenName = "Catherine", FamilyName = "Okafor", BirthDate = new(1975, 6, 1) }, null),
            (new() { GivenName = "Peter", FamilyName = "Bell", BirthDate = new(1940, 3, 12) }, null),
            (new() { GivenName = "Peter", FamilyName = "Bell", Postcode = "OX4 1AA" }, null),
            (new() { FamilyName = "Okafor" }, null),
            (new(), null),
        ];
        foreach (var (typed, why) in cases)
        {
            var found = await site.InScopeAsync(s => s.GetRequiredService<Duplicates>().ForAsync(typed));
            if (why is null)
            {
                found.Rows.ShouldBeEmpty(typed.ToString());
            }
            else
            {
                found.Rows.ShouldNotBeEmpty(typed.ToString());
                found.Rows[0].Person.GivenName.ShouldBe("Catherine");
                found.Rows[0].Reasons.ShouldBe(why);
            }
        }
    }

    [Fact]
    public async Task Duplicates_OfTheRecordItself_LeavesItOut()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonAsync("Amal Okafor", new DateOnly(1940, 3, 12));

        (await site.InScopeAsync(s => s.GetRequiredService<Duplicates>().ForAsync(PersonDetails.Of(person), person.Id))).Rows.ShouldBeEmpty();
    }
}
