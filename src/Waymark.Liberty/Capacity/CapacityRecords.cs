using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Liberty.Capacity;

/// <summary>Capacity assessments and best interests decisions that the viewer may see.</summary>
[Scoped]
public sealed class CapacityRecords(WaymarkDb db, RecordAccess access)
{
    /// <summary>Most shown in one list.</summary>
    public const int Most = 20;

    public IQueryable<CapacityRecord> Visible => access.Visible(db.Set<CapacityRecord>().AsNoTracking(), r => r.PersonId, r => r.EpisodeId);

    public async Task<IReadOnlyList<CapacityRecord>> OfAsync(Guid personId) => await Visible.Where(r => r.PersonId == personId).OrderByDescending(r => r.Date).ThenByDescending(r => r.Id).Take(Most).ToListAsync();
}
