using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Forms;

/// <summary>Two forms' answers under two headings.</summary>
public sealed record ComparedForms(string Left, string Right, IReadOnlyList<ComparedAnswer> Answers);

/// <summary>A page about one completed form.</summary>
public abstract class RevisionPage(RevisionReader revisions) : PageModel, IShowsPeople
{
    public RevisionView View { get; private set; } = null!;
    public string Back => View.Episode is { } episode ? $"/work/{episode.Reference}" : View.PersonReference is { } person ? $"/people/{person}" : "/my-day";
    public IEnumerable<Guid> ShownPeople => View?.PersonId is { } person ? [person] : [];
    protected RevisionReader Revisions { get; } = revisions;

    protected async Task<bool> FindAsync(Guid id)
    {
        if (await Revisions.ReadAsync(id) is not { } view)
        {
            return false;
        }

        View = view;
        return true;
    }
}

/// <summary>A completed form to read and to print: question and answer, in the words in which they were asked.</summary>
[SignedIn]
[LogsView]
public sealed class PrintPage(RevisionReader revisions, EarlierForms earlier) : RevisionPage(revisions)
{
    public IReadOnlyList<EarlierForm> Others { get; private set; } = [];

    /// <summary>The copy for the person: what names or comes from someone else is withheld.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Copy { get; set; }

    public FormContent Shown => Copy ? View.Content.ForCopy() : View.Content;

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        if (!await FindAsync(id))
        {
            return NotFound();
        }

        Others = [.. (await earlier.ListAsync(View.Revision.FormKey, View.PersonId, View.Revision.EpisodeId)).Where(e => e.RevisionId != id)];
        return Page();
    }
}

/// <summary>Every completion of a form on one episode, with what changed between one and the next.</summary>
[SignedIn]
[LogsView]
public sealed class HistoryPage(RevisionReader revisions) : RevisionPage(revisions)
{
    public sealed record Entry(FormRevision Revision, string By, IReadOnlyList<ComparedAnswer>? Changes);

    public IReadOnlyList<Entry> Entries { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        if (!await FindAsync(id))
        {
            return NotFound();
        }

        var history = await Revisions.HistoryAsync(View.Revision);
        Entries = [.. history.Select((h, i) => new Entry(h.Revision, h.By, i + 1 == history.Count ? null : Changed(history[i + 1].Revision, h.Revision)))];
        return Page();
    }

    private static IReadOnlyList<ComparedAnswer> Changed(FormRevision before, FormRevision now) =>
        [.. ComparedAnswer.Compare(FormContent.Parse(before.Content), FormContent.Parse(now.Content)).Where(c => c.Differs)];
}

/// <summary>A completed form beside another of its kind about the same person.</summary>
[SignedIn]
[LogsView]
public sealed class BesidePage(RevisionReader revisions) : RevisionPage(revisions)
{
    public ComparedForms Compared { get; private set; } = null!;
    public int Differences => Compared.Answers.Count(a => a.Differs);

    public async Task<IActionResult> OnGetAsync(Guid id, Guid otherId)
    {
        if (!await FindAsync(id) || await Revisions.ReadAsync(otherId) is not { } other || other.Revision.FormKey != View.Revision.FormKey || other.PersonId != View.PersonId)
        {
            return NotFound();
        }

        var (left, right) = other.Revision.CompletedOn <= View.Revision.CompletedOn ? (other, View) : (View, other);
        Compared = new ComparedForms(Heading(left), Heading(right), ComparedAnswer.Compare(left.Content, right.Content));
        return Page();
    }

    private static string Heading(RevisionView view) => $"{Format.Date(view.Revision.CompletedDate)}, {view.By}";
}
