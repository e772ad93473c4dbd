using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Notes;
using Waymark.Kernel.People;

namespace Waymark.Tests.Support;

/// <summary>People and notes on them.</summary>
public static partial class Given
{
    /// <summary>A person as the house makes one: checked, referenced, indexed. <c>"Amal Okafor"</c>: the last word is the family name.</summary>
    public static Task<Person> PersonAsync(this TestSite site, string name = "Amal Okafor", DateOnly? born = null, Func<PersonDetails, PersonDetails>? with = null) =>
        site.InScopeAsync(s =>
        {
            var cut = name.LastIndexOf(' ');
            var details = new PersonDetails { GivenName = cut < 0 ? null : name[..cut], FamilyName = name[(cut + 1)..], BirthDate = born };
            return s.GetRequiredService<AddPerson>().RunAsync(with is null ? details : with(details));
        });

    public static Task<Note> NoteAsync(this TestSite site, Person person, string text = "Spoke with the person; all is well.", Action<Viewer>? by = null) =>
        site.InScopeAsync(s => s.GetRequiredService<AddNote>().RunAsync(new NoteDetails { Kind = "call", Text = text, PersonIds = [person.Id] }), by);
}
