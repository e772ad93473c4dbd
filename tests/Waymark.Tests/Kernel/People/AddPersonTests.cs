using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.People;

public sealed class AddPersonTests
{
    [Theory, BothEngines]
    public async Task AddPerson_KeepsWhatWasTypedAndMakesItsKeys(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);

        var person = await site.PersonAsync("Amal Okafor", new DateOnly(1940, 2, 29), d => d with
        {
            NhsNumber = "943 476 5919",
            Postcode = "ox4 1aa",
            Phone = "+44 (0)1632 960123",
            Address = "1 Test Street",
        });

        var read = await site.InDbAsync(db => db.People.AsNoTracking().SingleAsync(p => p.Id == person.Id));
        read.Reference.ShouldBe("P-000001");
        read.SortKey.ShouldBe("okafor amal");
        read.NhsNumber.ShouldBe("9434765919");
        (read.Postcode, read.PostcodeKey).ShouldBe(("OX4 1AA", "OX41AA"));
        (read.Phone, read.PhoneKey).ShouldBe(("+44 (0)1632 960123", "01632960123"));
        (await site.InDbAsync(db => db.PersonAddresses.CountAsync(a => a.PersonId == person.Id))).ShouldBe(1);
        (await site.InDbAsync(db => db.PersonWords.CountAsync(w => w.PersonId == person.Id))).ShouldBe(3);
        (await site.InDbAsync(db => db.Audit.CountAsync(a => a.Act == "add-person" && a.PersonId == person.Id))).ShouldBe(1);
    }

    [Fact]
    public async Task AddPerson_Wrong_IsRefusedAtItsFieldAndNothingIsSaved()
    {
        await using var site = await TestSite.StartAsync();
        await site.PersonAsync("Amal Okafor", with: d => d with { NhsNumber = "943 476 5919", CouncilId = "C1" });
        (string Field, Func<PersonDetails, PersonDetails> Wrong, string Says)[] cases =
        [
            (nameof(PersonDetails.FamilyName), d => d with { FamilyName = " ", GivenName = null }, "Enter a name"),
            (nameof(PersonDetails.FamilyName), d => d with { FamilyName = new string('x', 101) }, "100 characters"),
            (nameof(PersonDetails.NhsNumber), d => d with { NhsNumber = "943 476 5918" }, "Check each number"),
            (nameof(PersonDetails.NhsNumber), d => d with { NhsNumber = "9434765919" }, "already on record P-000001"),
            (nameof(PersonDetails.CouncilId), d => d with { CouncilId = "C1" }, "already on record P-000001"),
            (nameof(PersonDetails.BirthDate), d => d with { BirthDate = new DateOnly(2024, 8, 1) }, "in the past"),
            (nameof(PersonDetails.BirthDate), d => d with { BirthDate = new DateOnly(1894, 1, 1) }, "older than 120"),
            (nameof(PersonDetails.DeathDate), d => d with { DeathDate = new DateOnly(2024, 8, 1) }, "today or in the past"),
            (nameof(PersonDetails.DeathDate), d => d with { BirthDate = new DateOnly(1950, 1, 1), DeathDate = new DateOnly(1949, 12, 31) }, "before the date of birth"),
            (nameof(PersonDetails.Email), d => d with { Email = "not an address" }, "name@example.com"),
        ];
        foreach (var (field, wrong, says) in cases)
        {
            var refused = await Should.ThrowAsync<RefusedException>(() => site.PersonAsync("Ben Lee", with: wrong));
            refused.Field.ShouldBe(field);
            refused.Message.ShouldContain(says);
        }

        (await site.InDbAsync(db => db.People.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task AddPerson_WithoutPermission_IsRefused()
    {
        await using var site = await TestSite.StartAsync();
        var reader = await site.WorkerAsync("Rae Reader", Can.ViewPeople);

        await Should.ThrowAsync<RefusedException>(() => site.InScopeAsync(
            s => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<AddPerson>(s).RunAsync(new PersonDetails { FamilyName = "Lee" }), reader));
    }

    [Theory]
    [InlineData("+44 1632 960123", "01632960123")]
    [InlineData("0044 1632 960 123", "01632960123")]
    [InlineData("(01632) 960123", "01632960123")]
    [InlineData("none", null)]
    public void PhoneKey_IsAsDialledHere(string typed, string? key) => PersonKeys.Phone(typed).ShouldBe(key);
}
