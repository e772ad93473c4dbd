using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.People;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.Notes;

/// <summary>Writes a case note on people and episodes. A note on an episode stands on the episode's person too.</summary>
[Scoped]
public sealed class AddNote(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit, CouncilPolicy policy, MergedPeople merged)
{
    public async Task<Note> RunAsync(NoteDetails details)
    {
        var note = await PrepareAsync(details);
        await db.SaveChangesAsync();
        return note;
    }

    /// <summary>The same as a part of another act, which saves.</summary>
    public async Task<Note> PrepareAsync(NoteDetails details, Note? corrects = null)
    {
        if (!viewer.May(Can.WriteNotes))
        {
            throw new RefusedException("You may not write notes");
        }

        if (details.IsManagerDecision && !viewer.IsSystem && viewer.ManagedTeamIds.Count == 0)
        {
            throw new RefusedException("Only someone who manages a team can record a manager's decision", nameof(details.IsManagerDecision));
        }

        var text = Text(details);
        var (happened, day) = Happened(details);
        var kinds = policy.ListAt("note.kinds", clock.Today);
        var note = new Note
        {
            Kind = kinds.FirstOrDefault(k => k.Key == details.Kind)?.Key ?? throw new RefusedException("Choose what kind of note it is", nameof(details.Kind)),
            Text = text,
            HappenedOn = happened,
            HappenedDate = day,
            WrittenOn = clock.Now,
            AuthorId = viewer.UserId,
            IsManagerDecision = details.IsManagerDecision,
            CameFrom = string.IsNullOrWhiteSpace(details.CameFrom) ? null : details.CameFrom.Trim(),
            IsThirdParty = details.IsThirdParty,
            CorrectsId = corrects?.Id,
        };
        db.Add(note);
        await AddSubjectsAsync(note, details);
        return note;
    }

    private async Task AddSubjectsAsync(Note note, NoteDetails details)
    {
        var episodes = await db.Episodes.Where(e => details.EpisodeIds.Contains(e.Id)).Select(e => new { e.Id, e.PersonId }).ToListAsync();
        var named = details.PersonIds.Concat(episodes.Where(e => e.PersonId is not null).Select(e => e.PersonId!.Value)).Distinct().ToList();
        var people = await merged.SurvivorsAsync(named);
        if (people.Count == 0 && episodes.Count == 0)
        {
            throw new RefusedException("Choose who the note is about");
        }

        foreach (var (askedId, personId) in people)
        {
            var subject = new NoteSubject { NoteId = note.Id, PersonId = personId };
            db.Add(subject);
            if (askedId != personId)
            {
                // Written on a record that had been merged meanwhile: un-merging gives it back to the one named.
                await merged.RememberAsync(askedId, nameof(NoteSubject), subject.Id);
            }

            audit.Record("add-note", note, new { note.Kind }, personId);
        }

        db.AddRange(episodes.Select(e => new NoteSubject { NoteId = note.Id, EpisodeId = e.Id }));
        if (people.Count == 0)
        {
            audit.Record("add-note", note, new { note.Kind });
        }
    }

    private static string Text(NoteDetails details)
    {
        if (string.IsNullOrWhiteSpace(details.Text))
        {
            throw new RefusedException("Enter the note", nameof(details.Text));
        }

        var text = details.Text.Trim().ReplaceLineEndings("\n");
        return text.Length <= NoteDetails.LongestText
            ? text
            : throw new RefusedException($"The note must be {NoteDetails.LongestText:N0} characters or fewer; this has {text.Length:N0}. Attach a longer text as a document", nameof(details.Text));
    }

    private (DateTime On, DateOnly Day) Happened(NoteDetails details)
    {
        if (details.HappenedDate is not { } day)
        {
            return (clock.Now, clock.Today);
        }

        if (day > clock.Today)
        {
            throw new RefusedException("The date it happened must be today or in the past", nameof(details.HappenedDate));
        }

        if (day < clock.Today.AddYears(-PersonRules.OldestAge))
        {
            throw new RefusedException("Check the date it happened: it is too long ago", nameof(details.HappenedDate));
        }

        var at = details.HappenedAt is { } time ? CareClock.FromLondon(day, time) : day == clock.Today ? clock.Now : CareClock.FromLondon(day, TimeOnly.MinValue);
        return at <= clock.Now ? (at, day) : throw new RefusedException("The time it happened is still to come", nameof(details.HappenedAt));
    }
}
