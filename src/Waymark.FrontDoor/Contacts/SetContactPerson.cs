using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;

namespace Waymark.FrontDoor.Contacts;

/// <summary>Says whom a contact is about, or that it was somebody else after all, while it is being taken.</summary>
[Scoped]
public sealed class SetContactPerson(WaymarkDb db, EpisodeDesk desk, Auditor audit)
{
    public async Task RunAsync(Guid episodeId, Guid? personId)
    {
        var taken = await desk.TakeAsync(episodeId);
        var episode = taken.Episode;
        if (episode.StageKey != "conversation")
        {
            throw new RefusedException($"{episode.Reference} has been passed on. If it is about someone else, ask the supervisor to send it back first.");
        }

        if (personId is { } id && !await db.People.AnyAsync(p => p.Id == id && p.MergedIntoId == null))
        {
            throw new RefusedException("There is no such person. Search again.", "PersonId");
        }

        var before = episode.PersonId;
        episode.PersonId = personId;
        foreach (var span in await db.StageSpans.Where(s => s.EpisodeId == episodeId).ToListAsync())
        {
            span.PersonId = personId;
        }

        var subject = await db.Set<ContactSubject>().SingleAsync(s => s.EpisodeId == episodeId);
        subject.PersonId = personId;
        db.RemoveRange(await db.EpisodeParties.Where(p => p.EpisodeId == episodeId && p.Role == OpenEpisode.SubjectRole).ToListAsync());
        if (personId is not null)
        {
            db.EpisodeParties.Add(new EpisodeParty { EpisodeId = episodeId, PersonId = personId, Role = OpenEpisode.SubjectRole });
        }

        audit.Record("set-contact-person", episode, new { before, after = personId }, personId);
        await desk.SaveAsync(episode);
    }
}
