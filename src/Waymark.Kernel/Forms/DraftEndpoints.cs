using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Forms;

/// <summary>
/// Autosave: answers one way, other workers' answers the other. 401 signed out (never a redirect: the text is still on the page), 403 not allowed, 404 no
/// such draft, 409 completed, 410 discarded, 413 too much, 400 anything else; every refusal carries words for the person.
/// </summary>
public sealed class DraftEndpoints : IEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // Reads every form now, so that one that cannot work stops the start.
        routes.ServiceProvider.GetRequiredService<FormCatalogue>();
        routes.MapPost("/drafts/{id:guid}/answers", SaveAsync).WithMetadata(new SignedInAttribute());
        routes.MapGet("/drafts/{id:guid}/answers", NewerAsync).WithMetadata(new SignedInAttribute());
    }

    private static async Task<IResult> SaveAsync(Guid id, HttpContext http, Viewer viewer, IAntiforgery antiforgery, SaveAnswers save, WaymarkDb db)
    {
        if (!viewer.IsSignedIn)
        {
            return SignedOut();
        }

        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Refused(StatusCodes.Status400BadRequest, "This page is out of date. Your text is still here: open another tab, sign in, then try again.");
        }

        if (http.Request.ContentLength > SaveAnswers.MostBytes)
        {
            return TooMuch();
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = SaveAnswers.MostBytes;
        }

        try
        {
            var posted = http.Request.HasJsonContentType() ? await http.Request.ReadFromJsonAsync<PostedAnswers>(http.RequestAborted) : null;
            var typed = (posted?.Answers ?? []).Select(a => (Address: AnswerAddress.Parse(a.Field), a.Text)).ToList();
            if (posted is null || typed.Any(t => t.Address is null || t.Text is null))
            {
                return Refused(StatusCodes.Status400BadRequest, "The answers could not be read. Load the page again; your text stays until you leave it.");
            }

            if (typed.Any(t => t.Text.Length > SaveAnswers.MostCharacters))
            {
                return TooMuch();
            }

            var saved = await save.RunAsync(id, [.. typed.Select(t => new TypedAnswer(t.Address!.Value, t.Text))]);
            return saved.State == DraftState.Open
                ? Results.Json(await NewerThanAsync(db, viewer, id, posted.After, saved))
                : Closed(saved);
        }
        catch (RefusedException refused)
        {
            return Refused(StatusCodes.Status400BadRequest, refused.Message, refused.Field);
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooMuch();
        }
        catch (System.Text.Json.JsonException)
        {
            return Refused(StatusCodes.Status400BadRequest, "The answers could not be read. Load the page again; your text stays until you leave it.");
        }
    }

    private static async Task<IResult> NewerAsync(Guid id, int after, Viewer viewer, DraftReader drafts, DraftStates states, WaymarkDb db)
    {
        if (!viewer.IsSignedIn)
        {
            return SignedOut();
        }

        var state = await drafts.MaySeeAsync(id) ? await states.WhyClosedAsync(id) : DraftStates.Missing;
        if (state.State != DraftState.Open)
        {
            return Closed(state);
        }

        return state.Number <= after ? Results.NoContent() : Results.Json(await NewerThanAsync(db, viewer, id, after, state));
    }

    private static async Task<NewerAnswers> NewerThanAsync(WaymarkDb db, Viewer viewer, Guid id, int after, SavedAnswers saved)
    {
        var newer = await (
            from a in db.DraftAnswers.AsNoTracking()
            where a.DraftId == id && a.SaveNumber > after && a.SaveNumber <= saved.Number
            join u in db.Users on a.SavedById equals u.Id into users
            from u in users.DefaultIfEmpty()
            orderby a.SaveNumber
            select new { a.Question, a.Row, a.Text, a.SavedOn, a.SavedById, By = u == null ? "Waymark" : u.DisplayName }).ToListAsync();
        return new NewerAnswers(
            saved.Number,
            Format.Time(saved.On),
            [.. newer.Select(n => new NewerAnswer(new AnswerAddress(n.Question, n.Row).Field, n.Text, n.By, Format.Time(n.SavedOn), n.SavedById == viewer.UserId))]);
    }

    private static IResult SignedOut() => Refused(StatusCodes.Status401Unauthorized, "You are signed out. Your text is still on this page: sign in in another tab, then come back and it is saved.");

    private static IResult TooMuch() => Refused(
        StatusCodes.Status413PayloadTooLarge,
        $"That is more text than one answer can hold; the most is {SaveAnswers.MostCharacters:N0} characters. Shorten it, or attach it as a document. What was saved before is still there.");

    private static IResult Closed(SavedAnswers state) => Refused(
        state.State switch
        {
            DraftState.Completed => StatusCodes.Status409Conflict,
            DraftState.Discarded => StatusCodes.Status410Gone,
            DraftState.NotAllowed => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status404NotFound,
        },
        state.Words!);

    private static IResult Refused(int status, string words, string? field = null) => Results.Json(new Refusal(words, field), statusCode: status);

    private sealed record PostedAnswers(int After, IReadOnlyList<PostedAnswer>? Answers);

    private sealed record PostedAnswer(string Field, string Text);

    private sealed record NewerAnswers(int Number, string SavedAt, IReadOnlyList<NewerAnswer> Answers);

    private sealed record NewerAnswer(string Field, string Text, string By, string At, bool Mine);

    private sealed record Refusal(string Words, string? Field);
}
