using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Audit;

public sealed record LookedRow(string Who, int Views, DateTime First, DateTime Last, int BrokeGlass);

/// <summary>Who has looked at one person's record: what a person may ask, answered without opening the record.</summary>
[Requires(Can.ReadAudit)]
public sealed class WhoLookedPage(WaymarkDb db, Viewer viewer, AuditReader reader, ViewLog views) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Reference { get; set; } = "";

    public IReadOnlyList<LookedRow> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        var people = await reader.PeopleAsync(Reference) ?? [];
        if (people.Count == 0 || await db.DeclaredInterests.AnyAsync(d => d.UserId == viewer.UserId && d.EndedOn == null && people.Contains(d.PersonId)))
        {
            return NotFound();
        }

        await views.FlushAsync();
        var found = await db.ViewLog.Where(v => people.Contains(v.PersonId)).GroupBy(v => v.UserId)
            .Select(g => new { UserId = g.Key, Count = g.Count(), First = g.Min(v => v.ViewedOn), Last = g.Max(v => v.ViewedOn) }).ToListAsync();
        var ids = found.Select(f => f.UserId).ToList();
        var names = await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName);
        var broken = await db.BreakGlasses.Where(b => people.Contains(b.PersonId)).GroupBy(b => b.UserId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        Rows = [.. found.OrderByDescending(f => f.Last).Select(f => new LookedRow(names.GetValueOrDefault(f.UserId, "A user who is gone"), f.Count, f.First, f.Last, broken.GetValueOrDefault(f.UserId)))];
        return Page();
    }
}
