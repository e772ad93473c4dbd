using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Forms;

/// <summary>A form being filled in, on a page of its own; and where every form posts to, whichever page it stands on.</summary>
[SignedIn]
[LogsView]
[RequestFormLimits(ValueCountLimit = 10_000, ValueLengthLimit = MostBytes)]
[FormTooLong(MostBytes)]
public sealed class DraftPage(DraftReader drafts, SaveAnswers save, CompleteForm complete, RestoreAnswer restore, DiscardDraft discard, FormAccess access, WaymarkDb db) : PageModel, IShowsPeople
{
    /// <summary>Most bytes of a whole form as posted.</summary>
    public const int MostBytes = 4_000_000;
    public const string AsTheAnswersLead = "As the answers lead";

    public DraftView View { get; private set; } = null!;
    public string Back { get; private set; } = "/my-day";
    public string Caption { get; private set; } = "";
    public Guid? Beside { get; private set; }
    public IEnumerable<Guid> ShownPeople => View?.PersonId is { } person ? [person] : [];

    public async Task<IActionResult> OnGetAsync(Guid id, Guid? beside, string? @return) => await ShowAsync(id, beside, @return);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        var form = await Request.ReadFormAsync();
        var posted = PostedForm.Read(form);
        var (act, what) = posted.Act;
        if (await drafts.ReadAsync(id) is not { } view || !await access.MaySeeAsync(view))
        {
            return NotFound();
        }

        var done = await this.TryAsync(async () =>
        {
            if (act == "discard")
            {
                await discard.RunAsync(id);
                return;
            }

            posted.KeepIn(ModelState);
            var saved = await save.RunAsync(id, [.. posted.Changed, .. Acts(view, act, what)]);
            if (saved.State != DraftState.Open)
            {
                throw new RefusedException(saved.Words!);
            }

            // Saved as typed: from here on the page shows what the draft holds.
            ModelState.Clear();
            if (act == "restore")
            {
                await restore.RunAsync(id, long.Parse(what, System.Globalization.CultureInfo.InvariantCulture));
            }
            else if (act == "complete")
            {
                await CompleteAsync(id, posted);
            }
        });
        if (!done || !ModelState.IsValid)
        {
            return await ShowAsync(id, null, posted.Return);
        }

        if (act is "save" or "complete" or "discard")
        {
            this.Flash(act switch { "complete" => $"“{view.Definition.Title}” is complete.", "discard" => $"“{view.Definition.Title}” is discarded.", _ => "Your answers are saved. You can come back to them." });
        }

        var to = act is "save" or "complete" or "discard" ? posted.Return : posted.Here;
        return LocalRedirect(Url.IsLocalUrl(to) ? to + Anchor(act, what) : $"/drafts/{id}");
    }

    private async Task CompleteAsync(Guid id, PostedForm posted)
    {
        var completed = await complete.RunAsync(new CompleteRequest { DraftId = id, FormVersion = posted.FormVersion, ExitKey = posted.Exit, ExitReason = posted.ExitReason });
        foreach (var error in completed.Errors)
        {
            ModelState.AddModelError(FormFieldsView.Prefix + error.Field, error.Message);
        }
    }

    /// <summary>What the button pressed writes: a row added or taken away, a known answer used.</summary>
    private static IEnumerable<TypedAnswer> Acts(DraftView view, string act, string what) => act switch
    {
        "add" when view.Definition.Find(what)?.Kind == QuestionKind.Rows => [new(new(what, Guid.CreateVersion7().ToString("N")), Answers.RowStands)],
        "remove" when AnswerAddress.Parse(what) is { Row.Length: > 0 } row => [new(row, Answers.RowTakenAway)],
        "use" when view.Suggestions.TryGetValue(what, out var known) => [new(new(what), known.Text)],
        _ => [],
    };

    private static string Anchor(string act, string what) => act switch
    {
        "add" or "use" => $"#{FormFieldsView.IdOf(FormFieldsView.Prefix + what)}",
        _ => "",
    };

    private async Task<IActionResult> ShowAsync(Guid id, Guid? beside, string? back)
    {
        if (await drafts.ReadAsync(id) is not { } view || !await access.MaySeeAsync(view))
        {
            return NotFound();
        }

        (View, Beside) = (view, beside);
        var person = view.PersonId is { } personId ? await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == personId) : null;
        Back = Url.IsLocalUrl(back) ? back! : view.Episode is { } episode ? $"/work/{episode.Reference}" : person is not null ? $"/people/{person.Reference}" : "/my-day";
        Caption = string.Join(", ", new[] { person?.DisplayName, view.Episode?.Reference }.OfType<string>());
        return Page();
    }
}
