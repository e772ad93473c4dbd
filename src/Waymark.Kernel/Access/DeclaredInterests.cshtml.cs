using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Access;

/// <param name="Who">Who declared it.</param>
/// <param name="Reference">Of the person; no name, which neither page need show.</param>
public sealed record InterestRow(Guid Id, Guid UserId, string Who, string Reference, string Relation, DateTime DeclaredOn);

/// <summary>One's own declarations.</summary>
[SignedIn]
public sealed class DeclaredInterestsPage(WaymarkDb db, Viewer viewer, DeclareInterest declare) : PageModel
{
    [BindProperty]
    public InterestDetails Input { get; set; } = new();

    public IReadOnlyList<InterestRow> Mine { get; private set; } = [];

    public Task OnGetAsync() => ReadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await this.TryAsync(() => declare.RunAsync(Input)))
        {
            this.Flash("Declared. Their record is closed to you from now on.");
            return Redirect("/account/declared-interests");
        }

        await ReadAsync();
        return Page();
    }

    internal static IQueryable<InterestRow> Rows(WaymarkDb db, IQueryable<DeclaredInterest> interests) => interests.OrderBy(d => d.DeclaredOn).Select(d => new InterestRow(
        d.Id, d.UserId,
        db.Users.Where(u => u.Id == d.UserId).Select(u => u.DisplayName).FirstOrDefault() ?? "",
        db.People.Where(p => p.Id == d.PersonId).Select(p => p.Reference).FirstOrDefault() ?? "",
        d.Relation, d.DeclaredOn));

    private async Task ReadAsync()
    {
        var me = viewer.UserId;
        Mine = await Rows(db, db.DeclaredInterests.Where(d => d.UserId == me && d.EndedOn == null)).ToListAsync();
    }
}
