using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;

namespace Waymark.Safeguarding.Measures;

/// <summary>
/// A concern as every figure counts it: raised with this council about something in its area or not yet known where, and not found at triage to be one that was raised
/// before. Measures and the national collection share it, so that they never disagree.
/// </summary>
internal sealed record CountedConcern
{
    public required ConcernRecord Record { get; init; }
    public required Guid? PersonId { get; init; }
    public required Guid? TeamId { get; init; }

    public static IQueryable<CountedConcern> Of(WaymarkDb db) =>
        from record in db.Set<ConcernRecord>().AsNoTracking()
        join episode in db.Episodes.AsNoTracking() on record.EpisodeId equals episode.Id
        where record.Outcome != ConcernPathway.Duplicate && record.InThisArea != YesNoUnknown.No
        select new CountedConcern { Record = record, PersonId = episode.PersonId, TeamId = episode.TeamId };
}

/// <summary>An enquiry as every figure counts it: the council where the abuse occurred counts it, whoever leads.</summary>
internal sealed record CountedEnquiry
{
    public required EnquiryRecord Record { get; init; }
    public required Guid? PersonId { get; init; }
    public required Guid? TeamId { get; init; }
    public required Guid? WorkerId { get; init; }

    public static IQueryable<CountedEnquiry> Of(WaymarkDb db) =>
        from record in db.Set<EnquiryRecord>().AsNoTracking()
        join episode in db.Episodes.AsNoTracking() on record.EpisodeId equals episode.Id
        where record.CountsHere
        select new CountedEnquiry { Record = record, PersonId = episode.PersonId, TeamId = episode.TeamId, WorkerId = episode.WorkerId };
}
