using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.People;

public sealed class FindPeopleTests
{
    [Theory, BothEngines]
    public async Task Find_ByAnythingKnown_FindsThePerson(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var amal = await site.PersonAsync("Amal Okafor", new DateOnly(1940, 3, 12), d => d with
        {
            NhsNumber = "943 476 5919",
            CouncilId = "900123",
            Postcode = "OX4 1AA",
            Phone = "01632 960123",
            PreferredName = "Mollie",
        });
        await site.PersonAsync("Amal Osei", new DateOnly(1950, 1, 1));
        await site.PersonAsync("Siobhán Ó Briain", new DateOnly(1961, 5, 6));
        await site.PersonAsync("محمد علي", new DateOnly(1970, 7, 8));
        await site.PersonAsync("Mohammed Smith", new DateOnly(1940, 12, 3));
        (string Typed, string Finds, string Why)[] cases =
        [
            ("okafor", "Mollie Okafor", "name"),
            ("OKAFOR AMAL", "Mollie Okafor", "name"),
            ("amal okafor", "Mollie Okafor", "name"),
            ("am oka", "Mollie Okafor", "name"),
            ("a okafor", "Mollie Okafor", "name"),
            ("mollie", "Mollie Okafor", "name"),
            ("okafro", "Mollie Okafor", "sounds like Okafro"),
            ("okaor amal", "Mollie Okafor", "name like Okaor"),
            ("amal occafour", "Mollie Okafor", "sounds like Occafour"),
            ("okafor 1940", "Mollie Okafor", "name, year of birth"),
            ("amal 12/3/1940", "Mollie Okafor", "name, date of birth"),
            ("okafor 3/12/1940", "Mollie Okafor", "name, date of birth nearly the same"),
            ("okafor 12/3/1941", "Mollie Okafor", "name, date of birth nearly the same"),
            ("12 march 1940", "Mollie Okafor", "date of birth"),
            ("943 476 5919", "Mollie Okafor", "NHS number"),
            ("900123", "Mollie Okafor", "council's number"),
            ("ox41aa", "Mollie Okafor", "postcode"),
            ("okafor ox4", "Mollie Okafor", "name, postcode"),
            ("01632 960 123", "Mollie Okafor", "telephone"),
            (amal.Reference.ToLowerInvariant(), "Mollie Okafor", "reference"),
            ("o briain", "Siobhán Ó Briain", "name"),
            ("siobhan", "Siobhán Ó Briain", "name"),
            ("محمد", "محمد علي", "name"),
            ("muhamad smyth", "Mohammed Smith", "sounds like Muhamad"),
        ];
        foreach (var (typed, finds, why) in cases)
        {
            var found = await FindAsync(site, typed);
            found.Hits.ShouldNotBeEmpty($"nothing for “{typed}”");
            found.Hits[0].Name.ShouldBe(finds, typed);
            string.Join(", ", found.Hits[0].Why).ShouldBe(why, typed);
        }
    }

    [Theory, BothEngines]
    public async Task Find_WhatFitsNobody_FindsNobody(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.PersonAsync("Amal Okafor", new DateOnly(1940, 3, 12));

        foreach (var typed in new[] { "okonkwo", "amal okafor 1963", "okafor 5/6/1977", "943 476 5919", "zz9 9zz", "'; --", "%", "_", "\\", "\u0000", new string('x', 5000), "P-999999" })
        {
            (await FindAsync(site, typed)).Hits.ShouldBeEmpty(typed.Length > 100 ? "long" : typed);
        }
    }

    [Theory, BothEngines]
    public async Task Find_CommonName_GivesThemInOrderAndSaysThereAreMore(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.InDbAsync(async db =>
        {
            for (var i = 0; i < 300; i++)
            {
                var given = $"{(char)('A' + (i % 26))}{(char)('a' + (i / 26))}vid";
                db.Add(new Person { Reference = $"P-{i:000000}", GivenName = given, FamilyName = "Smith", SortKey = Names.SortKey("Smith", given), BirthDate = new DateOnly(1930 + (i % 60), 1, 1) });
            }

            return await db.SaveChangesAsync();
        });

        var found = await FindAsync(site, "smith");

        found.IsCut.ShouldBeTrue();
        found.Hits.Count.ShouldBe(FindPeople.MostHits);
        found.Hits[0].Name.ShouldBe("Aavid Smith");
        (await FindAsync(site, "smith zcvid")).Hits[0].Name.ShouldBe("Zcvid Smith");
        (await FindAsync(site, "smith 1937")).Hits.ShouldAllBe(h => h.BirthDate!.Value.Year == 1937);
    }

    [Fact]
    public async Task Find_ByOtherNames_UnlessWithheld()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonAsync("Alex Moore");
        await site.InScopeAsync(s => s.GetRequiredService<AddOtherName>().RunAsync(person.Id, "Alan", "Birtwhistle", PersonNameKind.Former));
        await site.InScopeAsync(s => s.GetRequiredService<AddOtherName>().RunAsync(person.Id, "Lex", "Moore", PersonNameKind.Alias));
        var worker = await site.WorkerAsync("Wyn Worker", Can.ViewPeople);

        (await FindAsync(site, "birtwhistle", worker)).Hits.Single().Why.ShouldBe(["another name: Birtwhistle"]);

        await RestrictAsync(site, person, RestrictedFields.FormerNames);
        (await FindAsync(site, "birtwhistle", worker)).Hits.ShouldBeEmpty();
        (await FindAsync(site, "lex moore", worker)).Hits.Single().Id.ShouldBe(person.Id);
        (await FindAsync(site, "birtwhistle")).Hits.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Find_WithheldAddress_IsNotFoundByItsPostcodeNorShown()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonAsync("Nora Refuge", with: d => d with { Address = "1 Hidden Lane", Postcode = "OX4 1AA", Phone = "01632 960123" });
        await RestrictAsync(site, person, RestrictedFields.Address);
        var worker = await site.WorkerAsync("Wyn Worker", Can.ViewPeople);

        (await FindAsync(site, "ox4 1aa", worker)).Hits.ShouldBeEmpty();
        var hit = (await FindAsync(site, "refuge", worker)).Hits.Single();
        (hit.Address, hit.Postcode).ShouldBe((FieldSight.Withheld, null));
    }

    [Theory, BothEngines]
    public async Task Find_RestrictedRecord_SaysOnlyThatOneExists(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var person = await site.PersonAsync("Nora Refuge");
        await RestrictAsync(site, person, field: null);
        var worker = await site.WorkerAsync("Wyn Worker", Can.ViewPeople);

        var found = await FindAsync(site, "refuge", worker);

        found.Hits.ShouldBeEmpty();
        found.Restricted.ShouldBe(1);
    }

    [Fact]
    public async Task Find_AfterANameIsChanged_ByTheNewAndTheFormer()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonAsync("Amal Okafor");
        (await FindAsync(site, "okafor")).Hits.Count.ShouldBe(1);

        await site.InScopeAsync(s => s.GetRequiredService<EditPerson>().RunAsync(person.Id, new PersonChange { Details = PersonDetails.Of(person) with { FamilyName = "Zielinska" }, Version = person.Version }));

        (await FindAsync(site, "zielinska")).Hits.Single().Why.ShouldBe(["name"]);
        (await FindAsync(site, "okafor")).Hits.Single().Why.ShouldBe(["another name: Okafor"]);
    }

    [Fact]
    public async Task Find_TakesFewStatements()
    {
        var counter = new StatementCount();
        await using var site = await TestSite.StartAsync(configure: counter.Watch);
        await site.PersonAsync("Amal Okafor", new DateOnly(1940, 3, 12));
        var worker = await site.WorkerAsync("Wyn Worker", Can.ViewPeople);
        await FindAsync(site, "okafor", worker);

        (string Typed, int Most)[] cases = [("amal okafor", 1), ("amal okafr 1940", 2), ("12/3/1940", 1), ("P-000001", 1), ("amal 13/3/1940", 3), ("okonkwo", 2)];
        foreach (var (typed, most) in cases)
        {
            counter.Restart();
            await FindAsync(site, typed, worker);
            counter.Statements.Count.ShouldBeLessThanOrEqualTo(most, typed);
        }
    }

    private static Task<PersonSearch> FindAsync(TestSite site, string typed, Action<Viewer>? @as = null) => site.InScopeAsync(s => s.GetRequiredService<FindPeople>().RunAsync(typed), @as);

    private static Task RestrictAsync(TestSite site, Person person, string? field) => site.InDbAsync(async db =>
    {
        db.Restrictions.Add(new Restriction { PersonId = person.Id, Field = field, Reason = "Safety", OwnerId = Guid.NewGuid(), FromOn = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc) });
        return await db.SaveChangesAsync();
    });
}
