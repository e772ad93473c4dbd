using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Notes;

/// <summary>Corrects a note: a new one takes its place and the first text is kept, one click away. By its author, or by who may correct records.</summary>
[Scoped]
public sealed class CorrectNote(WaymarkDb db, Viewer viewer, Auditor audit, AddNote addNote)
{
    /// <param name="details">The whole note as it should read; who it is about stays as it was.</param>
    public async Task<Note> RunAsync(Guid noteId, NoteDetails details)
    {
        var note = await db.Notes.FirstOrDefaultAsync(n => n.Id == noteId) ?? throw new RefusedException("The note is not there any more");
        if (note.AuthorId != viewer.UserId && !viewer.May(Can.CorrectRecords))
        {
            throw new RefusedException("Only its author, or someone who may correct records, can correct a note");
        }

        if (note.CorrectedById is not null)
        {
            throw new RefusedException("Someone has corrected this note already. Open the newer text and correct that");
        }

        var subjects = await db.NoteSubjects.Where(s => s.NoteId == noteId && s.StruckOn == null).ToListAsync();
        if (subjects.Count == 0)
        {
            throw new RefusedException("The note was struck from view and cannot be corrected");
        }

        var correction = await addNote.PrepareAsync(
            details with
            {
                PersonIds = [.. subjects.Where(s => s.PersonId is not null).Select(s => s.PersonId!.Value)],
                EpisodeIds = [.. subjects.Where(s => s.EpisodeId is not null).Select(s => s.EpisodeId!.Value)],
            }, note);
        note.CorrectedById = correction.Id;
        audit.Record("correct-note", note, new { correction = correction.Id }, subjects.FirstOrDefault(s => s.PersonId is not null)?.PersonId);
        await db.SaveChangesAsync();
        return correction;
    }
}
