using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Figures;

/// <summary>A published figure: what was frozen, how it was restated since, the same figure by cut; restate and withdraw.</summary>
[Requires(Can.ViewMeasures)]
public sealed class ShowModel(ReadFigures read, RestateFigure restate, WithdrawFigure withdraw, Catalogue catalogue, Viewer viewer) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public FigureView View { get; private set; } = null!;
    public IReadOnlyList<FigureView> Cuts { get; private set; } = [];

    /// <summary>The definition is still what the measure of today uses, so the rows of today can be compared.</summary>
    public bool HasDefinition { get; private set; }
    public bool IsCurrentDefinition { get; private set; }
    public bool MayChange => viewer.May(Can.PublishFigures) && View.Figure.WithdrawnOn is null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    [Requires(Can.PublishFigures)]
    public Task<IActionResult> OnPostRestateAsync(CancellationToken cancellation) =>
        ActAsync(() => restate.RunAsync(Id, Reason, cancellation), "Restated. The first value stays beside it", cancellation);

    [Requires(Can.PublishFigures)]
    public Task<IActionResult> OnPostWithdrawAsync(CancellationToken cancellation) =>
        ActAsync(() => withdraw.RunAsync(Id, Reason, cancellation), "Withdrawn. It stays on record and says so", cancellation);

    private async Task<IActionResult> ActAsync(Func<Task> act, string done, CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        if (!await this.TryAsync(act))
        {
            return Page();
        }

        this.Flash(done);
        return Redirect($"/figures/{Id}");
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (await read.FindAsync(Id, cancellation) is not { } view)
        {
            return false;
        }

        View = view;
        var figure = view.Figure;
        HasDefinition = catalogue.Measure(figure.MeasureKey, figure.DefinitionVersion) is not null;
        IsCurrentDefinition = catalogue.Measures.TryGetValue(figure.MeasureKey, out var now) && now.DefinitionVersion == figure.DefinitionVersion;
        var cuts = figure.CutKey is not null ? [] : await read.WithHistoryAsync(await read.Visible.Where(f => f.MeasureKey == figure.MeasureKey && f.DefinitionVersion == figure.DefinitionVersion
            && f.AsAt == figure.AsAt && f.PeriodFrom == figure.PeriodFrom && f.CutKey != null).ToListAsync(cancellation), cancellation);
        Cuts = [.. cuts.OrderBy(c => c.Figure.CutKey, StringComparer.Ordinal).ThenBy(c => Cut.At(c.Figure.CutKey!).Rank(c.Figure.CutValue!)).ThenBy(c => c.Figure.CutTitle, StringComparer.OrdinalIgnoreCase)];
        return true;
    }
}
