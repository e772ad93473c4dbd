using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Safeguarding.Concerns;

namespace Waymark.Safeguarding.Agencies;

/// <summary>
/// What may be told to each kind of agency about its concerns over a time (SG-12): how many, what they led to, how good they were, and what would have helped. Names nobody,
/// neither adult nor referrer; whistle-blowers' concerns are left out, for they must not be found in their organisation's numbers.
/// </summary>
[Scoped]
public sealed class AgencyReader(WaymarkDb db)
{
    public async Task<IReadOnlyList<AgencyFeedback>> ReadAsync(DateOnly from, DateOnly until)
    {
        var told = db.Set<ConcernRecord>().AsNoTracking().Where(c => !c.IsWhistleblower && c.RaisedDate >= from && c.RaisedDate <= until);
        var rows = await told.GroupBy(c => c.Source).Select(g => new
        {
            Source = g.Key,
            Concerns = g.Count(),
            Enquiries = g.Sum(c => c.Outcome == ConcernPathway.Section42 || c.Outcome == ConcernPathway.OtherEnquiry || c.Outcome == ConcernPathway.Joined ? 1 : 0),
            Undecided = g.Sum(c => c.Outcome == null ? 1 : 0),
            Clear = g.Sum(c => c.Quality == ConcernQuality.Clear ? 1 : 0),
            Incomplete = g.Sum(c => c.Quality == ConcernQuality.Incomplete ? 1 : 0),
            NotSafeguarding = g.Sum(c => c.Quality == ConcernQuality.NotSafeguarding ? 1 : 0),
        }).ToListAsync();
        var words = (await told.Where(c => c.QualityWords != null).Select(c => new { c.Source, c.QualityWords }).ToListAsync()).ToLookup(w => w.Source, w => w.QualityWords!);
        return [.. rows.OrderByDescending(r => r.Concerns).ThenBy(r => r.Source).Select(r =>
            new AgencyFeedback(r.Source, r.Concerns, r.Enquiries, r.Undecided, r.Clear, r.Incomplete, r.NotSafeguarding, [.. words[r.Source].Distinct().Order(StringComparer.Ordinal)]))];
    }
}

/// <param name="Enquiries">Concerns that led to an enquiry or joined one.</param>
/// <param name="Words">What would have helped, as triage wrote it.</param>
public sealed record AgencyFeedback(ConcernSource Source, int Concerns, int Enquiries, int Undecided, int Clear, int Incomplete, int NotSafeguarding, IReadOnlyList<string> Words);
