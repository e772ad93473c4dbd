using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.People;

namespace Waymark.FrontDoor.Contacts;

/// <summary>Adds the person a contact is about, who has no record yet, and says so on the contact: both or neither.</summary>
[Scoped]
public sealed class AddContactPerson(WaymarkDb db, AddPerson addPerson, SetContactPerson setPerson)
{
    public async Task<Person> RunAsync(Guid episodeId, PersonDetails details)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var person = await addPerson.RunAsync(details);
        await setPerson.RunAsync(episodeId, person.Id);
        await transaction.CommitAsync();
        return person;
    }
}
