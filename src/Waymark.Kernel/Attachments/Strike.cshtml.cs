using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Attachments;

/// <summary>Strike a document from view, with a reason.</summary>
[Requires(Can.AttachFiles)]
public sealed class StrikeModel(WaymarkDb db, StrikeAttachment strike, RecordAccess access) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public string FileName { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync() => await OpenAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await OpenAsync())
        {
            return NotFound();
        }

        if (!await this.TryAsync(() => strike.RunAsync(Id, Reason)))
        {
            return Page();
        }

        this.Flash($"“{FileName}” is struck from view.");
        return Redirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/people");
    }

    private async Task<bool> OpenAsync()
    {
        var file = await db.Attachments.AsNoTracking().FirstOrDefaultAsync(a => a.Id == Id);
        FileName = file?.FileName ?? "";
        return file is not null
            && (file.EpisodeId is null || (await access.SightOfEpisodeAsync(file.EpisodeId.Value)).IsFull)
            && (file.PersonId is null || (await access.SightOfPersonAsync(file.PersonId.Value)).IsFull);
    }
}
