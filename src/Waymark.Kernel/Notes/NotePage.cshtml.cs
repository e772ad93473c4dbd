using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Policy;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Notes;

/// <summary>One note: what it says and said, corrected here, moved or struck here.</summary>
[LogsView, Requires(Can.ViewPeople)]
public sealed class NotePageModel(WaymarkDb db, NoteReader reader, CorrectNote correct, StrikeNote strike, CouncilPolicy policy, CareClock clock, Viewer viewer, RecordAccess access) : PageModel, IShowsPeople
{
    public IEnumerable<Guid> ShownPeople => View is null ? [] : View.People.Select(p => p.Id);

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public NoteDetails Input { get; set; } = new();

    /// <summary>Whose view it is struck from.</summary>
    [BindProperty]
    public Guid? FromPersonId { get; set; }

    [BindProperty]
    public string? ToReference { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public NoteView View { get; private set; } = null!;
    public bool MayDecide => viewer.IsSystem || viewer.ManagedTeamIds.Count > 0;
    public bool MayCorrect => View.Note.CorrectedById is null && viewer.May(Can.WriteNotes) && (View.Note.AuthorId == viewer.UserId || viewer.May(Can.CorrectRecords));
    public IReadOnlyList<Choice> Kinds => [.. policy.ListAt("note.kinds", clock.Today).Select(k => new Choice(k.Key, k.Title))];
    public IReadOnlyList<Choice> People => [.. View.People.Select(p => new Choice(p.Id.ToString(), $"{p.DisplayName}, {p.Reference}"))];
    public string KindTitle => policy.TitleOf("note.kinds", View.Note.Kind, clock.Today);
    public string BackUrl => View.People.Count > 0 ? $"/people/{View.People[0].Reference}" : $"/work/{View.Work[0]}";

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await OpenAsync())
        {
            return NotFound();
        }

        var note = View.Note;
        var at = TimeOnly.FromDateTime(CareClock.LondonTime(note.HappenedOn));
        Input = new NoteDetails
        {
            Kind = note.Kind, Text = note.Text, HappenedDate = note.HappenedDate, HappenedAt = at == TimeOnly.MinValue ? null : new TimeOnly(at.Hour, at.Minute),
            IsManagerDecision = note.IsManagerDecision, CameFrom = note.CameFrom, IsThirdParty = note.IsThirdParty,
        };
        return Page();
    }

    [Requires(Can.WriteNotes)]
    public async Task<IActionResult> OnPostCorrectAsync()
    {
        if (!await OpenAsync())
        {
            return NotFound();
        }

        Note? correction = null;
        if (!await this.TryAsync(async () => correction = await correct.RunAsync(Id, Input)))
        {
            return Page();
        }

        this.Flash("The note is corrected. What it said first is kept.");
        return Redirect($"/notes/{correction!.Id}");
    }

    [Requires(Can.WriteNotes)]
    public async Task<IActionResult> OnPostStrikeAsync()
    {
        if (!await OpenAsync())
        {
            return NotFound();
        }

        var back = BackUrl;
        var isDone = await this.TryAsync(async () =>
            await strike.RunAsync(Id, FromPersonId ?? throw new RefusedException("Choose whose record it is taken from", nameof(FromPersonId)), Reason, await ToAsync()));
        if (!isDone)
        {
            return Page();
        }

        this.Flash(string.IsNullOrWhiteSpace(ToReference) ? "The note is struck from view." : $"The note is moved to {ToReference.Trim().ToUpperInvariant()}.");
        return Redirect(back);
    }

    private async Task<Guid?> ToAsync()
    {
        if (string.IsNullOrWhiteSpace(ToReference))
        {
            return null;
        }

        var reference = ToReference.Trim().ToUpperInvariant();
        var id = await db.People.Where(p => p.Reference == reference).Select(p => (Guid?)p.Id).FirstOrDefaultAsync() ?? throw new RefusedException($"There is no record {reference}. Check the reference", nameof(ToReference));
        (await access.SightOfPersonAsync(id)).Demand();
        return id;
    }

    private async Task<bool> OpenAsync()
    {
        if (await reader.ReadAsync(Id) is not { } view)
        {
            return false;
        }

        View = view;
        return true;
    }
}
