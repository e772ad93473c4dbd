using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Policy;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Notes;

/// <summary>The whole note form; the note box on a person's or an episode's page sends to it too.</summary>
[Requires(Can.WriteNotes)]
public sealed class NewNoteModel(WaymarkDb db, AddNote addNote, NoteDrafts drafts, RecordAccess access, CouncilPolicy policy, CareClock clock, Viewer viewer) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid? PersonId { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? EpisodeId { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public NoteDetails Input { get; set; } = new();

    /// <summary>References of further people, as typed.</summary>
    [BindProperty]
    public string? AlsoAbout { get; set; }

    public string About { get; private set; } = "";
    public IReadOnlyList<Choice> Kinds => [.. policy.ListAt("note.kinds", clock.Today).Select(k => new Choice(k.Key, k.Title))];
    public bool MayDecide => viewer.IsSystem || viewer.ManagedTeamIds.Count > 0;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await OpenAsync())
        {
            return NotFound();
        }

        Input = new NoteDetails { Text = (await drafts.FindAsync(PersonId, EpisodeId))?.Text };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await OpenAsync())
        {
            return NotFound();
        }

        var isDone = await this.TryAsync(async () =>
        {
            var people = await AlsoAsync();
            await drafts.ForgetAsync(PersonId, EpisodeId);
            await addNote.RunAsync(Input with
            {
                PersonIds = [.. (PersonId is { } person ? [person] : Array.Empty<Guid>()), .. people],
                EpisodeIds = EpisodeId is { } episode ? [episode] : [],
            });
        });
        if (!isDone)
        {
            return Page();
        }

        this.Flash("The note is saved.");
        return Redirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/people");
    }

    /// <summary>Names whom or what the note is about, if the viewer may see it.</summary>
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

    private async Task<IReadOnlyList<Guid>> AlsoAsync()
    {
        var references = (AlsoAbout ?? "").Split([',', ';', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(r => r.ToUpperInvariant()).Distinct().ToList();
        if (references.Count == 0)
        {
            return [];
        }

        var found = await db.People.Where(p => references.Contains(p.Reference)).Select(p => new { p.Id, p.Reference }).ToListAsync();
        if (references.Except(found.Select(f => f.Reference)).FirstOrDefault() is { } unknown)
        {
            throw new RefusedException($"There is no record {unknown}. Check the reference", nameof(AlsoAbout));
        }

        foreach (var person in found)
        {
            (await access.SightOfPersonAsync(person.Id)).Demand();
        }

        return [.. found.Select(f => f.Id)];
    }
}
