using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.People;

namespace Waymark.Assessment.SupportPlans;

/// <summary>Begins a plan for a person, or goes on with the one begun.</summary>
[Requires(Can.DoWork)]
[LogsView]
public sealed class NewSupportPlanPage(WaymarkDb db, RecordAccess records, OpenDraft openDraft) : PageModel, IShowsPeople
{
    public Person Person { get; private set; } = null!;
    public IEnumerable<Guid> ShownPeople => Person is null ? [] : [Person.Id];

    public async Task<IActionResult> OnGetAsync(string reference) => await FindAsync(reference) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string reference, SupportPlanKind? kind)
    {
        if (!await FindAsync(reference))
        {
            return NotFound();
        }

        if (kind is null)
        {
            ModelState.Clear();
            ModelState.AddModelError(nameof(kind), "Choose which plan");
            return Page();
        }

        var draft = await openDraft.RunAsync(kind == SupportPlanKind.Carer ? CarersSupportPlanForm.Key : CareAndSupportPlanForm.Key, new DraftSubject { PersonId = Person.Id });
        return LocalRedirect($"/drafts/{draft}?return={Uri.EscapeDataString($"/people/{Person.Reference}")}");
    }

    private async Task<bool> FindAsync(string reference)
    {
        var person = await records.Visible(db.People.AsNoTracking()).FirstOrDefaultAsync(p => p.Reference == reference);
        Person = person!;
        return person is not null;
    }
}
