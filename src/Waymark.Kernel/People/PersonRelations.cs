using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.People;

/// <summary>Says how another person is related to this one: their daughter, carer, attorney.</summary>
[Scoped]
public sealed class AddRelationship(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit, CouncilPolicy policy, MergedPeople merged, RecordAccess access)
{
    /// <param name="personId">Whose record it is read on.</param>
    /// <param name="otherReference">The other person's reference.</param>
    /// <param name="kind">What the other is to this person, a key of the policy list <c>person.relationships</c>.</param>
    /// <param name="isKey">To be named at the head of the record.</param>
    public async Task<PersonRelationship> RunAsync(Guid personId, string? otherReference, string? kind, bool isKey)
    {
        PersonPartRules.MayEdit(viewer);
        (await access.SightOfPersonAsync(personId)).Demand();
        var key = policy.ListAt("person.relationships", clock.Today).FirstOrDefault(k => k.Key == kind)?.Key ?? throw new RefusedException("Choose how they are related", "Kind");
        var reference = PersonPartRules.Text(otherReference, "Enter the other person's reference, like P-000123", 40, "OtherReference").ToUpperInvariant();
        var otherId = await db.People.Where(p => p.Reference == reference).Select(p => (Guid?)p.Id).FirstOrDefaultAsync()
            ?? throw new RefusedException($"There is no record {reference}. Search for the person first", "OtherReference");
        (await access.SightOfPersonAsync(otherId)).Demand();
        var standing = (await merged.SurvivorsAsync([otherId]))[otherId];
        if (standing == personId)
        {
            throw new RefusedException("That is this person's own record. Enter the other person's reference", "OtherReference");
        }

        if (await db.PersonRelationships.AnyAsync(r => r.PersonId == standing && r.OtherPersonId == personId && r.Kind == key && r.ToDate == null))
        {
            throw new RefusedException("The record says so already", "OtherReference");
        }

        var relationship = new PersonRelationship { PersonId = standing, OtherPersonId = personId, Kind = key, IsKeyPerson = isKey, FromDate = clock.Today };
        db.Add(relationship);
        audit.Record("add-relationship", relationship, new { relationship.Kind, other = standing }, personId);
        audit.Record("add-relationship", relationship, new { relationship.Kind, other = personId }, standing);
        await db.SaveChangesAsync();
        return relationship;
    }
}

/// <summary>Ends a relationship; it stays in the history.</summary>
[Scoped]
public sealed class EndRelationship(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit, RecordAccess access)
{
    public async Task RunAsync(Guid relationshipId)
    {
        PersonPartRules.MayEdit(viewer);
        var relationship = await db.PersonRelationships.FirstOrDefaultAsync(r => r.Id == relationshipId) ?? throw new RefusedException("It is not there any more");
        (await access.SightOfPersonAsync(relationship.OtherPersonId)).Demand();
        relationship.ToDate ??= clock.Today;
        audit.Record("end-relationship", relationship, null, relationship.OtherPersonId);
        await db.SaveChangesAsync();
    }
}

/// <summary>Adds another name the person is or was known by, so that they are found by it.</summary>
[Scoped]
public sealed class AddOtherName(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit, RecordAccess access)
{
    public async Task<PersonName> RunAsync(Guid personId, string? givenName, string? familyName, PersonNameKind kind)
    {
        PersonPartRules.MayEdit(viewer);
        (await access.SightOfPersonAsync(personId)).Demand();
        if (kind == PersonNameKind.Current)
        {
            throw new RefusedException("Change the current name on the edit page", "Kind");
        }

        PersonPartRules.Text($"{givenName} {familyName}", "Enter the name", 200, "FamilyName");
        var name = new PersonName { PersonId = personId, GivenName = givenName?.Trim() ?? "", FamilyName = familyName?.Trim() ?? "", Kind = kind, ToDate = kind == PersonNameKind.Former ? clock.Today : null };
        db.Add(name);
        audit.Record("add-other-name", name, new { name.Kind }, personId);
        await db.SaveChangesAsync();
        return name;
    }
}
