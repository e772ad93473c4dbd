using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Pathways;

/// <summary>Joins two episodes.</summary>
[Scoped]
public sealed class LinkEpisodes(WaymarkDb db, EpisodeDesk desk, Auditor audit)
{
    public const string Related = "related";

    /// <exception cref="RefusedException">Either is not there or not to be seen; the two are one; linked already.</exception>
    public async Task RunAsync(Guid fromId, string toReference, string kind = Related)
    {
        var reference = Words.Needed(toReference, "Give the reference of the other item.", "ToReference").ToUpperInvariant();
        var toId = await db.Episodes.Where(e => e.Reference == reference).Select(e => (Guid?)e.Id).FirstOrDefaultAsync();
        if (toId == fromId)
        {
            throw new RefusedException("An item cannot be linked to itself.", "ToReference");
        }

        var both = await desk.TakeManyAsync(toId is { } id ? [fromId, id] : [fromId]);
        if (both.Count < 2)
        {
            throw new RefusedException($"There is no {reference}, or you may not see it. Check the reference.", "ToReference");
        }

        desk.Check(both.Single(t => t.Episode.Id == fromId), Can.DoWork);
        if (await db.EpisodeLinks.AnyAsync(l => l.Kind == kind && ((l.FromEpisodeId == fromId && l.ToEpisodeId == toId) || (l.FromEpisodeId == toId && l.ToEpisodeId == fromId))))
        {
            throw new RefusedException($"{reference} is linked already.", "ToReference");
        }

        var link = new EpisodeLink { FromEpisodeId = fromId, ToEpisodeId = toId!.Value, Kind = kind };
        db.EpisodeLinks.Add(link);
        foreach (var taken in both)
        {
            audit.Record("link-episodes", taken.Episode, new { link = link.Id, link.FromEpisodeId, link.ToEpisodeId, kind }, taken.Episode.PersonId);
        }

        await db.SaveChangesAsync();
    }
}
