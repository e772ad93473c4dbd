using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;

namespace Waymark.Liberty.Capacity;

/// <summary>DL-5: begins a capacity assessment or a best interests decision, from a person or from any work about one.</summary>
[LogsView, Requires(Can.DoWork)]
public sealed class NewCapacityPage(WaymarkDb db, RecordAccess access, OpenDraft open) : PageModel, IShowsPeople
{
    [BindProperty(SupportsGet = true)]
    public string? Person { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Episode { get; set; }

    public string? Who { get; private set; }
    public string Here => Episode is not null ? $"/capacity/new?episode={Uri.EscapeDataString(Episode)}" : $"/capacity/new?person={Uri.EscapeDataString(Person ?? "")}";
    public IEnumerable<Guid> ShownPeople => personId is { } id ? [id] : [];

    private Guid? personId;
    private Guid? episodeId;

    public async Task OnGetAsync() => await FindAsync();

    public async Task<IActionResult> OnPostAsync(string? form)
    {
        await FindAsync();
        if (personId is null)
        {
            return NotFound();
        }

        if (form is not (CapacityForm.Key or BestInterestsForm.Key))
        {
            ModelState.AddModelError(nameof(form), "Choose what you want to record");
            return Page();
        }

        var draft = await open.RunAsync(form, episodeId is { } episode ? new DraftSubject { EpisodeId = episode } : new DraftSubject { PersonId = personId });
        return LocalRedirect($"/drafts/{draft}?return={Uri.EscapeDataString(Episode is not null ? $"/work/{Episode}" : $"/people/{Person}")}");
    }

    private async Task FindAsync()
    {
        if (Episode is not null)
        {
            var found = await access.Visible(db.Episodes.AsNoTracking()).Where(e => e.Reference == Episode).Select(e => new { e.Id, e.PersonId }).FirstOrDefaultAsync();
            (episodeId, personId) = (found?.Id, found?.PersonId);
        }
        else if (Person is not null)
        {
            personId = await access.Visible(db.People.AsNoTracking()).Where(p => p.Reference == Person).Select(p => (Guid?)p.Id).FirstOrDefaultAsync();
        }

        Who = personId is null ? null : (await db.People.AsNoTracking().SingleAsync(p => p.Id == personId)).DisplayName;
    }
}
