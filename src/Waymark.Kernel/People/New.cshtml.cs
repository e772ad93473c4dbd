using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.People;

/// <summary>Add a person. Possible duplicates are shown with why before anything is saved, as one types and without JavaScript too.</summary>
[Requires(Can.EditPeople)]
public sealed class NewModel(AddPerson addPerson, Duplicates duplicates, CareClock clock) : PageModel
{
    [BindProperty]
    public PersonDetails Input { get; set; } = new();

    /// <summary>The worker has looked at the possible duplicates shown.</summary>
    [BindProperty]
    public bool NoneOfThese { get; set; }

    public ShownRows<PossibleDuplicate> Possible { get; private set; } = new([], 0, 0);
    public DateOnly Today => clock.Today;

    public void OnGet(string? q) => Input = PersonDetails.Of(PersonQuery.Parse(q, clock.Today));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        foreach (var (field, message) in PersonRules.Problems(Input, clock.Today))
        {
            ModelState.AddModelError($"{nameof(Input)}.{field}", message);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (!NoneOfThese)
        {
            Possible = await duplicates.ForAsync(Input, cancellation: cancellation);
            if (Possible.Visible + Possible.Restricted > 0)
            {
                return Page();
            }
        }

        Person? person = null;
        if (!await this.TryAsync(async () => person = await addPerson.RunAsync(Input)))
        {
            return Page();
        }

        this.Flash($"{person!.DisplayName} has been added as {person.Reference}.");
        return Redirect($"/people/{person.Reference}");
    }
}
