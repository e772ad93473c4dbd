using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Attachments;

/// <summary>Attach a file. The upload is read as a stream by <see cref="UploadReader"/>, which checks the antiforgery token itself, before the file.</summary>
[Requires(Can.AttachFiles)]
[IgnoreAntiforgeryToken]
[ReadsFormItself]
public sealed class NewAttachmentModel(WaymarkDb db, AddAttachment addAttachment, RecordAccess access) : PageModel
{
    [FromQuery]
    public Guid? PersonId { get; set; }

    [FromQuery]
    public Guid? EpisodeId { get; set; }

    [FromQuery]
    public string? ReturnUrl { get; set; }

    public string About { get; private set; } = "";
    public string? CameFrom { get; private set; }
    public string Largest => $"{addAttachment.Largest / (1024 * 1024)} MB";

    public async Task<IActionResult> OnGetAsync() => await OpenAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await OpenAsync())
        {
            return NotFound();
        }

        try
        {
            return await ReceiveAsync(cancellation);
        }
        catch (AntiforgeryValidationException)
        {
            // The error page that answers must not look for a form in what has been read.
            Request.ContentType = null;
            return BadRequest();
        }
    }

    private async Task<IActionResult> ReceiveAsync(CancellationToken cancellation)
    {
        Attachment? added = null;
        var isDone = await this.TryAsync(async () => await UploadReader.ReadAsync(HttpContext, addAttachment.Largest, async (fields, name, content) =>
        {
            CameFrom = fields.GetValueOrDefault(nameof(CameFrom));
            added = await addAttachment.RunAsync(
                content,
                new AttachmentDetails { FileName = name, PersonId = PersonId, EpisodeId = EpisodeId, CameFrom = CameFrom, IsThirdParty = fields.GetValueOrDefault(nameof(AttachmentDetails.IsThirdParty)) == "true" },
                cancellation);
        }));
        if (!isDone)
        {
            return Page();
        }

        this.Flash($"“{added!.FileName}” is attached.");
        return Redirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/people");
    }

    private async Task<bool> OpenAsync()
    {
        if (EpisodeId is { } episodeId)
        {
            About = await db.Episodes.Where(e => e.Id == episodeId).Select(e => e.Reference).FirstOrDefaultAsync() ?? "";
            return About.Length > 0 && (await access.SightOfEpisodeAsync(episodeId)).IsFull;
        }

        if (PersonId is not { } personId || await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == personId) is not { } person)
        {
            return false;
        }

        About = person.DisplayName;
        return (await access.SightOfPersonAsync(personId)).IsFull;
    }
}
