using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Returns.OpenItems;

/// <summary>Send an extract, and every extract sent before.</summary>
[Requires(Can.Import)]
public sealed class OpenItemsPage(WaymarkDb db, StageOpenItems stage) : PageModel
{
    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty]
    public string? AsAt { get; set; }

    [BindProperty]
    public string? Kinds { get; set; }

    [BindProperty]
    public string? Teams { get; set; }

    public IReadOnlyList<OpenItemImport> Imports { get; private set; } = [];

    public async Task OnGetAsync() => await ShowAsync();

    public FileContentResult OnGetTemplate() => File(Encoding.UTF8.GetBytes(OpenItemColumns.Template()), "text/csv", "open-items-template.csv");

    [RequestSizeLimit(OpenItemFile.LargestFile + 1_000_000)]
    public async Task<IActionResult> OnPostAsync()
    {
        StagedImport? staged = null;
        if (await this.TryAsync(async () =>
        {
            if (Upload is not { Length: > 0 } file)
            {
                throw new RefusedException("Choose the CSV file to send.", nameof(Upload));
            }

            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            staged = await stage.RunAsync(file.FileName, bytes.ToArray(), Clean(AsAt), Clean(Kinds), Clean(Teams));
        }))
        {
            return Redirect($"/imports/open-items/{staged!.Import.Id}");
        }

        await ShowAsync();
        return Page();
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private async Task ShowAsync() => Imports = await db.Set<OpenItemImport>().AsNoTracking().OrderByDescending(i => i.StagedOn).Take(30).ToListAsync();
}

/// <summary>What a staged file would do; and, once loaded, what it did and the way back.</summary>
[Requires(Can.Import)]
public sealed class OpenItemsImportPage(WaymarkDb db, OpenItemStore store, LoadOpenItems load, UndoOpenItems undo) : PageModel
{
    public const int MostFaultsListed = 200;

    public OpenItemImport Import { get; private set; } = null!;
    public OpenItemPlan? Plan { get; private set; }
    public StagedFaults Faults { get; private set; } = null!;
    public bool NeedsConfirmation => Plan is not null && load.NeedsConfirmation(Import, Plan);

    public bool ClosesMany => Plan is not null && Plan.ClosingShare > load.ClosingShareAllowed;

    [BindProperty]
    public bool Confirmed { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id) => await ShowAsync(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostLoadAsync(Guid id)
    {
        if (await this.TryAsync(() => load.RunAsync(id, Confirmed)))
        {
            this.Flash("The file is loaded. The weekly pack shows it.");
            return Redirect($"/imports/open-items/{id}");
        }

        db.ChangeTracker.Clear();
        return await ShowAsync(id) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid id)
    {
        if (await this.TryAsync(() => undo.RunAsync(id)))
        {
            this.Flash("The load is undone. The lists stand as they did before it.");
            return Redirect($"/imports/open-items/{id}");
        }

        db.ChangeTracker.Clear();
        return await ShowAsync(id) ? Page() : NotFound();
    }

    private async Task<bool> ShowAsync(Guid id)
    {
        if (await db.Set<OpenItemImport>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == id) is not { } import)
        {
            return false;
        }

        Import = import;
        Faults = JsonSerializer.Deserialize<StagedFaults>(import.Faults)!;
        Plan = import.State == OpenItemImportState.Staged ? OpenItemPlan.Make(await store.StagedAsync(import), await store.StandsAsync()) : null;
        return true;
    }
}
