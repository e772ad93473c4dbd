using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Figures;

/// <summary>Publishing a measure's value of a day.</summary>
[Requires(Can.PublishFigures)]
public sealed class PublishModel(ReadMeasure read, MeasureEngine engine, PublishFigure publish, CareClock clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Key { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public DateOnly? At { get; set; }

    [BindProperty]
    public string? CutKey { get; set; }

    [BindProperty]
    public bool IsPublic { get; set; }

    public Measure Measure { get; private set; } = null!;
    public MeasureValue Value { get; private set; } = null!;
    public DateOnly AsAt => At is { } day && day <= clock.Today ? day : clock.Today;
    public static IEnumerable<Choice> CutChoices => [new("", "The whole only"), .. Cut.All.Select(c => new Choice(c.Key, $"And by {c.Title.ToLowerInvariant()}"))];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        PublishedFigure? figure = null;
        var wanted = new FigureToPublish(Key, AsAt, null, string.IsNullOrEmpty(CutKey) ? null : CutKey, IsPublic);
        if (!await this.TryAsync(async () => figure = await publish.RunAsync(wanted, cancellation)))
        {
            return Page();
        }

        this.Flash("Published: the value, its definition and its rows are frozen");
        return Redirect($"/figures/{figure!.Id}");
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (read.Find(Key) is not { } measure)
        {
            return false;
        }

        Measure = measure;
        Value = await engine.ValueAsync(measure, AsAt, cancellation: cancellation);
        return true;
    }
}
