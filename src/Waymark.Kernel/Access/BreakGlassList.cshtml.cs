using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Access;

/// <param name="Reference">Of the person. Never the name: whoever judges need not be within the restriction.</param>
public sealed record BreakGlassRow(BreakGlass Opening, string By, string? Owner, string Reference);

/// <summary>Openings of restricted records: all for those who judge, else one's own and those of records one owns.</summary>
[SignedIn]
public sealed class BreakGlassListPage(WaymarkDb db, Viewer viewer) : PageModel
{
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true, Name = "p")]
    public int PageNumber { get; set; } = 1;

    public bool SeesAll => viewer.May(Can.JudgeBreakGlass);
    public int Total { get; private set; }
    public IReadOnlyList<BreakGlassRow> Rows { get; private set; } = [];

    public async Task OnGetAsync()
    {
        PageNumber = Math.Max(1, PageNumber);
        var those = Of(db, viewer);
        Total = await those.CountAsync();
        Rows = await WithNames(db, those.OrderBy(b => b.JudgedOn != null).ThenByDescending(b => b.OpenedOn).Skip((PageNumber - 1) * PageSize).Take(PageSize)).ToListAsync();
    }

    internal static IQueryable<BreakGlass> Of(WaymarkDb db, Viewer viewer)
    {
        var me = viewer.UserId;
        return viewer.May(Can.JudgeBreakGlass) ? db.BreakGlasses.AsNoTracking() : db.BreakGlasses.AsNoTracking().Where(b => b.OwnerId == me || b.UserId == me);
    }

    internal static IQueryable<BreakGlassRow> WithNames(WaymarkDb db, IQueryable<BreakGlass> openings) => openings.Select(b => new BreakGlassRow(
        b,
        db.Users.Where(u => u.Id == b.UserId).Select(u => u.DisplayName).FirstOrDefault() ?? "",
        db.Users.Where(u => u.Id == b.OwnerId).Select(u => u.DisplayName).FirstOrDefault(),
        db.People.Where(p => p.Id == b.PersonId).Select(p => p.Reference).FirstOrDefault() ?? ""));
}
