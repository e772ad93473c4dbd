using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.People;

/// <summary>Opens a person's record by the reference in the address, for the pages of the record: follows merges and asks who may see it.</summary>
[Scoped]
public sealed class PersonDoor(WaymarkDb db, RecordAccess access, MergedPeople merged)
{
    /// <summary>The person, or what to answer instead.</summary>
    /// <param name="reference">As in the address.</param>
    public async Task<(Person? Person, IActionResult? Instead)> OpenAsync(string reference)
    {
        var (person, sight, instead) = await LookAsync(reference);
        return instead is not null ? (null, instead)
            : sight.IsFull ? (person, null)
            : (null, new RedirectResult($"/people/{person!.Reference}"));
    }

    /// <summary>The same, but a record that may only be known to exist is given with how much is seen of it.</summary>
    public async Task<(Person? Person, RecordSight Sight, IActionResult? Instead)> LookAsync(string reference)
    {
        var person = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Reference == reference);
        if (person is null)
        {
            return (null, RecordSight.Hidden, new NotFoundResult());
        }

        if (person.MergedIntoId is not null)
        {
            var standing = (await merged.SurvivorsAsync([person.Id]))[person.Id];
            var there = await db.People.Where(p => p.Id == standing).Select(p => p.Reference).FirstAsync();
            return (null, RecordSight.Hidden, new RedirectResult($"/people/{there}?from={person.Reference}"));
        }

        var sight = await access.SightOfPersonAsync(person);
        return sight.IsHidden ? (null, sight, new NotFoundResult()) : (person, sight, null);
    }
}
