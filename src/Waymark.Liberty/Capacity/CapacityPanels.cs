using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;

namespace Waymark.Liberty.Capacity;

/// <param name="Start">Where a new one is begun.</param>
public sealed record CapacityPanelView(IReadOnlyList<CapacityRecord> Records, string Start, bool MayWrite);

/// <summary>Capacity and best interests on the page of any work about a person.</summary>
public sealed class EpisodeCapacityPanel(WaymarkDb db, Viewer viewer, RecordAccess access) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid episodeId)
    {
        if (await db.Episodes.Where(e => e.Id == episodeId).Select(e => new { e.Reference, e.PersonId, e.ClosedDate }).SingleAsync() is not { PersonId: { } person } episode)
        {
            return Content("");
        }

        return View("/Capacity/CapacityPanel.cshtml", new CapacityPanelView(await CapacityPanels.ReadAsync(db, access, person), $"/capacity/new?episode={episode.Reference}", episode.ClosedDate is null && viewer.May(Can.DoWork)));
    }
}

/// <summary>The same on the person's page.</summary>
public sealed class PersonCapacityPanel(WaymarkDb db, Viewer viewer, RecordAccess access) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid personId, string personReference) =>
        View("/Capacity/CapacityPanel.cshtml", new CapacityPanelView(await CapacityPanels.ReadAsync(db, access, personId), $"/capacity/new?person={personReference}", viewer.May(Can.DoWork)));
}

internal static class CapacityPanels
{
    private const int Most = 20;

    public static async Task<IReadOnlyList<CapacityRecord>> ReadAsync(WaymarkDb db, RecordAccess access, Guid personId) =>
        await access.Visible(db.Set<CapacityRecord>().AsNoTracking().Where(r => r.PersonId == personId), r => r.PersonId, r => r.EpisodeId).OrderByDescending(r => r.Date).ThenByDescending(r => r.Id).Take(Most).ToListAsync();
}
