using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.People;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Access;

/// <summary>Asks the reason for which a restricted record is opened. Shows nothing of the record itself.</summary>
[Requires(Can.ViewPeople)]
public sealed class BreakGlassPage(PersonDoor door, OpenBreakGlass open) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Reference { get; set; } = "";

    [BindProperty]
    public string? Reason { get; set; }

    public string Says { get; private set; } = "";
    public bool Opens { get; private set; }
    public int Hours => open.Hours;

    public async Task<IActionResult> OnGetAsync() => (await LookAsync()).Instead ?? Page();

    public async Task<IActionResult> OnPostAsync()
    {
        var (person, instead) = await LookAsync();
        if (instead is not null)
        {
            return instead;
        }

        if (!await this.TryAsync(() => open.RunAsync(person!.Id, Reason)))
        {
            return Page();
        }

        this.Flash($"This record is open to you for {Format.Plural(Hours, "hour")}. Its owner has been told.");
        return Redirect($"/people/{Reference}");
    }

    private async Task<(Person? Person, IActionResult? Instead)> LookAsync()
    {
        var (person, sight, instead) = await door.LookAsync(Reference);
        if (instead is not null)
        {
            return (null, instead);
        }

        Reference = person!.Reference;
        Opens = !sight.IsDeclared && await open.WouldOpenAsync(person.Id);
        Says = !sight.IsFull ? sight.Says
            : Opens ? "Some of this record is restricted: episodes, or single fields."
            : "Nothing of this record that break-glass would open is closed to you.";
        return (person, null);
    }
}
