using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;

namespace Waymark.Safeguarding.Concerns;

/// <summary>Says whose concern it is, once the adult's record is found: a concern comes with a name as told, or with none.</summary>
[Scoped]
public sealed class SetConcernPerson(WaymarkDb db, RecordAccess access, EpisodeDesk desk, Auditor audit)
{
    /// <exception cref="RefusedException">Decided already; no such person, or not to be seen.</exception>
    public async Task RunAsync(Guid episodeId, string? personReference)
    {
        var taken = await desk.TakeAsync(episodeId, permission: Can.DoWork);
        var (episode, reference) = (taken.Episode, personReference?.Trim().ToUpperInvariant());
        if (episode.PathwayKey != ConcernPathway.PathwayKey)
        {
            throw new RefusedException("This is not a concern.");
        }

        var person = await access.Visible(db.People).FirstOrDefaultAsync(p => p.Reference == reference)
            ?? throw new RefusedException("There is no such person whom you may see. Search again.", "Find");
        var before = episode.PersonId;
        episode.PersonId = person.Id;
        foreach (var span in await db.StageSpans.Where(s => s.EpisodeId == episodeId).ToListAsync())
        {
            span.PersonId = person.Id;
        }

        db.RemoveRange(await db.EpisodeParties.Where(p => p.EpisodeId == episodeId && p.Role == OpenEpisode.SubjectRole).ToListAsync());
        db.EpisodeParties.Add(new EpisodeParty { EpisodeId = episodeId, PersonId = person.Id, Role = OpenEpisode.SubjectRole });
        audit.Record("set-concern-person", episode, new { before, after = person.Id }, person.Id);
        await desk.SaveAsync(episode);
    }
}
