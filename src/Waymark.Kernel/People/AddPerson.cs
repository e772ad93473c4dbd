using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.People;

/// <summary>Makes a record for a person who has none. The page shows possible duplicates first; an identifier that another record holds is refused.</summary>
[Scoped]
public sealed class AddPerson(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit, References references)
{
    public const string ReferencePrefix = "P";

    public async Task<Person> RunAsync(PersonDetails details)
    {
        var person = await PrepareAsync(details);
        await db.SaveChangesAsync();
        return person;
    }

    /// <summary>The same as a part of another act: the person stands in the unit of work, checked and audited, and that act saves.</summary>
    public async Task<Person> PrepareAsync(PersonDetails details)
    {
        if (!viewer.May(Can.EditPeople) && !viewer.May(Can.TakeContacts))
        {
            throw new RefusedException("You may not add people. Ask someone who takes contacts or keeps records");
        }

        PersonRules.Check(details, clock.Today);
        await RefuseIfHeldAsync(db, null, details);
        var person = new Person { Reference = await references.NextAsync(ReferencePrefix), GivenName = "", FamilyName = "", SortKey = "" };
        details.WriteTo(person);
        db.Add(person);
        if (person.Address is not null)
        {
            db.Add(new PersonAddress { PersonId = person.Id, Address = person.Address, Postcode = person.Postcode, Ward = person.Ward, FromDate = clock.Today });
        }

        audit.Record("add-person", person, new { person.Reference }, person.Id);
        return person;
    }

    /// <summary>Says which other record already holds the NHS number or council number.</summary>
    internal static async Task RefuseIfHeldAsync(WaymarkDb db, Guid? personId, PersonDetails details)
    {
        var nhsNumber = NhsNumber.TryParse(details.NhsNumber, out var number, out _) ? number : null;
        var councilId = string.IsNullOrWhiteSpace(details.CouncilId) ? null : details.CouncilId.Trim();
        if (nhsNumber is null && councilId is null)
        {
            return;
        }

        var holders = await db.People
            .Where(p => p.Id != personId && ((nhsNumber != null && p.NhsNumber == nhsNumber) || (councilId != null && p.CouncilId == councilId)))
            .Select(p => new { p.Reference, p.NhsNumber, p.CouncilId }).ToListAsync();
        if (holders.Find(h => nhsNumber is not null && h.NhsNumber == nhsNumber) is { } sameNhs)
        {
            throw new RefusedException($"NHS number {NhsNumber.Format(nhsNumber!)} is already on record {sameNhs.Reference}. Open that record, or check the number", nameof(PersonDetails.NhsNumber));
        }

        if (holders.Find(h => councilId is not null && h.CouncilId == councilId) is { } sameId)
        {
            throw new RefusedException($"The council's number {councilId} is already on record {sameId.Reference}. Open that record, or check the number", nameof(PersonDetails.CouncilId));
        }
    }
}
