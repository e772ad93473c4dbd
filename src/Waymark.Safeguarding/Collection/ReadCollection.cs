using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;
using Waymark.Safeguarding.Measures;

namespace Waymark.Safeguarding.Collection;

/// <summary>Reads the records of a year and counts the tables of the national Safeguarding Adults Collection from them: a number of statements that does not grow with the county.</summary>
[Scoped]
public sealed class ReadCollection(WaymarkDb db)
{
    public async Task<CollectionResult> RunAsync(CollectionYear year, CancellationToken cancellation = default) => CollectionResult.Of(await ReadAsync(year, cancellation));

    /// <summary>What stands behind one cell; empty when there is no such cell.</summary>
    internal async Task<IReadOnlyList<CollectionEntry>> BehindAsync(CollectionYear year, string code, int row, int column, CancellationToken cancellation = default)
    {
        var table = CollectionTables.All.FirstOrDefault(t => t.Code == code);
        return table is null ? [] : [.. table.Entries(await ReadAsync(year, cancellation)).Where(e => e.Row == row && e.Column == column).DistinctBy(e => e.Subject)];
    }

    private async Task<CollectionData> ReadAsync(CollectionYear year, CancellationToken cancellation)
    {
        var (first, last) = (year.First, year.Last);
        var concluded = await CountedEnquiry.Of(db).Where(e => e.Record.ConcludedDate >= first && e.Record.ConcludedDate <= last).Select(e => new ConcludedEnquiry
        {
            EpisodeId = e.Record.EpisodeId, PersonId = e.PersonId, Date = e.Record.ConcludedDate!.Value, IsSection42 = e.Record.IsSection42, Capacity = e.Record.Capacity,
            SupportedBy = e.Record.SupportedBy, RiskAssessment = e.Record.RiskAssessment, RiskOutcome = e.Record.RiskOutcome, AskedAtClose = e.Record.AskedAtClose, Achieved = e.Record.Achieved,
        }).ToListAsync(cancellation);
        var risks = (await (
            from risk in db.Set<SafeguardingRisk>().AsNoTracking()
            join enquiry in db.Set<EnquiryRecord>() on risk.EpisodeId equals enquiry.EpisodeId
            where enquiry.CountsHere && enquiry.ConcludedDate >= first && enquiry.ConcludedDate <= last
            select risk).ToListAsync(cancellation)).ToLookup(r => r.EpisodeId);
        foreach (var enquiry in concluded)
        {
            enquiry.Risks = [.. risks[enquiry.EpisodeId]];
        }

        return new CollectionData
        {
            Year = year,
            Concerns = await ConcernsAsync(first, last, cancellation),
            Started = await StartedAsync(first, last, cancellation),
            Concluded = concluded,
            Reviews = await db.Set<AdultReview>().AsNoTracking().Where(r => r.ConcludedDate >= first && r.ConcludedDate <= last).ToListAsync(cancellation),
        };
    }

    private Task<List<CollectionAdult>> ConcernsAsync(DateOnly first, DateOnly last, CancellationToken cancellation) =>
        CountedConcern.Of(db).Where(c => c.Record.RaisedDate >= first && c.Record.RaisedDate <= last)
            .LeftJoin(db.People.AsNoTracking(), c => c.PersonId, p => (Guid?)p.Id, (c, p) => new CollectionAdult
            {
                EpisodeId = c.Record.EpisodeId, Date = c.Record.RaisedDate, PersonId = c.PersonId, BirthDate = p!.BirthDate, DeathDate = p.DeathDate, AgeBand = p.AgeBand, Sex = p.Sex,
                Ethnicity = p.Ethnicity, SupportReason = p.SupportReason,
            }).ToListAsync(cancellation);

    /// <summary>The enquiry's own person, and the other adults of one that is about many.</summary>
    private async Task<List<CollectionAdult>> StartedAsync(DateOnly first, DateOnly last, CancellationToken cancellation)
    {
        var started = CountedEnquiry.Of(db).Where(e => e.Record.StartedDate >= first && e.Record.StartedDate <= last);
        var own = await started.LeftJoin(db.People.AsNoTracking(), e => e.PersonId, p => (Guid?)p.Id, (e, p) => new CollectionAdult
        {
            EpisodeId = e.Record.EpisodeId, Date = e.Record.StartedDate, IsSection42 = e.Record.IsSection42, PersonId = e.PersonId, BirthDate = p!.BirthDate, DeathDate = p.DeathDate, AgeBand = p.AgeBand,
            Sex = p.Sex, Ethnicity = p.Ethnicity, SupportReason = p.SupportReason, HealthConditions = e.Record.HealthConditions,
        }).ToListAsync(cancellation);
        var others = await (
            from e in started
            join party in db.EpisodeParties.AsNoTracking() on e.Record.EpisodeId equals party.EpisodeId
            join p in db.People.AsNoTracking() on party.PersonId equals (Guid?)p.Id
            where party.Role == EnquiryPathway.AdultRole && party.PersonId != e.PersonId
            select new CollectionAdult
            {
                EpisodeId = e.Record.EpisodeId, Date = e.Record.StartedDate, IsSection42 = e.Record.IsSection42, PersonId = party.PersonId, BirthDate = p.BirthDate, DeathDate = p.DeathDate,
                AgeBand = p.AgeBand, Sex = p.Sex, Ethnicity = p.Ethnicity, SupportReason = p.SupportReason,
            }).ToListAsync(cancellation);
        return [.. own, .. others];
    }
}
