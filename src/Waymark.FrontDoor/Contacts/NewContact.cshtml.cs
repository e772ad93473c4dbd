using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Kernel.Policy;
using Waymark.Kernel.Ui;

namespace Waymark.FrontDoor.Contacts;

/// <summary>Two keystrokes to a new contact: <c>n</c>, then Enter.</summary>
[Requires(Can.TakeContacts)]
public sealed class NewContactPage(WaymarkDb db, CareClock clock, Viewer viewer, CouncilPolicy policy, RecordAccess access, StartContact start) : PageModel
{
    [BindProperty]
    public string? Channel { get; set; } = "phone";

    /// <summary>Reference of the person, where the page was opened from their record.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Person { get; set; }

    public Person? About { get; private set; }
    public IReadOnlyList<Choice> Channels => [.. policy.ListAt("contact.channels", clock.Today).Select(c => new Choice(c.Key, c.Title))];
    public IReadOnlyList<Episode> Unfinished { get; private set; } = [];

    public async Task OnGetAsync() => await ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await ShowAsync();
        Episode? contact = null;
        return await this.TryAsync(async () => contact = await start.RunAsync(Channel, About?.Id)) ? Redirect($"/contacts/{contact!.Reference}") : Page();
    }

    private async Task ShowAsync()
    {
        About = Person is null ? null : await access.Visible(db.People.AsNoTracking()).FirstOrDefaultAsync(p => p.Reference == Person);
        Unfinished = await db.Episodes.AsNoTracking()
            .Where(e => e.PathwayKey == ContactPathway.PathwayKey && e.StageKey == "conversation" && e.ClosedDate == null && e.WorkerId == viewer.UserId)
            .OrderByDescending(e => e.ReceivedOn).Take(10).ToListAsync();
    }
}
