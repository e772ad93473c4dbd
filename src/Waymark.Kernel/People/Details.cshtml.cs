using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Policy;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.People;

/// <summary>All details of a person, with histories; alerts, relationships and other names are added and ended here.</summary>
[LogsView, Requires(Can.ViewPeople)]
public sealed class DetailsModel(
    WaymarkDb db, PersonDoor door, PersonReader reader, AddAlert addAlert, EndAlert endAlert, AddRelationship addRelationship, EndRelationship endRelationship, AddOtherName addOtherName,
    CouncilPolicy policy, CareClock clock, Viewer viewer) : PageModel, IShowsPeople
{
    public IEnumerable<Guid> ShownPeople => View is null ? [] : [View.Person.Id];

    [BindProperty(SupportsGet = true)]
    public string Reference { get; set; } = "";

    [BindProperty]
    public AlertDetails Alert { get; set; } = new();

    [BindProperty]
    public string? OtherReference { get; set; }

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public bool IsKey { get; set; }

    [BindProperty]
    public string? GivenName { get; set; }

    [BindProperty]
    public string? FamilyName { get; set; }

    [BindProperty]
    public PersonNameKind NameKind { get; set; } = PersonNameKind.Former;

    public PersonView View { get; private set; } = null!;
    public IReadOnlyList<PersonAddress> Addresses { get; private set; } = [];
    public IReadOnlyList<PersonIdentifier> Identifiers { get; private set; } = [];
    public bool MayEdit => viewer.May(Can.EditPeople);
    public IReadOnlyList<Choice> Relationships => List("person.relationships");
    public IReadOnlyList<Choice> AlertKinds => List("person.alert-kinds");
    public IReadOnlyList<Choice> NameKinds { get; } = [new(nameof(PersonNameKind.Former), "A former name"), new(nameof(PersonNameKind.Alias), "Another name they use")];

    public string Title(string list, string key) => policy.TitleOf(list, key, clock.Today);

    public async Task<IActionResult> OnGetAsync() => await OpenAsync() ?? Page();

    [Requires(Can.EditPeople)]
    public Task<IActionResult> OnPostAlertAsync() => ActAsync(id => addAlert.RunAsync(id, Alert), "The alert is on the record.");

    [Requires(Can.EditPeople)]
    public Task<IActionResult> OnPostEndAlertAsync(Guid alertId) => ActAsync(_ => endAlert.RunAsync(alertId), "The alert is taken off.");

    [Requires(Can.EditPeople)]
    public Task<IActionResult> OnPostRelationshipAsync() => ActAsync(id => addRelationship.RunAsync(id, OtherReference, Kind, IsKey), "The relationship is recorded.");

    [Requires(Can.EditPeople)]
    public Task<IActionResult> OnPostEndRelationshipAsync(Guid relationshipId) => ActAsync(_ => endRelationship.RunAsync(relationshipId), "The relationship is ended.");

    [Requires(Can.EditPeople)]
    public Task<IActionResult> OnPostNameAsync() => ActAsync(id => addOtherName.RunAsync(id, GivenName, FamilyName, NameKind), "The name is recorded.");

    private async Task<IActionResult> ActAsync(Func<Guid, Task> act, string done)
    {
        if (await OpenAsync() is { } instead)
        {
            return instead;
        }

        if (!await this.TryAsync(() => act(View.Person.Id)))
        {
            return Page();
        }

        this.Flash(done);
        return Redirect($"/people/{Reference}/details");
    }

    private async Task<IActionResult?> OpenAsync()
    {
        var (person, instead) = await door.OpenAsync(Reference);
        if (instead is not null)
        {
            return instead;
        }

        View = await reader.ReadAsync(person!);
        if (View.Fields.Shows(RestrictedFields.Address))
        {
            Addresses = await db.PersonAddresses.AsNoTracking().Where(a => a.PersonId == person!.Id).OrderByDescending(a => a.FromDate).ToListAsync();
        }

        Identifiers = await db.PersonIdentifiers.AsNoTracking().Where(i => i.PersonId == person!.Id).ToListAsync();
        return null;
    }

    private IReadOnlyList<Choice> List(string key) => [.. policy.ListAt(key, clock.Today).Select(k => new Choice(k.Key, k.Title))];
}
