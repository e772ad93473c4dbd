using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.People;

/// <summary>What is changed on a person's record, and what a changed name or address means.</summary>
public sealed record PersonChange
{
    public required PersonDetails Details { get; init; }

    /// <summary>The version the worker saw; a later one is not overwritten.</summary>
    public required int Version { get; init; }

    /// <summary>The name was written down wrongly. Otherwise the earlier one is kept as a former name.</summary>
    public bool NameWasWrong { get; init; }

    /// <summary>The address was written down wrongly. Otherwise the earlier one is kept in the history.</summary>
    public bool AddressWasWrong { get; init; }

    /// <summary>The day they moved; today when it is not known.</summary>
    public DateOnly? MovedDate { get; init; }
}

/// <summary>Changes a person's details. A former name and a former address are kept; fields withheld from the worker stay as they are.</summary>
[Scoped]
public sealed class EditPerson(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit, RecordAccess access)
{
    public async Task RunAsync(Guid personId, PersonChange change)
    {
        if (!viewer.May(Can.EditPeople))
        {
            throw new RefusedException("You may not change people's records");
        }

        (await access.SightOfPersonAsync(personId)).Demand();
        var person = await db.People.FirstAsync(p => p.Id == personId);
        if (person.MergedIntoId is not null)
        {
            throw new RefusedException("This record was merged into another. Open it again");
        }

        var details = KeepWithheld(change.Details, person, await access.FieldsOfAsync(personId));
        PersonRules.Check(details, clock.Today);
        await AddPerson.RefuseIfHeldAsync(db, personId, details);
        db.Entry(person).Property(p => p.Version).OriginalValue = change.Version;
        var before = PersonDetails.Of(person);
        var (given, family) = (person.GivenName, person.FamilyName);
        details.WriteTo(person);
        if (!change.NameWasWrong && (given, family) != (person.GivenName, person.FamilyName))
        {
            db.Add(new PersonName { PersonId = person.Id, GivenName = given, FamilyName = family, Kind = PersonNameKind.Former, ToDate = clock.Today });
        }

        await KeepAddressAsync(person, before, change);
        var changed = Changed(before, PersonDetails.Of(person));
        if (changed.Count > 0)
        {
            audit.Record("edit-person", person, new { fields = changed }, person.Id);
        }

        await db.SaveChangesAsync();
    }

    private static PersonDetails KeepWithheld(PersonDetails typed, Person person, FieldSight sight)
    {
        if (!sight.Shows(RestrictedFields.Address))
        {
            typed = typed with { Address = person.Address, Postcode = person.Postcode, Ward = person.Ward };
        }

        return sight.Shows(RestrictedFields.Phone) ? typed : typed with { Phone = person.Phone };
    }

    private async Task KeepAddressAsync(Person person, PersonDetails before, PersonChange change)
    {
        if ((before.Address, before.Postcode) == (person.Address, person.Postcode))
        {
            return;
        }

        var moved = change.MovedDate ?? clock.Today;
        if (moved > clock.Today)
        {
            throw new RefusedException("The date they moved must be today or in the past", nameof(change.MovedDate));
        }

        var current = await db.PersonAddresses.Where(a => a.PersonId == person.Id && a.ToDate == null).OrderByDescending(a => a.FromDate).FirstOrDefaultAsync();
        if (change.AddressWasWrong && current is not null && person.Address is not null)
        {
            (current.Address, current.Postcode, current.Ward) = (person.Address, person.Postcode, person.Ward);
            return;
        }

        if (current is null && before.Address is not null)
        {
            // Known before histories were kept; since when is not known, so the record says only that it ended.
            db.Add(new PersonAddress { PersonId = person.Id, Address = before.Address, Postcode = before.Postcode, Ward = before.Ward, FromDate = moved, ToDate = moved });
        }
        else if (current is not null)
        {
            if (moved < current.FromDate)
            {
                throw new RefusedException($"They cannot have moved before they came to the address they left ({Ui.Format.Date(current.FromDate)}). Check the date", nameof(change.MovedDate));
            }

            current.ToDate = moved;
        }

        if (person.Address is not null)
        {
            db.Add(new PersonAddress { PersonId = person.Id, Address = person.Address, Postcode = person.Postcode, Ward = person.Ward, FromDate = moved });
        }
    }

    private static IReadOnlyList<string> Changed(PersonDetails before, PersonDetails after) =>
        [.. typeof(PersonDetails).GetProperties().Where(p => p.CanWrite && !Equals(p.GetValue(before), p.GetValue(after))).Select(p => p.Name)];
}
