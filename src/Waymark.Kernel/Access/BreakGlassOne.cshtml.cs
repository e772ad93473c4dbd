using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Access;

/// <summary>One opening: who, why, what they looked at; and the judgement.</summary>
[SignedIn]
public sealed class BreakGlassOnePage(WaymarkDb db, Viewer viewer, ViewLog views, JudgeBreakGlass judge) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public bool? WasRight { get; set; }

    [BindProperty]
    public string? Words { get; set; }

    public BreakGlassRow Row { get; private set; } = null!;
    public string? Judge { get; private set; }
    public IReadOnlyList<ViewLogEntry> Views { get; private set; } = [];
    public bool MayJudge => Row.Opening.JudgedOn is null && viewer.May(Can.JudgeBreakGlass) && Row.Opening.UserId != viewer.UserId;

    public async Task<IActionResult> OnGetAsync() => await ReadAsync() ? Page() : NotFound();

    [Requires(Can.JudgeBreakGlass)]
    public async Task<IActionResult> OnPostAsync()
    {
        if (!await ReadAsync())
        {
            return NotFound();
        }

        if (!await this.TryAsync(() => judge.RunAsync(Id, WasRight, Words)))
        {
            return Page();
        }

        this.Flash("Judged");
        return Redirect("/admin/break-glass");
    }

    private async Task<bool> ReadAsync()
    {
        var row = await BreakGlassListPage.WithNames(db, BreakGlassListPage.Of(db, viewer).Where(b => b.Id == Id)).FirstOrDefaultAsync();
        if (row is null)
        {
            return false;
        }

        Row = row;
        var opening = row.Opening;
        Judge = await db.Users.Where(u => u.Id == opening.JudgedById).Select(u => u.DisplayName).FirstOrDefaultAsync();
        await views.FlushAsync();
        Views = await db.ViewLog.AsNoTracking()
            .Where(v => v.PersonId == opening.PersonId && v.UserId == opening.UserId && v.ViewedOn >= opening.OpenedOn && v.ViewedOn <= opening.ExpiresOn)
            .OrderBy(v => v.ViewedOn).Take(500).ToListAsync();
        return true;
    }
}
