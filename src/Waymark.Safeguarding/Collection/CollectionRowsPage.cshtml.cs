using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Ui;

namespace Waymark.Safeguarding.Collection;

/// <summary>What one cell of the collection counts. Asks once why it is opened, and logs whom it showed.</summary>
[Requires(Can.OpenMeasureRows)]
public sealed class CollectionRowsPage(CollectionRows rows, OpenMeasureRows open) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Year { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Table { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Row { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Column { get; set; }

    [BindProperty]
    public string? Purpose { get; set; }

    public MeasureRowsOpening? Opening { get; private set; }
    public SeenRows? Rows { get; private set; }
    public string CellTitle { get; private set; } = "";
    public CollectionYear Of => new(Year);
    public string Here => $"/safeguarding/collection/rows?year={Year}&table={Uri.EscapeDataString(Table ?? "")}&row={Row}&column={Column}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        if (Opening is not null)
        {
            Rows = await rows.ReadAsync(Of, Table!, Row, Column, cancellation);
            await open.LogAsync(Opening, Rows, "/safeguarding/collection/rows", cancellation);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        return await this.TryAsync(() => open.RunAsync(CollectionRows.Opens, Purpose, cancellation)) ? Redirect(Here) : Page();
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        var table = CollectionTables.All.FirstOrDefault(t => t.Code == Table);
        if (table is null || Row < 0 || Row >= table.Rows.Count || Column < 0 || Column >= table.Columns.Count || Year is < 1990 or > 9000)
        {
            return false;
        }

        CellTitle = $"{table.Rows[Row]}, {Format.LowerFirst(table.Columns[Column])}";
        Opening = await open.CurrentAsync(CollectionRows.Opens, cancellation);
        return true;
    }
}
