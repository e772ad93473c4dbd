using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Measures;

/// <summary>The catalogue: every measure the viewer may know of, what it is now and was a year ago.</summary>
[Requires(Can.ViewMeasures)]
public sealed class IndexModel(Catalogue catalogue, Viewer viewer, CareClock clock, MeasureSheet sheet) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? At { get; set; }

    public DateOnly AsAt { get; private set; }
    public IReadOnlyList<MeasureGroup> Groups { get; private set; } = [];
    public int FiltersSet => (string.IsNullOrWhiteSpace(Search) ? 0 : 1) + (At is null ? 0 : 1);
    public int Count => Groups.Sum(g => g.Lines.Count);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        AsAt = At is { } day && day <= clock.Today ? day : clock.Today;
        var grouped = catalogue.Modules
            .Select(m => (m.Name, Measures: m.Measures.Concat(m.Queues.SelectMany(q => q.All())).Select(x => catalogue.Measures[x.Key]).Where(IsShown).ToList()))
            .Where(g => g.Measures.Count > 0).ToList();
        var all = grouped.SelectMany(g => g.Measures).ToList();
        var now = (await sheet.ReadAsync(all, AsAt, cancellation)).ToDictionary(v => v.Key);
        var before = (await sheet.ReadAsync(all, AsAt.AddYears(-1), cancellation)).ToDictionary(v => v.Key);
        Groups = [.. grouped.Select(g => new MeasureGroup(g.Name, [.. g.Measures.Select(m =>
            new MeasureLine(m, now[m.Key], before[m.Key], MeasureText.Change(now[m.Key], before[m.Key], "a year ago")))]))];
    }

    private bool IsShown(Measure measure) => (measure.Permission is null || viewer.May(measure.Permission))
        && (string.IsNullOrWhiteSpace(Search) || Search.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
            $"{measure.Title} {measure.Key} {measure.Definition} {string.Join(' ', measure.Inventory)}".Contains(word, StringComparison.OrdinalIgnoreCase)));
}

public sealed record MeasureGroup(string Title, IReadOnlyList<MeasureLine> Lines);

public sealed record MeasureLine(Measure Measure, MeasureValue Now, MeasureValue Before, Change? Change);
