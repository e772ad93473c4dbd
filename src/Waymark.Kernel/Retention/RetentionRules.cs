using Waymark.Kernel.Calendar;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.Retention;

/// <param name="LastActivity">The latest day on which work closed, a care event ended or a note was about.</param>
public sealed record DueRecord(Guid PersonId, string Reference, string Name, DateOnly LastActivity, int Episodes);

/// <summary>
/// Whose records are due, by the council's schedule: no work is open, nothing is provided, and everything closed long enough ago. A record under legal hold, proposed
/// already, or of someone who takes part in another's work that is kept is not due.
/// </summary>
[Scoped]
public sealed class RetentionRules(WaymarkDb db, CareClock clock, CouncilPolicy policy)
{
    private static readonly DateOnly Never = DateOnly.MinValue;

    private PolicyLimit? Standard => policy.LimitAt("retention.adult-record", clock.Today);

    private IEnumerable<(string Key, string Title, PolicyLimit Keep)> Others => policy.ListAt("retention.pathways", clock.Today)
        .Where(i => i["keep"] is not null).Select(i => (i.Key, i.Title, PolicyLimit.Parse(i["keep"]!)!)).Where(o => o.Item3 is { Unit: ClockUnit.Months });

    /// <summary>The schedule in words, a line each.</summary>
    public IReadOnlyList<string> Words =>
    [
        Standard is { } standard ? $"A record is kept {standard.Words} after the last work closed, the last service or care event ended, or the last note." : "The policy says that records are kept for ever.",
        .. Others.Select(o => $"{o.Title}: kept {o.Keep.Words} after it closed."),
    ];

    /// <param name="besideProposal">Due but for this proposal, which is being decided.</param>
    public IQueryable<Person> Due(Guid? besideProposal = null)
    {
        var standard = Cutoff(Standard);
        var others = Others.GroupBy(o => Cutoff(o.Keep)).ToDictionary(g => g.Key, g => g.Select(o => o.Key).ToList());
        var special = others.Values.SelectMany(k => k).ToList();
        var due = db.People.Where(p => p.MergedIntoId == null && p.DisposedOn == null
            && (db.Episodes.Any(e => e.PersonId == p.Id) || db.CareEvents.Any(c => c.PersonId == p.Id))
            && !db.Episodes.Any(e => e.PersonId == p.Id && (e.ClosedDate == null || (e.ClosedDate > standard && !special.Contains(e.PathwayKey))))
            && !db.CareEvents.Any(c => c.PersonId == p.Id && ((c.Kind == CareEventKind.Service && c.EndDate == null) || (c.EndDate ?? c.StartDate) > standard))
            && !db.NoteSubjects.Any(s => s.PersonId == p.Id && db.Notes.Any(n => n.Id == s.NoteId && n.HappenedDate > standard))
            && !db.EpisodeParties.Any(x => x.PersonId == p.Id && db.Episodes.Any(e => e.Id == x.EpisodeId && e.PersonId != p.Id && (e.ClosedDate == null || e.ClosedDate > standard)))
            && !db.LegalHolds.Any(h => h.PersonId == p.Id && h.ReleasedOn == null)
            && !db.Disposals.Any(d => d.PersonId == p.Id && d.State == DisposalState.Proposed && d.Id != besideProposal));
        foreach (var (cutoff, keys) in others)
        {
            due = due.Where(p => !db.Episodes.Any(e => e.PersonId == p.Id && keys.Contains(e.PathwayKey) && e.ClosedDate > cutoff));
        }

        return due;
    }

    /// <summary>One page of what is due, the longest due first.</summary>
    public IQueryable<DueRecord> Rows(IQueryable<Person> due) => due.Select(p => new
    {
        Person = p,
        Closed = db.Episodes.Where(e => e.PersonId == p.Id).Max(e => e.ClosedDate),
        Event = db.CareEvents.Where(c => c.PersonId == p.Id).Max(c => (DateOnly?)(c.EndDate ?? c.StartDate)),
        Note = db.Notes.Where(n => db.NoteSubjects.Any(s => s.NoteId == n.Id && s.PersonId == p.Id)).Max(n => (DateOnly?)n.HappenedDate),
        Episodes = db.Episodes.Count(e => e.PersonId == p.Id),
    }).OrderBy(x => x.Closed ?? x.Event).ThenBy(x => x.Person.Reference).Select(x => new DueRecord(
        x.Person.Id, x.Person.Reference, (x.Person.PreferredName ?? x.Person.GivenName) + " " + x.Person.FamilyName,
        (x.Closed ?? Never) > (x.Event ?? Never)
            ? ((x.Closed ?? Never) > (x.Note ?? Never) ? x.Closed ?? Never : x.Note ?? Never)
            : ((x.Event ?? Never) > (x.Note ?? Never) ? x.Event ?? Never : x.Note ?? Never),
        x.Episodes));

    /// <summary>The last day that is long enough ago; nothing is when the policy sets no limit.</summary>
    private DateOnly Cutoff(PolicyLimit? keep) => keep is { Unit: ClockUnit.Months } limit ? clock.Today.AddMonths(-limit.Value) : Never;
}
