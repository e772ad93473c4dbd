using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.People;

namespace Waymark.Safeguarding.Concerns;

/// <summary>Begins to take a concern down, or goes on with one. It is saved from the first key and seen by nobody else until it is raised.</summary>
[LogsView, Requires(SafeguardingCan.Raise)]
public sealed class NewConcernPage(WaymarkDb db, Viewer viewer, RecordAccess access, OpenDraft open) : PageModel, IShowsPeople
{
    private const int MostShown = 10;

    /// <summary>Reference of the person, where the page was opened from their record.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Person { get; set; }

    public Person? About { get; private set; }
    public IReadOnlyList<(Guid Id, DateTime On)> Unfinished { get; private set; } = [];

    /// <summary>Those this worker raised lately, by reference, as far as they may still see them.</summary>
    public IReadOnlyList<(string Reference, DateTime On)> Raised { get; private set; } = [];
    public IEnumerable<Guid> ShownPeople => About is null ? [] : [About.Id];

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await ShowAsync();
        var draft = await open.RunAsync(ConcernForm.Key, new DraftSubject { PersonId = About?.Id });
        return LocalRedirect($"/drafts/{draft}?return={Uri.EscapeDataString("/safeguarding/concerns/new")}");
    }

    private async Task ShowAsync()
    {
        About = Person is null ? null : await access.Visible(db.People.AsNoTracking()).FirstOrDefaultAsync(p => p.Reference == Person);
        var open = await db.Drafts.AsNoTracking().Where(d => d.FormKey == ConcernForm.Key && d.StartedById == viewer.UserId && d.CompletedOn == null && d.DiscardedOn == null)
            .OrderByDescending(d => d.StartedOn).Take(MostShown).Select(d => new { d.Id, d.StartedOn }).ToListAsync();
        Unfinished = [.. open.Select(d => (d.Id, d.StartedOn))];
        var mine = db.FormRevisions.Where(r => r.FormKey == ConcernForm.Key && r.CompletedById == viewer.UserId && r.EpisodeId != null).Select(r => r.EpisodeId);
        var raised = await access.Visible(db.Episodes.AsNoTracking()).Where(e => mine.Contains(e.Id)).OrderByDescending(e => e.ReceivedOn).Take(MostShown)
            .Select(e => new { e.Reference, e.ReceivedOn }).ToListAsync();
        Raised = [.. raised.Select(e => (e.Reference, e.ReceivedOn))];
    }
}
