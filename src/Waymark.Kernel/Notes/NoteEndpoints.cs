using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Notes;

/// <summary>Autosave of a note as it is typed. A form post, so the site's own antiforgery check holds for it.</summary>
public sealed class NoteEndpoints : IEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/notes/draft", SaveAsync).WithMetadata(new RequiresAttribute(Can.WriteNotes));

    private static async Task<IResult> SaveAsync(NoteDrafts drafts, [FromForm] Guid? personId, [FromForm] Guid? episodeId, [FromForm] string? text)
    {
        try
        {
            return Results.Json(new { saved = Format.Time(await drafts.SaveAsync(personId, episodeId, text ?? "")) });
        }
        catch (RefusedException refused)
        {
            return Results.Json(new { problem = refused.Message }, statusCode: StatusCodes.Status400BadRequest);
        }
    }
}
