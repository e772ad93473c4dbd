using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.People;

namespace Waymark.Kernel.Notes;

/// <summary>
/// Strikes a note from a person's view, with a reason, and where it was about someone else moves it to them. The first place keeps a line that says a note
/// was moved, not what it said; who may read the audit can still find it.
/// </summary>
[Scoped]
public sealed class StrikeNote(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit, MergedPeople merged)
{
    /// <param name="personId">Whose view it is struck from.</param>
    /// <param name="toPersonId">The person it is about, or <c>null</c> when it should stand nowhere.</param>
    public async Task RunAsync(Guid noteId, Guid personId, string? reason, Guid? toPersonId = null)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RefusedException("Enter why the note is struck from view", "Reason");
        }

        var note = await db.Notes.FirstOrDefaultAsync(n => n.Id == noteId) ?? throw new RefusedException("The note is not there any more");
        if (note.AuthorId != viewer.UserId && !viewer.May(Can.CorrectRecords))
        {
            throw new RefusedException("Only its author, or someone who may correct records, can strike or move a note");
        }

        var family = await FamilyAsync(note);
        var subjects = await db.NoteSubjects.Where(s => family.Contains(s.NoteId) && s.StruckOn == null).ToListAsync();
        var episodes = subjects.Where(s => s.EpisodeId is not null).Select(s => s.EpisodeId!.Value).ToList();
        var ofPerson = await db.Episodes.Where(e => episodes.Contains(e.Id) && e.PersonId == personId).Select(e => e.Id).ToListAsync();
        var struck = subjects.Where(s => s.PersonId == personId || (s.EpisodeId is { } episode && ofPerson.Contains(episode))).ToList();
        if (struck.Count == 0)
        {
            throw new RefusedException("The note does not stand on this person any more");
        }

        foreach (var subject in struck)
        {
            (subject.StruckOn, subject.StruckById, subject.StruckReason) = (clock.Now, viewer.UserId, reason.Trim());
        }

        if (toPersonId is { } to)
        {
            await MoveAsync(family, personId, to, subjects);
        }

        audit.Record(toPersonId is null ? "strike-note" : "move-note", note, new { from = personId, to = toPersonId }, personId);
        await db.SaveChangesAsync();
    }

    private async Task MoveAsync(IReadOnlyList<Guid> family, Guid fromId, Guid askedId, List<NoteSubject> subjects)
    {
        var people = await merged.SurvivorsAsync([askedId]);
        if (people.Count == 0)
        {
            throw new RefusedException("Choose the person the note is about", "ToPersonId");
        }

        var toId = people.Values.Single();
        if (toId == fromId)
        {
            throw new RefusedException("The note is on this person already. Choose another", "ToPersonId");
        }

        db.AddRange(family.Where(id => !subjects.Exists(s => s.NoteId == id && s.PersonId == toId)).Select(id => new NoteSubject { NoteId = id, PersonId = toId }));
        audit.Record("receive-note", nameof(Note), family[0].ToString(), new { from = fromId }, toId);
    }

    /// <summary>The note with all it corrected: the earlier texts go where it goes.</summary>
    private async Task<IReadOnlyList<Guid>> FamilyAsync(Note note)
    {
        var family = new List<Guid> { note.Id };
        for (var earlier = note.CorrectsId; earlier is { } id; earlier = await db.Notes.Where(n => n.Id == id).Select(n => n.CorrectsId).FirstOrDefaultAsync())
        {
            family.Add(id);
        }

        return family;
    }
}
