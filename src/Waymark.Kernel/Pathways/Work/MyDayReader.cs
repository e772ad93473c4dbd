using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>One thing on a worker's day.</summary>
public sealed record DayLine
{
    public required Guid EpisodeId { get; init; }
    public required string Reference { get; init; }
    public required string PathwayKey { get; init; }
    public required string StageKey { get; init; }
    public Guid? PersonId { get; init; }
    public string? GivenName { get; init; }
    public string? FamilyName { get; init; }
    public DateOnly? BirthDate { get; init; }
    public string? Summary { get; init; }
    public DateOnly? Due { get; init; }

    /// <summary>Of the clock that is due; with when it ran out and when its owner said so.</summary>
    public Guid? ClockId { get; init; }
    public DateTime? DueOn { get; init; }
    public DateTime? AcknowledgedOn { get; init; }
    public bool HasWorker { get; init; }

    /// <summary>What is due: the key of a clock or task; words, for an approval.</summary>
    public string? What { get; init; }
    public DateTime? On { get; init; }
    public string? By { get; init; }
    public Guid? TeamId { get; init; }
    public DateOnly Received { get; init; }
    public DateOnly? LastContact { get; init; }
    public string? Risk { get; init; }
    public bool IsPaused { get; init; }

    public string Who => FamilyName is null ? Summary ?? "No person named" : $"{GivenName} {FamilyName}";
}

/// <summary>A worker's day.</summary>
public sealed record MyDay
{
    public required DateOnly Today { get; init; }
    public required IReadOnlyList<DayLine> Due { get; init; }

    /// <summary>Clocks that ran out in the viewer's teams and that nobody acknowledged: of work without a worker, and of workers who did not in time. The oldest first.</summary>
    public required IReadOnlyList<DayLine> MovedUp { get; init; }
    public required IReadOnlyList<DayLine> ToApprove { get; init; }
    public required IReadOnlyList<(Guid Id, string Departure, int Items)> Closures { get; init; }
    public required IReadOnlyList<DayLine> SentBack { get; init; }
    public required IReadOnlyList<DayLine> ToCall { get; init; }
    public required int CallsInAll { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<DayLine> Caseload { get; init; }

    public IEnumerable<DayLine> Overdue => Due.Where(d => d.Due < Today);
    public IEnumerable<DayLine> DueToday => Due.Where(d => d.Due == Today);
    public IEnumerable<DayLine> ThisWeek => Due.Where(d => d.Due > Today);
    public IEnumerable<DayLine> NoDay => Due.Where(d => d.Due is null);
    public int Approvals => ToApprove.Count + Closures.Count;
}

/// <summary>Reads what a worker must do and what is slipping, in a fixed number of statements.</summary>
[Scoped]
public sealed class MyDayReader(WaymarkDb db, Viewer viewer, RecordAccess access, CareClock clock, Catalogue catalogue, Alerts alerts)
{
    private const int MostCalls = 20;
    private const int MostLines = 200;

    public async Task<MyDay> ReadAsync()
    {
        var today = clock.Today;
        var calls = Calls(today);
        return new MyDay
        {
            Today = today,
            Due = [.. (await ClocksAsync(today)).Concat(await TasksAsync()).OrderBy(d => d.Due ?? DateOnly.MaxValue).ThenBy(d => d.Reference)],
            MovedUp = viewer.ManagedTeamIds.Count > 0 ? await MovedUpAsync() : [],
            ToApprove = await ToApproveAsync(),
            Closures = viewer.May(Can.CloseInBulk) ? await ClosuresAsync() : [],
            SentBack = await SentBackAsync(),
            ToCall = await calls.OrderBy(c => c.Due).ThenBy(c => c.Received).Take(MostCalls).ToListAsync(),
            CallsInAll = await calls.CountAsync(),
            Caseload = await Lines(access.Visible(db.Episodes).Where(e => e.WorkerId == viewer.UserId && e.ClosedDate == null)).OrderBy(l => l.Received).ThenBy(l => l.Reference).Take(MostLines).ToListAsync(),
        };
    }

    private async Task<List<DayLine>> ClocksAsync(DateOnly today)
    {
        var mine = access.Visible(db.Episodes).Where(e => e.WorkerId == viewer.UserId && e.ClosedDate == null);
        return await (
            from c in db.EpisodeClocks
            where c.StoppedOn == null && !c.IsThreshold && c.DueDate < today.AddDays(7)
            join l in Lines(mine) on c.EpisodeId equals l.EpisodeId
            orderby c.DueOn
            select new { Line = l, c.Id, c.DueOn, c.DueDate, c.ClockKey, c.AcknowledgedOn }).Take(MostLines).Select(x => new DayLine
            {
                EpisodeId = x.Line.EpisodeId, Reference = x.Line.Reference, PathwayKey = x.Line.PathwayKey, StageKey = x.Line.StageKey, PersonId = x.Line.PersonId,
                GivenName = x.Line.GivenName, FamilyName = x.Line.FamilyName, BirthDate = x.Line.BirthDate, Summary = x.Line.Summary, Due = x.DueDate, What = x.ClockKey,
                ClockId = x.Id, DueOn = x.DueOn, AcknowledgedOn = x.AcknowledgedOn,
            }).ToListAsync();
    }

    private async Task<List<DayLine>> MovedUpAsync()
    {
        var (now, me, teams) = (clock.Now, viewer.UserId, viewer.ManagedTeamIds.Select(t => (Guid?)t).ToList());
        var theirs = access.Visible(db.Episodes).Where(e => teams.Contains(e.TeamId) && e.WorkerId != me && e.ClosedDate == null);
        var open = await (
            from c in db.EpisodeClocks
            where c.StoppedOn == null && !c.IsThreshold && c.AcknowledgedOn == null && c.DueOn < now
            join l in Lines(theirs) on c.EpisodeId equals l.EpisodeId
            orderby c.DueOn
            select new DayLine
            {
                EpisodeId = l.EpisodeId, Reference = l.Reference, PathwayKey = l.PathwayKey, StageKey = l.StageKey, PersonId = l.PersonId, GivenName = l.GivenName, FamilyName = l.FamilyName,
                BirthDate = l.BirthDate, Summary = l.Summary, Due = c.DueDate, What = c.ClockKey, ClockId = c.Id, DueOn = c.DueOn, HasWorker = l.HasWorker,
                By = db.Users.Where(u => db.Episodes.Any(e => e.Id == l.EpisodeId && e.WorkerId == u.Id)).Select(u => u.DisplayName).FirstOrDefault(),
            }).Take(MostLines).ToListAsync();
        return open.FindAll(l => !l.HasWorker || alerts.HasMovedUp(l.DueOn!.Value));
    }

    /// <summary>My tasks, and my teams' looks after an act that could not wait, where I may do them.</summary>
    private async Task<List<DayLine>> TasksAsync()
    {
        var (me, teams) = (viewer.UserId, viewer.TeamIds.Select(t => (Guid?)t).ToList());
        var tasks = await (
            from t in db.EpisodeTasks
            where t.CompletedOn == null && (t.WorkerId == me || (t.WorkerId == null && t.DueDate != null && teams.Contains(t.TeamId)))
            join l in Lines(access.Visible(db.Episodes)) on t.EpisodeId equals l.EpisodeId
            where t.DueDate != null || db.StageSpans.Any(s => s.EpisodeId == t.EpisodeId && s.VisitId == t.VisitId && s.ToOn == null && s.SupersededOn == null)
            orderby t.DueDate
            select new DayLine
            {
                EpisodeId = l.EpisodeId, Reference = l.Reference, PathwayKey = l.PathwayKey, StageKey = t.StageKey, PersonId = l.PersonId,
                GivenName = l.GivenName, FamilyName = l.FamilyName, BirthDate = l.BirthDate, Summary = l.Summary, Due = t.DueDate, What = t.TaskKey, TeamId = t.TeamId,
            }).Take(MostLines).ToListAsync();
        return tasks.FindAll(t => t.Due is null || viewer.MayFor(t.TeamId, catalogue.Pathway(t.PathwayKey).StageAt(t.StageKey).CompletePermission));
    }

    private async Task<List<DayLine>> ToApproveAsync()
    {
        var (me, teams) = (viewer.UserId, viewer.TeamIds.Concat(viewer.ManagedTeamIds).Distinct().Select(t => (Guid?)t).ToList());
        var asked = await (
            from a in db.Approvals
            where a.DecidedOn == null && a.AskedById != me && (a.TeamId == null || teams.Contains(a.TeamId))
            join l in Lines(access.Visible(db.Episodes)) on a.EpisodeId equals l.EpisodeId
            orderby a.AskedOn
            select new DayLine
            {
                EpisodeId = l.EpisodeId, Reference = l.Reference, PathwayKey = l.PathwayKey, StageKey = a.StageKey, PersonId = l.PersonId, TeamId = a.TeamId,
                GivenName = l.GivenName, FamilyName = l.FamilyName, BirthDate = l.BirthDate, Summary = l.Summary, On = a.AskedOn,
                By = db.Users.Where(u => u.Id == a.AskedById).Select(u => u.DisplayName).FirstOrDefault(),
            }).Take(MostLines).ToListAsync();
        return asked.FindAll(l => viewer.MayFor(l.TeamId, catalogue.Pathway(l.PathwayKey).StageAt(l.StageKey).ApprovalPermission ?? Can.ApproveWork));
    }

    private async Task<List<(Guid, string, int)>> ClosuresAsync()
    {
        var waiting = await db.BulkClosures.Where(c => c.DecidedOn == null && c.ProposedById != viewer.UserId).OrderBy(c => c.ProposedOn).Take(MostCalls)
            .Select(c => new { c.Id, c.Departure, Items = db.BulkClosureItems.Count(i => i.ClosureId == c.Id) }).ToListAsync();
        return waiting.ConvertAll(c => (c.Id, c.Departure, c.Items));
    }

    /// <summary>Returned to me with words, and not sent again since.</summary>
    private Task<List<DayLine>> SentBackAsync() => (
        from a in db.Approvals
        where a.AskedById == viewer.UserId && a.IsApproved == false
            && !db.Approvals.Any(b => b.VisitId == a.VisitId && b.Id != a.Id && (b.DecidedOn == null || b.AskedOn > a.AskedOn))
            && db.StageSpans.Any(s => s.EpisodeId == a.EpisodeId && s.VisitId == a.VisitId && s.ToOn == null && s.SupersededOn == null)
        join l in Lines(access.Visible(db.Episodes)) on a.EpisodeId equals l.EpisodeId
        orderby a.DecidedOn
        select new DayLine
        {
            EpisodeId = l.EpisodeId, Reference = l.Reference, PathwayKey = l.PathwayKey, StageKey = a.StageKey, PersonId = l.PersonId,
            GivenName = l.GivenName, FamilyName = l.FamilyName, BirthDate = l.BirthDate, Summary = l.Summary, On = a.DecidedOn, What = a.Words,
            By = db.Users.Where(u => u.Id == a.DecidedById).Select(u => u.DisplayName).FirstOrDefault(),
        }).Take(MostLines).ToListAsync();

    /// <summary>AW-5: those of mine, and of my teams with no worker yet, who should hear from us within the week.</summary>
    private IQueryable<DayLine> Calls(DateOnly today)
    {
        var (me, teams) = (viewer.UserId, viewer.TeamIds.Select(t => (Guid?)t).ToList());
        return Lines(access.Visible(db.Episodes).Where(e => e.ClosedDate == null && e.NextContactDueDate < today.AddDays(7)
            && (e.WorkerId == me || (e.WorkerId == null && teams.Contains(e.TeamId)))));
    }

    private IQueryable<DayLine> Lines(IQueryable<Episode> episodes) =>
        from e in episodes.AsNoTracking()
        join p in db.People.AsNoTracking() on e.PersonId equals p.Id into people
        from p in people.DefaultIfEmpty()
        select new DayLine
        {
            EpisodeId = e.Id, Reference = e.Reference, PathwayKey = e.PathwayKey, StageKey = e.StageKey, PersonId = e.PersonId, GivenName = p!.PreferredName ?? p.GivenName, FamilyName = p.FamilyName,
            BirthDate = p.BirthDate, Summary = e.Summary, Due = e.NextContactDueDate, Received = e.ReceivedDate, LastContact = e.LastContactDate, Risk = e.Risk, IsPaused = e.IsPaused, HasWorker = e.WorkerId != null,
        };
}
