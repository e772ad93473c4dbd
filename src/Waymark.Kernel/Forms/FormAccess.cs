using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;

namespace Waymark.Kernel.Forms;

/// <summary>Whether the viewer may see a form: by its permission or that of viewing work, and by the record it is on.</summary>
[Scoped]
public sealed class FormAccess(WaymarkDb db, Viewer viewer, Catalogue catalogue)
{
    public Task<bool> MaySeeAsync(DraftView draft) => MaySeeAsync(draft.Definition.Permission, draft.Episode, draft.PersonId);

    public async Task<bool> MaySeeAsync(string permission, Episode? episode, Guid? personId)
    {
        if (!viewer.May(permission) && !viewer.May(Can.ViewWork))
        {
            return false;
        }

        if (episode is not null && catalogue.Pathways.TryGetValue(episode.PathwayKey, out var pathway) && pathway.Permission is { } needed && !viewer.May(needed))
        {
            return false;
        }

        if (viewer.IsSystem || personId is null)
        {
            return true;
        }

        var restrictions = await db.Restrictions.AsNoTracking()
            .Where(r => r.PersonId == personId && r.Field == null && r.ToOn == null && (r.EpisodeId == null || r.EpisodeId == (episode == null ? null : episode.Id)))
            .ToListAsync();
        return restrictions.TrueForAll(r => r.OwnerId == viewer.UserId || r.AllowedUserIds.Contains(viewer.UserId.ToString(), StringComparison.OrdinalIgnoreCase)
            || viewer.TeamIds.Any(t => r.AllowedTeamIds.Contains(t.ToString(), StringComparison.OrdinalIgnoreCase)));
    }
}
