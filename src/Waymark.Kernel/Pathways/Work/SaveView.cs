using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>Keeps the filters of the work list under a name, for oneself or for a team one belongs to. The same name again replaces it.</summary>
[Scoped]
public sealed class SaveView(WaymarkDb db, Viewer viewer, Auditor audit)
{
    public const int LongestName = 60;

    /// <exception cref="RefusedException">No name, or too long; a team that is not one's own.</exception>
    public async Task RunAsync(string? name, WorkFilter filter, Guid? teamId)
    {
        var words = Words.Needed(name, "Give the view a name.", "ViewName");
        if (words.Length > LongestName)
        {
            throw new RefusedException($"The name can have {LongestName} letters at most.", "ViewName");
        }

        if (teamId is { } team && !viewer.TeamIds.Contains(team))
        {
            throw new RefusedException("You can share a view with a team you belong to.", "ViewTeamId");
        }

        var view = await db.SavedViews.FirstOrDefaultAsync(v => v.OwnerId == viewer.UserId && v.Name == words);
        if (view is null)
        {
            db.SavedViews.Add(view = new SavedView { Name = words, OwnerId = viewer.UserId, Query = "" });
        }

        (view.Query, view.TeamId) = (filter.ToQuery(), teamId);
        audit.Record("save-view", view);
        await db.SaveChangesAsync();
    }
}

/// <summary>Removes a saved view of one's own.</summary>
[Scoped]
public sealed class DeleteView(WaymarkDb db, Viewer viewer, Auditor audit)
{
    public async Task RunAsync(Guid id)
    {
        var view = await db.SavedViews.FirstOrDefaultAsync(v => v.Id == id && v.OwnerId == viewer.UserId) ?? throw new RefusedException("There is no such view of yours.");
        db.SavedViews.Remove(view);
        audit.Record("delete-view", view);
        await db.SaveChangesAsync();
    }
}
