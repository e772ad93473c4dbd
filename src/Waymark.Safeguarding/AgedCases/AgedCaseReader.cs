using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Safeguarding.Enquiries;

namespace Waymark.Safeguarding.AgedCases;

/// <summary>
/// The agenda of the aged-case meeting, as at any day (SG-8, SG-9): enquiries open on it past the mark of the meeting, the oldest first; and how many are past the mark of
/// twelve weeks (K-07). Marks are those that the policy gave each enquiry when it started.
/// </summary>
[Scoped]
public sealed class AgedCaseReader(WaymarkDb db, RecordAccess access)
{
    public async Task<AgedCaseAgenda> ReadAsync(DateOnly at)
    {
        var open = db.Episodes.AsNoTracking().Where(e => e.PathwayKey == EnquiryPathway.PathwayKey
            && db.StageSpans.Any(s => s.EpisodeId == e.Id && s.SupersededOn == null && s.FromDate <= at && (s.ToDate == null || s.ToDate > at)));
        var marks = db.EpisodeClocks.AsNoTracking().Where(c => c.DueDate < at);
        var aged = open.Where(e => marks.Any(c => c.EpisodeId == e.Id && c.ClockKey == EnquiryPathway.ClinicClock));
        var counts = await open.GroupBy(_ => 1).Select(g => new
        {
            Open = g.Count(),
            PastClinic = g.Count(e => marks.Any(c => c.EpisodeId == e.Id && c.ClockKey == EnquiryPathway.ClinicClock)),
            PastAged = g.Count(e => marks.Any(c => c.EpisodeId == e.Id && c.ClockKey == EnquiryPathway.AgedClock)),
        }).FirstOrDefaultAsync();
        var rows =
            from e in aged
            join r in db.Set<EnquiryRecord>().AsNoTracking() on e.Id equals r.EpisodeId into records
            from r in records.DefaultIfEmpty()
            select new
            {
                Episode = e,
                Record = r,
                Started = db.EpisodeClocks.Where(c => c.EpisodeId == e.Id && c.ClockKey == EnquiryPathway.ClinicClock).Min(c => (DateTime?)c.StartedOn),
                Person = db.People.Where(p => p.Id == e.PersonId).FirstOrDefault(),
                Team = db.Teams.Where(t => t.Id == e.TeamId).Select(t => t.Name).FirstOrDefault(),
                Worker = db.Users.Where(u => u.Id == e.WorkerId).Select(u => u.DisplayName).FirstOrDefault(),
                IsAged = marks.Any(c => c.EpisodeId == e.Id && c.ClockKey == EnquiryPathway.AgedClock),
                Due = db.EpisodeClocks.Where(c => c.EpisodeId == e.Id && !c.IsThreshold && c.StoppedOn == null).Min(c => c.DueDate),
                Last = db.Set<CaseMeetingItem>().Where(i => i.EpisodeId == e.Id && i.MeetingDate <= at).OrderByDescending(i => i.MeetingDate).ThenByDescending(i => i.Id).FirstOrDefault(),
            };
        var shown = await access.RowsForAsync(rows, r => r.Episode.PersonId, r => r.Episode.Id, page: q => q.OrderBy(r => r.Started).ThenBy(r => r.Episode.Reference), countEverything: true);
        return new AgedCaseAgenda(at, counts?.Open ?? 0, counts?.PastClinic ?? 0, counts?.PastAged ?? 0,
            [.. shown.Rows.Select(r => new AgedCase(r.Episode, r.Record, Kernel.Calendar.CareClock.LondonDate(r.Started!.Value), r.Person, r.Team, r.Worker, r.IsAged, r.Due, r.Last))], shown.Restricted);
    }
}

/// <param name="PastClinic">Past the mark of the meeting: six weeks by default.</param>
/// <param name="PastAged">Past the second mark: twelve weeks by default.</param>
public sealed record AgedCaseAgenda(DateOnly At, int Open, int PastClinic, int PastAged, IReadOnlyList<AgedCase> Cases, int Restricted);

public sealed record AgedCase(
    Episode Episode, EnquiryRecord? Record, DateOnly StartedDate, Person? Person, string? Team, string? Worker, bool IsAged, DateOnly? DueDate, CaseMeetingItem? LastMeeting);
