using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Attachments;

/// <summary>A document in a list.</summary>
public sealed record DocumentLine(Guid Id, string FileName, string ContentType, long Length, DateTime AddedOn, Guid AddedById, string AddedBy, string? CameFrom);

/// <summary>What the panel shows.</summary>
public sealed record DocumentsPanelView(IReadOnlyList<DocumentLine> Documents, string? AddUrl, Func<DocumentLine, bool> MayStrike, string ReturnUrl);

/// <summary>
/// The documents of an episode or a person: <c>&lt;vc:documents-panel person-id="null" episode-id="id" /&gt;</c>. The page that shows it has asked whether the
/// viewer may see the record.
/// </summary>
public sealed class DocumentsPanel(WaymarkDb db, Viewer viewer, RecordAccess access) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid? personId, Guid? episodeId)
    {
        var files = db.Attachments.Where(a => a.StruckOn == null && (episodeId == null ? a.PersonId == personId : a.EpisodeId == episodeId));
        var documents = await access.Visible(files, a => a.PersonId, a => a.EpisodeId).OrderByDescending(a => a.AddedOn).Take(100)
            .Select(a => new DocumentLine(a.Id, a.FileName, a.ContentType, a.Length, a.AddedOn, a.AddedById, db.Users.Where(u => u.Id == a.AddedById).Select(u => u.DisplayName).FirstOrDefault() ?? "Waymark", a.CameFrom)).ToListAsync();
        var back = $"{Request.Path}{Request.QueryString}";
        var add = viewer.May(Can.AttachFiles) ? $"/attachments/new?{(episodeId is { } e ? $"episodeId={e}" : $"personId={personId}")}&returnUrl={Uri.EscapeDataString(back)}" : null;
        return View("/Attachments/DocumentsPanel.cshtml", new DocumentsPanelView(documents, add, d => d.AddedById == viewer.UserId || viewer.May(Can.CorrectRecords), back));
    }
}
