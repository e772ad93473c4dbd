using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Waymark.Kernel.Access;
using Waymark.Kernel.Letters;
using Waymark.Kernel.Modules;
using Waymark.Liberty.Dols.Requests;

namespace Waymark.Liberty.Dols.Letters;

/// <summary>Letters as files: for the council's staff, and those of its own requests for a managing authority.</summary>
public sealed class LetterEndpoints : IEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/dols/{reference}/letters/{key}/{format}", async (string reference, string key, string format, DolsReader reader, DolsLetters letters, ViewLog log, Viewer viewer) =>
        {
            if (await reader.ReadAsync(reference) is not { } view || await letters.WriteAsync(view.Episode, view.Case, key) is not { } letter)
            {
                return Results.NotFound();
            }

            if (view.Person is { } person)
            {
                log.Record(viewer, person.Id, "/dols/{reference}/letters");
            }

            return File(letter, format, reference);
        }).Requires(LibertyCan.View);
        routes.MapGet("/dols/requests/{reference}/letters/{key}/{format}", async (string reference, string key, string format, OwnRequests requests, DolsLetters letters, ViewLog log, Viewer viewer) =>
        {
            if (await requests.FindAsync(reference) is not { } own || await letters.WriteAsync(own.Episode, own.Case, key) is not { } letter)
            {
                return Results.NotFound();
            }

            if (own.Case.PersonId is { } person)
            {
                log.Record(viewer, person, "/dols/requests/{reference}/letters");
            }

            return File(letter, format, reference);
        }).Requires(LibertyCan.Request);
    }

    private static IResult File(Letter letter, string format, string reference)
    {
        try
        {
            return format switch
            {
                "pdf" => Results.File(LetterPdf.Write(letter), LetterPdf.ContentType, $"{reference}.pdf"),
                "word" => Results.File(LetterWord.Write(letter), LetterWord.ContentType, $"{reference}.docx"),
                _ => Results.NotFound(),
            };
        }
        catch (RefusedException refused)
        {
            return Results.Text(refused.Message, statusCode: StatusCodes.Status409Conflict);
        }
    }
}
