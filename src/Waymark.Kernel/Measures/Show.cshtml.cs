using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;

namespace Waymark.Kernel.Measures;

/// <summary>One measure: what it is, whether it is better, whether it can be trusted.</summary>
[Requires(Can.ViewMeasures)]
public sealed class ShowModel(ReadMeasure read, Viewer viewer, CareClock clock, MeasureEngine engine, MeasureHistory history, MeasureCuts cuts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Key { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public DateOnly? At { get; set; }

    [BindProperty(SupportsGet = true, Name = "cut")]
    public string? CutKey { get; set; }

    [BindProperty(SupportsGet = true, Name = "in")]
    public string[] In { get; set; } = [];

    public MeasureView View { get; private set; } = null!;
    public DateOnly AsAt => At is { } day && day <= clock.Today ? day : clock.Today;
    public MeasureAddress Address => new(Key, At, CutKey, MeasureAddress.Parse(In));
    public DateTime ComputedOn { get; private set; }
    public bool MayOpenRows => viewer.May(Can.OpenMeasureRows);
    public bool MayPublish => viewer.May(Can.PublishFigures);

    /// <summary>More or less is better, or neither: for the colour of the change; the words say it too.</summary>
    public string? Tone => (View.Change?.Direction, View.Measure.MoreIsBetter) switch
    {
        (ChangeDirection.Up, true) or (ChangeDirection.Down, false) => "good",
        (ChangeDirection.Up, false) or (ChangeDirection.Down, true) => "bad",
        _ => null,
    };

    public string BetterWords => Tone switch { "good" => "Better: ", "bad" => "Worse: ", _ => "" };

    private Cut ChosenCut => Cut.All.FirstOrDefault(c => c.Key == CutKey) ?? Cut.Team;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (read.Find(Key) is not { } measure)
        {
            return NotFound();
        }

        View = await read.RunAsync(measure, AsAt, ChosenCut, Address.Within, cancellation);
        ComputedOn = clock.Now;
        return Page();
    }

    /// <summary>The weekly history as CSV.</summary>
    public async Task<IActionResult> OnGetHistoryAsync(CancellationToken cancellation)
    {
        if (read.Find(Key) is not { } measure || await IsSuppressedAsync(measure, cancellation))
        {
            return NotFound();
        }

        var points = await history.HistoryAsync(measure, AsAt, cuts: Address.Within, cancellation: cancellation);
        return Csv($"{Key}-history", ["date", "value", "numerator", "denominator", "unit", "version"],
            points.Select(p => new object?[] { p.Date, p.Value, p.Numerator, p.Denominator, measure.Unit, measure.DefinitionVersion }));
    }

    /// <summary>The cut shown as CSV.</summary>
    public async Task<IActionResult> OnGetCutAsync(CancellationToken cancellation)
    {
        if (read.Find(Key) is not { } measure || await IsSuppressedAsync(measure, cancellation))
        {
            return NotFound();
        }

        var cells = await cuts.ByAsync(measure, ChosenCut, AsAt, viewer, null, Address.Within, cancellation);
        return Csv($"{Key}-by-{ChosenCut.Key}", [ChosenCut.Key, "value", "numerator", "denominator", "unit", "as at", "version"], cells.Select(c => c.IsSuppressed
            ? [c.Title, "suppressed", null, null, measure.Unit, AsAt, measure.DefinitionVersion]
            : new object?[] { c.Title, c.Measured.Value, c.Measured.Numerator, c.Measured.Denominator, measure.Unit, AsAt, measure.DefinitionVersion }));
    }

    private async Task<bool> IsSuppressedAsync(Measure measure, CancellationToken cancellation) =>
        Address.Within.Count > 0 && MeasureCuts.IsSuppressed(await engine.ValueAsync(measure, AsAt, null, Address.Within, cancellation), Address.Within, viewer);

    private FileContentResult Csv(string name, string[] heads, IEnumerable<object?[]> rows) => File(MeasureCsv.Of(heads, rows), "text/csv; charset=utf-8", $"{name}-{AsAt:yyyy-MM-dd}.csv");
}
