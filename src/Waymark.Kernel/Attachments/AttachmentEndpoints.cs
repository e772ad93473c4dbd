using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Attachments;

/// <summary>Downloads. Never inline: whatever a file holds, the browser saves it and runs nothing of it in this site's name.</summary>
public sealed class AttachmentEndpoints : IEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/attachments/{id:guid}", DownloadAsync).WithMetadata(new RequiresAttribute(Can.ViewPeople));

    private static async Task<IResult> DownloadAsync(Guid id, WaymarkDb db, AttachmentFiles files, RecordAccess access, Viewer viewer, ViewLog log, HttpResponse response)
    {
        var file = await db.Attachments.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id);
        if (file is null || (file.StruckOn is not null && !viewer.May(Can.ReadAudit)) || !await SeesAsync(file, access))
        {
            return Results.NotFound();
        }

        if (file.PersonId is { } person)
        {
            log.Record(viewer, person, "/attachments/{id}");
        }

        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.FileName);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        response.Headers.CacheControl = "no-store";
        return Results.Stream(files.Open(file.StoredName), "application/octet-stream");
    }

    private static async Task<bool> SeesAsync(Attachment file, RecordAccess access) =>
        file.EpisodeId is { } episode ? (await access.SightOfEpisodeAsync(episode)).IsFull : file.PersonId is { } person && (await access.SightOfPersonAsync(person)).IsFull;
}
