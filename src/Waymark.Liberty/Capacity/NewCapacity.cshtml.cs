using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;

namespace Waymark.Liberty.Capacity;

/// <summary>DL-5: begins a capacity assessment or a best interests decision, from a person or from any work about one.</summary>
[LogsView, Requires(Can.DoWork)]
public sealed class NewCapacityPage(WaymarkDb db, RecordAccess access, OpenDraft open, CapacityRecords records) : PageModel, IShowsPeople
{
    [BindProperty(SupportsGet = true)]
    public string? Person { get; set; }

    /// <summary>Id of the work it is for.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Work { get; set; }

    public string? Who { get; private set; }
    public IReadOnlyList<CapacityRecord> Records { get; private set; } = [];
    public string Here => Work is { } work ? $"/capacity/new?work={work}" : $"/capacity/new?person={Uri.EscapeDataString(Person ?? "")}";
    public string Back { get; private set; } = "/people";
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
        return LocalRedirect($"/drafts/{draft}?return={Uri.EscapeDataString(Back)}");
    }

    private async Task FindAsync()
    {
        if (Work is { } work)
        {
            var found = await access.Visible(db.Episodes.AsNoTracking()).Where(e => e.Id == work).Select(e => new { e.Id, e.PersonId, e.Reference }).FirstOrDefaultAsync();
            (episodeId, personId, Back) = (found?.Id, found?.PersonId, $"/work/{found?.Reference}");
        }
        else if (Person is not null)
        {
            personId = await access.Visible(db.People.AsNoTracking()).Where(p => p.Reference == Person).Select(p => (Guid?)p.Id).FirstOrDefaultAsync();
            Back = $"/people/{Person}";
        }

        if (personId is { } person)
        {
            Who = (await db.People.AsNoTracking().SingleAsync(p => p.Id == person)).DisplayName;
            Records = await records.OfAsync(person);
        }
    }
}
