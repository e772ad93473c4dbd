using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Figures;

/// <summary>How are we doing? The figures the council publishes, in plain words, with whose they are and when they were true.</summary>
[Public]
public sealed class PublishedModel(WaymarkDb db, PublicFigures figures) : PageModel
{
    public IReadOnlyList<PublicLine> Lines { get; private set; } = [];
    public string Whose { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Lines = await figures.ReadAsync(cancellation);
        Whose = await db.Settings.Where(s => s.Key == Setting.Council).Select(s => s.Value).FirstOrDefaultAsync(cancellation) is { } council ? $"adult social care in {council}" : "adult social care here";
    }
}
