using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Measures;

/// <summary>The rows under a number. Asks once why they are opened; then shows them as far as this viewer may see them, and logs whom they saw.</summary>
[Requires(Can.OpenMeasureRows)]
public sealed class RowsModel(ReadMeasure read, OpenMeasureRows open, MeasureRowList list, MeasureEngine engine, MeasureCuts cuts, CareClock clock) : PageModel
{
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public string Key { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public DateOnly? At { get; set; }

    [BindProperty(SupportsGet = true, Name = "in")]
    public string[] In { get; set; } = [];

    [BindProperty(SupportsGet = true, Name = "p")]
    public int PageNumber { get; set; } = 1;

    [BindProperty]
    public string? Purpose { get; set; }

    [BindProperty]
    public string? OwnWords { get; set; }

    public Measure Measure { get; private set; } = null!;
    public MeasureRowsOpening? Opening { get; private set; }
    public SeenRows? Rows { get; private set; }
    public MeasureValue? Value { get; private set; }
    public IReadOnlyList<string> Within { get; private set; } = [];
    public DateOnly AsAt => At is { } day && day <= clock.Today ? day : clock.Today;
    public MeasureAddress Address => new(Key, At, null, MeasureAddress.Parse(In));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        if (Opening is not null)
        {
            Value = await engine.ValueAsync(Measure, AsAt, null, Address.Within, cancellation);
            Rows = await list.ReadAsync(Measure, AsAt, null, Address.Within, Math.Max(1, PageNumber), PageSize, cancellation);
            await open.LogAsync(Opening, Rows, $"/measures/{Key}/rows", cancellation);
        }

        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || Opening is null)
        {
            return NotFound();
        }

        var rows = await list.ReadAsync(Measure, AsAt, null, Address.Within, page: null, cancellation: cancellation);
        await open.LogAsync(Opening, rows, $"/measures/{Key}/rows.csv", cancellation);
        string[] heads = ["key", "reference", "person", "person reference", "from", "waiting since", Measure.Unit is "days" ? "days" : "number", "team", "worker", "reason", "in numerator"];
        var cells = rows.Rows.Select(r => new object?[]
        {
            r.Key, r.EpisodeReference, r.PersonName, r.PersonReference, r.From, r.Since, r.Number, r.Team, r.Worker, r.Reason, r.InNumerator,
        });
        var restricted = rows.Restricted == 0 ? [] : new[] { new object?[] { $"{rows.Restricted} restricted" } };
        return File(MeasureCsv.Of(heads, cells.Concat(restricted)), "text/csv; charset=utf-8", $"{Key}-rows-{AsAt:yyyy-MM-dd}.csv");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        var purpose = string.IsNullOrWhiteSpace(OwnWords) ? Purpose : $"{Purpose}: {OwnWords.Trim()}".TrimStart(':', ' ');
        return await this.TryAsync(() => open.RunAsync(Measure, purpose, cancellation)) ? Redirect(Address.Rows) : Page();
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (read.Find(Key) is not { } measure)
        {
            return false;
        }

        Measure = measure;
        Opening = await open.CurrentAsync(measure, cancellation);
        var titles = new List<string>();
        foreach (var cut in Address.Within)
        {
            titles.Add(await cuts.TitleAsync(cut, cancellation));
        }

        Within = titles;
        return true;
    }
}
