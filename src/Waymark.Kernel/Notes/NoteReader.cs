using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.People;

namespace Waymark.Kernel.Notes;

/// <summary>A note with whom it is about and its earlier texts.</summary>
public sealed record NoteView
{
    public required Note Note { get; init; }
    public required string Author { get; init; }

    /// <summary>People the viewer may see on whom it stands.</summary>
    public required IReadOnlyList<Person> People { get; init; }

    /// <summary>Work it stands on, by reference.</summary>
    public required IReadOnlyList<string> Work { get; init; }

    /// <summary>What it said before, the latest first.</summary>
    public required IReadOnlyList<Note> Earlier { get; init; }
}

/// <summary>Reads one note, for who may see a record it stands on and all the work it names.</summary>
[Scoped]
public sealed class NoteReader(WaymarkDb db, RecordAccess access)
{
    /// <returns>Null when there is none or the viewer may not see it.</returns>
    public async Task<NoteView?> ReadAsync(Guid noteId)
    {
        var note = await db.Notes.AsNoTracking().FirstOrDefaultAsync(n => n.Id == noteId);
        if (note is null)
        {
            return null;
        }

        var subjects = await db.NoteSubjects.Where(s => s.NoteId == noteId && s.StruckOn == null).ToListAsync();
        var episodeIds = subjects.Select(s => s.EpisodeId).OfType<Guid>().ToList();
        var personIds = subjects.Select(s => s.PersonId).OfType<Guid>().ToList();
        var work = await access.Visible(db.Episodes.Where(e => episodeIds.Contains(e.Id))).Select(e => e.Reference).ToListAsync();
        var people = await access.Visible(db.People.AsNoTracking().Where(p => personIds.Contains(p.Id))).ToListAsync();
        if (work.Count < episodeIds.Count || (people.Count == 0 && (personIds.Count > 0 || work.Count == 0)))
        {
            return null;
        }

        var earlier = new List<Note>();
        for (var id = note.CorrectsId; id is { } before;)
        {
            var text = await db.Notes.AsNoTracking().FirstAsync(n => n.Id == before);
            earlier.Add(text);
            id = text.CorrectsId;
        }

        return new NoteView
        {
            Note = note,
            Author = await db.Users.Where(u => u.Id == note.AuthorId).Select(u => u.DisplayName).FirstOrDefaultAsync() ?? "Waymark",
            People = people,
            Work = work,
            Earlier = earlier,
        };
    }
}
