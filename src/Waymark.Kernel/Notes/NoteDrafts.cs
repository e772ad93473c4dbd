using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Notes;

/// <summary>Keeps what a worker is typing of a note.</summary>
[Scoped]
public sealed class NoteDrafts(WaymarkDb db, CareClock clock, Viewer viewer, RecordAccess access)
{
    public Task<NoteDraft?> FindAsync(Guid? personId, Guid? episodeId) =>
        db.Set<NoteDraft>().Where(d => d.AuthorId == viewer.UserId && d.PersonId == personId && d.EpisodeId == episodeId).OrderByDescending(d => d.SavedOn).FirstOrDefaultAsync();

    /// <summary>Saves the text; an empty one takes the draft away.</summary>
    /// <returns>When it was saved.</returns>
    public async Task<DateTime> SaveAsync(Guid? personId, Guid? episodeId, string text)
    {
        if (text.Length > NoteDetails.LongestText)
        {
            throw new RefusedException($"The note must be {NoteDetails.LongestText:N0} characters or fewer", nameof(NoteDetails.Text));
        }

        var draft = await FindAsync(personId, episodeId);
        if (string.IsNullOrWhiteSpace(text))
        {
            if (draft is not null)
            {
                db.Remove(draft);
            }
        }
        else if (draft is null)
        {
            await DemandAsync(personId, episodeId);
            db.Add(new NoteDraft { AuthorId = viewer.UserId, PersonId = personId, EpisodeId = episodeId, Text = text, SavedOn = clock.Now });
        }
        else
        {
            (draft.Text, draft.SavedOn) = (text, clock.Now);
        }

        await db.SaveChangesAsync();
        return clock.Now;
    }

    /// <summary>Takes the drafts of a note that is being saved out of the unit of work's way.</summary>
    public async Task ForgetAsync(Guid? personId, Guid? episodeId) =>
        db.RemoveRange(await db.Set<NoteDraft>().Where(d => d.AuthorId == viewer.UserId && d.PersonId == personId && d.EpisodeId == episodeId).ToListAsync());

    private async Task DemandAsync(Guid? personId, Guid? episodeId)
    {
        if (episodeId is { } episode)
        {
            (await access.SightOfEpisodeAsync(episode)).Demand();
        }
        else if (personId is { } person)
        {
            (await access.SightOfPersonAsync(person)).Demand();
        }
        else
        {
            throw new RefusedException("Choose who the note is about");
        }
    }
}
