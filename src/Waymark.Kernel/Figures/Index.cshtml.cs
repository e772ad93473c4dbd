using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;

namespace Waymark.Kernel.Figures;

/// <summary>What has been published, the newest first.</summary>
[Requires(Can.ViewMeasures)]
public sealed class IndexModel(ReadFigures read) : PageModel
{
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public string? Measure { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<FigureView> Figures { get; private set; } = [];
    public int Total { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var wholes = read.Visible.Where(f => f.CutKey == null && (Measure == null || f.MeasureKey == Measure));
        Total = await wholes.CountAsync(cancellation);
        var page = await wholes.OrderByDescending(f => f.PublishedOn).Skip((Math.Max(1, PageNumber) - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        Figures = await read.WithHistoryAsync(page, cancellation);
    }
}
