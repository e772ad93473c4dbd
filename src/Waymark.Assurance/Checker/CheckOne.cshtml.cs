using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Ui;
using Waymark.Text.Rules;

namespace Waymark.Assurance.Checker;

/// <summary>A checked draft: its findings with quotes side by side, its figures beside the council's own, and its text with each finding marked.</summary>
[Requires(Can.ViewMeasures)]
public sealed class CheckOnePage(ReadDraft read, KeepFindingReason keep, CompareWithMeasures compare) : PageModel
{
    public DraftView View { get; private set; } = null!;
    public IReadOnlyList<ComparedFigure> Compared { get; private set; } = [];

    public string Anchor(Quote quote) => $"d{View.Documents.ToList().FindIndex(d => d.Name == quote.File)}-{quote.Line}";

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        if (!await ShowAsync(id))
        {
            return NotFound();
        }

        Compared = await compare.RunAsync(View.Readings);
        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync(Guid id) =>
        await ShowAsync(id) ? File(DraftExport.Csv(View), "text/csv", "findings.csv") : NotFound();

    public async Task<IActionResult> OnGetWordAsync(Guid id) =>
        await ShowAsync(id) ? File(DraftExport.Word(View), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "findings.docx") : NotFound();

    public async Task<IActionResult> OnGetPdfAsync(Guid id) =>
        await ShowAsync(id) ? File(DraftPdf.Of(View), "application/pdf", "findings.pdf") : NotFound();

    public async Task<IActionResult> OnPostReasonAsync(Guid id, string? key, string? reason)
    {
        if (!await ShowAsync(id))
        {
            return NotFound();
        }

        if (await this.TryAsync(() => View.Findings.Any(f => f.Finding.Key == key) ? keep.RunAsync(key!, reason) : throw new RefusedException("That finding does not stand in this draft any more.")))
        {
            this.Flash(string.IsNullOrWhiteSpace(reason) ? "The reason is taken back." : "The reason is kept, for this draft and the next.");
            return Redirect($"/checks/{id}#finding-{View.Findings.First(f => f.Finding.Key == key).Number}");
        }

        Compared = await compare.RunAsync(View.Readings);
        return Page();
    }

    private async Task<bool> ShowAsync(Guid id)
    {
        if (await read.RunAsync(id) is not { } view)
        {
            return false;
        }

        View = view;
        return true;
    }
}
