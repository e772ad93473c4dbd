using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Access;

/// <summary>All declarations in force, for those who may restrict records.</summary>
[Requires(Can.RestrictRecords)]
public sealed class InterestListPage(WaymarkDb db, Viewer viewer, EndInterest end) : PageModel
{
    [BindProperty]
    public Guid Id { get; set; }

    public Guid Me => viewer.UserId;
    public IReadOnlyList<InterestRow> Rows { get; private set; } = [];

    public Task OnGetAsync() => ReadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await this.TryAsync(() => end.RunAsync(Id)))
        {
            this.Flash("The declaration is ended");
            return Redirect("/admin/declared-interests");
        }

        await ReadAsync();
        return Page();
    }

    private async Task ReadAsync() => Rows = await DeclaredInterestsPage.Rows(db, db.DeclaredInterests.Where(d => d.EndedOn == null)).ToListAsync();
}
