using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Safeguarding.Concerns;

namespace Waymark.Safeguarding.Enquiries;

/// <summary>Which team knows a person: it has other work with them, now; the one whose worker has had it longest.</summary>
internal static class KnownTeams
{
    /// <returns>Null when nobody works with them.</returns>
    public static Task<Guid?> OfAsync(WaymarkDb db, Guid personId) => db.Episodes
        .Where(e => e.PersonId == personId && e.ClosedDate == null && e.TeamId != null && e.WorkerId != null && e.PathwayKey != ConcernPathway.PathwayKey && e.PathwayKey != EnquiryPathway.PathwayKey)
        .OrderBy(e => e.ReceivedOn).Select(e => e.TeamId).FirstOrDefaultAsync();
}
