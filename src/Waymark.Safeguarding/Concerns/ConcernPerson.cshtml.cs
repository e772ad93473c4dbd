using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Kernel.Ui;

namespace Waymark.Safeguarding.Concerns;

/// <summary>Finds the adult's record for a concern.</summary>
[Requires(Can.DoWork)]
public sealed class ConcernPersonPage(WaymarkDb db, RecordAccess access, FindPeople find, SetConcernPerson set) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Find { get; set; }

    public Episode Episode { get; private set; } = null!;
    public PersonSearch? Found { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        if (!await ReadAsync(reference))
        {
            return NotFound();
        }

        Found = string.IsNullOrWhiteSpace(Find) ? null : await find.RunAsync(Find);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference, string? person)
    {
        if (!await ReadAsync(reference))
        {
            return NotFound();
        }

        if (await this.TryAsync(() => set.RunAsync(Episode.Id, person)))
        {
            return LocalRedirect($"/work/{Episode.Reference}");
        }

        return Page();
    }

    private async Task<bool> ReadAsync(string reference)
    {
        var episode = await access.Visible(db.Episodes.AsNoTracking()).FirstOrDefaultAsync(e => e.Reference == reference && e.PathwayKey == ConcernPathway.PathwayKey);
        Episode = episode!;
        return episode is not null;
    }
}
