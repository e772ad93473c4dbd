using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.People;

/// <summary>Change a person's details; what a changed name or address means is asked once.</summary>
[LogsView, Requires(Can.EditPeople)]
public sealed class EditModel(PersonDoor door, EditPerson edit, RecordAccess access, CareClock clock) : PageModel, IShowsPeople
{
    public IEnumerable<Guid> ShownPeople => Person is null ? [] : [Person.Id];

    [BindProperty(SupportsGet = true)]
    public string Reference { get; set; } = "";

    [BindProperty]
    public PersonDetails Input { get; set; } = new();

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public bool NameWasWrong { get; set; }

    [BindProperty]
    public bool AddressWasWrong { get; set; }

    [BindProperty]
    public DateOnly? MovedDate { get; set; }

    public Person Person { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await OpenAsync() is { } instead)
        {
            return instead;
        }

        var fields = await access.FieldsOfAsync(Person.Id);
        var details = PersonDetails.Of(Person);
        Input = details with
        {
            Address = fields.Show(RestrictedFields.Address, details.Address),
            Postcode = fields.Shows(RestrictedFields.Address) ? details.Postcode : null,
            Ward = fields.Shows(RestrictedFields.Address) ? details.Ward : null,
            Phone = fields.Show(RestrictedFields.Phone, details.Phone),
        };
        Version = Person.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await OpenAsync() is { } instead)
        {
            return instead;
        }

        foreach (var (field, message) in PersonRules.Problems(Input, clock.Today))
        {
            ModelState.AddModelError($"{nameof(Input)}.{field}", message);
        }

        var change = new PersonChange { Details = Input, Version = Version, NameWasWrong = NameWasWrong, AddressWasWrong = AddressWasWrong, MovedDate = MovedDate };
        if (!await this.TryAsync(() => edit.RunAsync(Person.Id, change)))
        {
            return Page();
        }

        this.Flash("The details are changed.");
        return Redirect($"/people/{Reference}");
    }

    private async Task<IActionResult?> OpenAsync()
    {
        var (person, instead) = await door.OpenAsync(Reference);
        Person = person!;
        return instead;
    }
}
