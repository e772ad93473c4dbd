using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;
using Waymark.Text.Reading;

namespace Waymark.Assurance.Checker;

/// <summary>A draft as the list shows it.</summary>
public sealed record CheckedBefore(Guid Id, string Title, DateTime CheckedOn);

/// <summary>Drop documents in, and every draft checked before.</summary>
[Requires(Can.ViewMeasures)]
public sealed class ChecksPage(WaymarkDb db, CheckDraft check) : PageModel
{
    private const int Shown = 50;

    [BindProperty]
    public IReadOnlyList<IFormFile> Uploads { get; set; } = [];

    public IReadOnlyList<CheckedBefore> Checks { get; private set; } = [];

    public bool IsFaulty => ModelState["Uploads"]?.Errors.Count > 0;

    public string? Fault => ModelState["Uploads"]?.Errors.FirstOrDefault()?.ErrorMessage;

    public async Task OnGetAsync() => await ShowAsync();

    [RequestSizeLimit((DocumentFile.Largest * CheckDraft.MostFiles) + 1_000_000)]
    [RequestFormLimits(MultipartBodyLengthLimit = (DocumentFile.Largest * CheckDraft.MostFiles) + 1_000_000)]
    public async Task<IActionResult> OnPostAsync()
    {
        DraftCheck? made = null;
        if (await this.TryAsync(async () =>
        {
            var files = new List<(string, byte[])>();
            foreach (var upload in Uploads.Where(u => u.Length > 0))
            {
                if (upload.Length > DocumentFile.Largest)
                {
                    throw new RefusedException($"{upload.FileName} is larger than 30 MB.", nameof(Uploads));
                }

                using var bytes = new MemoryStream();
                await upload.CopyToAsync(bytes);
                files.Add((upload.FileName, bytes.ToArray()));
            }

            made = await check.RunAsync(files);
        }))
        {
            return Redirect($"/checks/{made!.Id}");
        }

        await ShowAsync();
        return Page();
    }

    private async Task ShowAsync() => Checks = await db.Set<DraftCheck>().OrderByDescending(c => c.CheckedOn).Take(Shown).Select(c => new CheckedBefore(c.Id, c.Title, c.CheckedOn)).ToListAsync();
}
