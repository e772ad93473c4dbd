using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Audit;

/// <summary>Who did what, to which record, when; and who looked at whom.</summary>
[Requires(Can.ReadAudit)]
public sealed class AuditPage(WaymarkDb db, AuditReader reader) : PageModel
{
    public const int PageSize = 50;

    /// <summary>Views of people rather than acts.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Views { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Person { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Act { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? By { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];
    public DateTime? SealedOn { get; private set; }
    public string? Older { get; private set; }
    public int FiltersSet => new object?[] { Person, Act, By, From, To }.Count(f => f is not (null or ""));

    public async Task OnGetAsync()
    {
        var filter = new AuditFilter(Person, Act, By, From, To);
        Lines = Views ? await reader.ViewsAsync(filter, Before, PageSize) : await reader.ActsAsync(filter, Before, PageSize);
        SealedOn = await db.AuditSeals.OrderByDescending(s => s.Id).Select(s => (DateTime?)s.SealedOn).FirstOrDefaultAsync();
        Older = Lines.Count == PageSize ? Address(Views, Lines[^1].Id) : null;
    }

    /// <summary>This page with the same filters.</summary>
    public string Address(bool views, long? before)
    {
        var query = new Dictionary<string, string?>
        {
            ["views"] = views ? "true" : null, ["person"] = Person, ["act"] = views ? null : Act, ["by"] = By, ["from"] = Iso(From), ["to"] = Iso(To),
            ["before"] = before?.ToString(CultureInfo.InvariantCulture),
        };
        return "/admin/audit" + QueryString.Create(query.Where(q => !string.IsNullOrEmpty(q.Value)));
    }

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
