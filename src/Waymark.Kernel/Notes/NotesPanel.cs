using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Policy;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Notes;

/// <summary>A note in a list.</summary>
public sealed record NoteLine(Guid Id, string Kind, string Text, DateTime HappenedOn, DateTime WrittenOn, string Author, bool IsManagerDecision, bool IsCorrection);

/// <summary>What the panel shows.</summary>
public sealed record NotesPanelView
{
    public Guid? PersonId { get; init; }
    public Guid? EpisodeId { get; init; }
    public required bool MayWrite { get; init; }
    public required bool MayDecide { get; init; }
    public required IReadOnlyList<Choice> Kinds { get; init; }
    public string? Draft { get; init; }
    public DateTime? DraftSavedOn { get; init; }
    public required string ReturnUrl { get; init; }
    public IReadOnlyList<NoteLine>? Notes { get; init; }
    public string Query => string.Join('&', new[] { PersonId is { } p ? $"personId={p}" : null, EpisodeId is { } e ? $"episodeId={e}" : null, $"returnUrl={Uri.EscapeDataString(ReturnUrl)}" }.OfType<string>());
}

/// <summary>
/// The note box (key <c>c</c>) and, where asked, the notes of an episode or person: <c>&lt;vc:notes-panel person-id="null" episode-id="id" with-list="true" /&gt;</c>.
/// The page that shows it has asked whether the viewer may see the record.
/// </summary>
public sealed class NotesPanel(WaymarkDb db, NoteDrafts drafts, CouncilPolicy policy, CareClock clock, Viewer viewer) : ViewComponent
{
    private const int Most = 50;

    public async Task<IViewComponentResult> InvokeAsync(Guid? personId, Guid? episodeId, bool withList = false)
    {
        var mayWrite = viewer.May(Can.WriteNotes);
        var draft = mayWrite ? await drafts.FindAsync(personId, episodeId) : null;
        return View("/Notes/NotesPanel.cshtml", new NotesPanelView
        {
            PersonId = personId,
            EpisodeId = episodeId,
            MayWrite = mayWrite,
            MayDecide = viewer.IsSystem || viewer.ManagedTeamIds.Count > 0,
            Kinds = [.. policy.ListAt("note.kinds", clock.Today).Select(k => new Choice(k.Key, k.Title))],
            Draft = draft?.Text,
            DraftSavedOn = draft?.SavedOn,
            ReturnUrl = $"{Request.Path}{Request.QueryString}",
            Notes = withList ? await ReadAsync(personId, episodeId) : null,
        });
    }

    private async Task<IReadOnlyList<NoteLine>> ReadAsync(Guid? personId, Guid? episodeId) => await (
        from s in db.NoteSubjects
        where s.StruckOn == null && (episodeId == null ? s.PersonId == personId : s.EpisodeId == episodeId)
        join n in db.Notes on s.NoteId equals n.Id
        where n.CorrectedById == null
        orderby n.HappenedOn descending, n.WrittenOn descending
        select new NoteLine(n.Id, n.Kind, n.Text, n.HappenedOn, n.WrittenOn, db.Users.Where(u => u.Id == n.AuthorId).Select(u => u.DisplayName).FirstOrDefault() ?? "Waymark", n.IsManagerDecision, n.CorrectsId != null))
        .Take(Most).ToListAsync();
}
