using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Safeguarding.Collection;

/// <summary>The Safeguarding Adults Collection of any year, from the records as they stand; each cell opens what it counts. Small numbers stand open, so it is for those who may open rows.</summary>
[Requires(Can.OpenMeasureRows)]
public sealed class CollectionPage(ReadCollection read, RecordAdultReview record, CareClock clock, Viewer viewer, WaymarkDb db) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public DateOnly? Concluded { get; set; }

    [BindProperty]
    public int? Died { get; set; }

    [BindProperty]
    public int? Survived { get; set; }

    public CollectionResult Result { get; private set; } = null!;

    /// <summary>The year asked for, else the last that is over.</summary>
    public CollectionYear Of => Year is { } start && start > 1990 && start <= Current.Start ? new(start) : new(Current.Start - 1);
    public bool IsUnderWay => Of.Last > clock.Today;
    public bool MayRecordReview => viewer.May(SafeguardingCan.Approve);
    public IReadOnlyList<Choice> Years => [.. Enumerable.Range(0, 6).Select(back => new CollectionYear(Current.Start - back)).Select(y => new Choice($"{y.Start}", y.Title))];

    private CollectionYear Current => CollectionYear.Of(clock.Today);

    public async Task OnGetAsync(CancellationToken cancellation) => Result = await read.RunAsync(Of, cancellation);

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellation) =>
        File(CollectionFiles.Csv(await read.RunAsync(Of, cancellation)), "text/csv; charset=utf-8", $"safeguarding-adults-collection-{Of.Start}.csv");

    public async Task<IActionResult> OnGetWorkbookAsync(CancellationToken cancellation)
    {
        var isDemo = await db.Settings.AnyAsync(s => s.Key == "demo", cancellation);
        var note = isDemo ? "Demo county: made-up people." : $"Counted on {Format.Date(clock.Today)}.";
        return File(CollectionFiles.Workbook(await read.RunAsync(Of, cancellation), note), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"safeguarding-adults-collection-{Of.Start}.xlsx");
    }

    [Requires(SafeguardingCan.Approve)]
    public async Task<IActionResult> OnPostReviewAsync(CancellationToken cancellation)
    {
        if (await this.TryAsync(() => record.RunAsync(Name, Concluded, Died, Survived)))
        {
            this.Flash("The review is recorded and counts in SG5.");
            return Redirect($"/safeguarding/collection?year={CollectionYear.Of(Concluded!.Value).Start}#SG5a");
        }

        Result = await read.RunAsync(Of, cancellation);
        return Page();
    }

    public string Rows(CountedTable table, int row, int column) => $"/safeguarding/collection/rows?year={Of.Start}&table={table.Code}&row={row}&column={column}";
}
