using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>
/// The work list's rows, now or as at the end of any past day, from spans: one query for page, footer and CSV. Whoever shows them goes through
/// <see cref="RecordAccess"/>.
/// </summary>
[Scoped]
public sealed class WorkRows(WaymarkDb db, Viewer viewer, RecordAccess access, CareClock clock)
{
    /// <summary>The day the filter asks for, never later than today.</summary>
    public DateOnly DayOf(WorkFilter filter) => filter.At is { } at && at < clock.Today ? at : clock.Today;

    /// <param name="teams">Every team's key and id.</param>
    public IQueryable<WorkRow> Query(WorkFilter filter, IReadOnlyDictionary<string, Guid> teams)
    {
        var day = DayOf(filter);
        var spans = Filtered(Standing(day), filter, teams);
        var episodes = db.Episodes.AsNoTracking();
        episodes = filter.Kind is { } kind ? episodes.Where(e => e.Kind == kind) : episodes;
        episodes = ByDue(episodes, filter, day);
        episodes = filter.Flag.Aggregate(episodes, (those, flag) => ByFlag(those, flag, day));
        if (filter.Ward is { } ward)
        {
            // Where someone lives may be withheld; a list by ward must not tell it.
            var there = access.Showing(db.People, RestrictedFields.Address).Where(p => p.Ward == ward).Select(p => (Guid?)p.Id);
            spans = spans.Where(s => there.Contains(s.PersonId));
        }

        return day == clock.Today ? Now(spans, episodes) : Past(spans, episodes, day);
    }

    /// <summary>Most urgent first and then longest waiting, unless the filter sorts otherwise.</summary>
    /// <param name="priorities">Keys, the most urgent first; one the policy does not have comes after them, none at all last.</param>
    public static IQueryable<WorkRow> Ordered(IQueryable<WorkRow> rows, WorkFilter filter, IReadOnlyList<string> priorities) => filter.Sort switch
    {
        "wait" => rows.OrderBy(r => r.Since).ThenBy(r => r.Reference),
        "contact" => rows.OrderBy(r => r.NextContactDueDate == null).ThenBy(r => r.NextContactDueDate).ThenBy(r => r.Since).ThenBy(r => r.Reference),
        _ => rows.OrderBy(Rank(priorities)).ThenBy(r => r.Since).ThenBy(r => r.Reference),
    };

    /// <summary>What the page's rows need beside, in one statement.</summary>
    public async Task<Dictionary<Guid, WorkRowDetail>> DetailsAsync(IReadOnlyCollection<Guid> ids, DateOnly day)
    {
        var end = WorkingCalendar.EndOf(day);
        return await db.Episodes.AsNoTracking().Where(e => ids.Contains(e.Id)).Select(e => new WorkRowDetail(
            e.Id,
            db.EpisodeClocks.Where(c => c.EpisodeId == e.Id && !c.IsThreshold && c.StartedOn <= end && (c.StoppedDate == null || c.StoppedDate > day)).Min(c => c.DueDate),
            db.Approvals.Any(a => a.EpisodeId == e.Id && a.AskedOn <= end && (a.DecidedOn == null || a.DecidedOn > end)),
            db.EpisodeTasks.Any(t => t.EpisodeId == e.Id && t.DueDate != null && t.OpenedOn <= end && (t.CompletedOn == null || t.CompletedOn > end)))).ToDictionaryAsync(d => d.EpisodeId);
    }

    private IQueryable<StageSpan> Standing(DateOnly day)
    {
        var spans = db.StageSpans.AsNoTracking().Where(s => s.SupersededOn == null);
        return day == clock.Today ? spans.Where(s => s.ToOn == null) : spans.Where(s => s.FromDate <= day && (s.ToDate == null || s.ToDate > day));
    }

    private IQueryable<StageSpan> Filtered(IQueryable<StageSpan> spans, WorkFilter filter, IReadOnlyDictionary<string, Guid> teams)
    {
        spans = filter.Pathway is { } pathway ? spans.Where(s => s.PathwayKey == pathway) : spans;
        spans = filter.Stage is { } stage ? spans.Where(s => s.StageKey == stage) : spans;
        spans = filter.Priority is { } priority ? spans.Where(s => s.Priority == (priority == WorkFilter.Nobody ? null : priority)) : spans;
        spans = filter.Risk is { } risk ? spans.Where(s => s.Risk == (risk == WorkFilter.Nobody ? null : risk)) : spans;
        if (filter.Team is { } team)
        {
            List<Guid?> ids = team switch { WorkFilter.Mine => [.. viewer.TeamIds.Select(t => (Guid?)t)], WorkFilter.Nobody => [null], _ => [teams.TryGetValue(team, out var id) ? id : Guid.Empty] };
            spans = spans.Where(s => ids.Contains(s.TeamId));
        }

        if (filter.Worker is { } worker)
        {
            Guid? id = worker switch { WorkFilter.Me => viewer.UserId, WorkFilter.Nobody => null, _ => Guid.TryParse(worker, out var given) ? given : Guid.Empty };
            spans = spans.Where(s => s.WorkerId == id);
        }

        return filter.Flag.Contains(Flags.Paused) ? spans.Where(s => s.IsPaused) : spans;
    }

    private IQueryable<Episode> ByDue(IQueryable<Episode> episodes, WorkFilter filter, DateOnly day)
    {
        var (end, now, since) = (WorkingCalendar.EndOf(day), day == clock.Today ? clock.Now : WorkingCalendar.EndOf(day), Wall.ClockWallReader.Since(day));
        var running = db.EpisodeClocks.Where(c => c.StartedOn <= end && (c.StoppedDate == null || c.StoppedDate > day));
        running = filter.Clock is { } key ? running.Where(c => c.ClockKey == key) : running.Where(c => !c.IsThreshold);
        running = filter.Due switch
        {
            "overdue" => filter.Clock is null ? running.Where(c => c.DueDate < day) : running.Where(c => c.DueOn < now),
            "since" => running.Where(c => c.DueOn < now && c.DueDate >= since),
            "backlog" => running.Where(c => c.DueDate < since),
            "today" => filter.Clock is null ? running.Where(c => c.DueDate == day) : running.Where(c => c.DueDate == day && c.DueOn >= now),
            "week" => running.Where(c => c.DueDate >= day && c.DueDate < day.AddDays(7)),
            _ => running,
        };
        return filter.Clock is not null || filter.Due is "overdue" or "since" or "backlog" or "today" or "week" ? episodes.Where(e => running.Any(c => c.EpisodeId == e.Id)) : episodes;
    }

    private IQueryable<Episode> ByFlag(IQueryable<Episode> episodes, string flag, DateOnly day)
    {
        var end = WorkingCalendar.EndOf(day);
        return flag switch
        {
            Flags.Contact when day == clock.Today => episodes.Where(e => e.NextContactDueDate < day),
            Flags.Contact => episodes.Where(e => db.WaitingContacts.Where(c => c.EpisodeId == e.Id && c.ContactDate <= day)
                .OrderByDescending(c => c.ContactDate).ThenByDescending(c => c.Id).Select(c => c.NextDueDate).FirstOrDefault() < day),
            Flags.Approval => episodes.Where(e => db.Approvals.Any(a => a.EpisodeId == e.Id && a.AskedOn <= end && (a.DecidedOn == null || a.DecidedOn > end))),
            Flags.After => episodes.Where(e => db.EpisodeTasks.Any(t => t.EpisodeId == e.Id && t.DueDate != null && t.OpenedOn <= end && (t.CompletedOn == null || t.CompletedOn > end))),
            _ => episodes,
        };
    }

    private IQueryable<WorkRow> Now(IQueryable<StageSpan> spans, IQueryable<Episode> episodes) =>
        from s in spans
        join e in episodes on s.EpisodeId equals e.Id
        join p in db.People.AsNoTracking() on s.PersonId equals p.Id into people
        from p in people.DefaultIfEmpty()
        select new WorkRow
        {
            SpanId = s.Id,
            EpisodeId = e.Id,
            Version = e.Version,
            Reference = e.Reference,
            PathwayKey = s.PathwayKey,
            StageKey = s.StageKey,
            Kind = e.Kind,
            Summary = e.Summary,
            PersonId = s.PersonId,
            PersonReference = p!.Reference,
            GivenName = p.GivenName,
            PreferredName = p.PreferredName,
            FamilyName = p.FamilyName,
            BirthDate = p.BirthDate,
            DeathDate = p.DeathDate,
            Since = s.VisitDate,
            Priority = s.Priority,
            PriorityReason = s.PriorityReason,
            Risk = s.Risk,
            TeamId = s.TeamId,
            WorkerId = s.WorkerId,
            IsPaused = s.IsPaused,
            LastContactDate = e.LastContactDate,
            NextContactDueDate = e.NextContactDueDate,
        };

    // Contacts as they stood: from their own rows; an extract's, which has none, as far as it was before that day.
    private IQueryable<WorkRow> Past(IQueryable<StageSpan> spans, IQueryable<Episode> episodes, DateOnly day) =>
        from s in spans
        join e in episodes on s.EpisodeId equals e.Id
        join p in db.People.AsNoTracking() on s.PersonId equals p.Id into people
        from p in people.DefaultIfEmpty()
        select new WorkRow
        {
            SpanId = s.Id,
            EpisodeId = e.Id,
            Version = e.Version,
            Reference = e.Reference,
            PathwayKey = s.PathwayKey,
            StageKey = s.StageKey,
            Kind = e.Kind,
            Summary = e.Summary,
            PersonId = s.PersonId,
            PersonReference = p!.Reference,
            GivenName = p.GivenName,
            PreferredName = p.PreferredName,
            FamilyName = p.FamilyName,
            BirthDate = p.BirthDate,
            DeathDate = p.DeathDate,
            Since = s.VisitDate,
            Priority = s.Priority,
            PriorityReason = s.PriorityReason,
            Risk = s.Risk,
            TeamId = s.TeamId,
            WorkerId = s.WorkerId,
            IsPaused = s.IsPaused,
            LastContactDate = db.WaitingContacts.Where(c => c.EpisodeId == e.Id && c.ContactDate <= day && c.Reached).Max(c => (DateOnly?)c.ContactDate) ?? (e.LastContactDate <= day ? e.LastContactDate : null),
            NextContactDueDate = db.WaitingContacts.Where(c => c.EpisodeId == e.Id && c.ContactDate <= day)
                .OrderByDescending(c => c.ContactDate).ThenByDescending(c => c.Id).Select(c => c.NextDueDate).FirstOrDefault(),
        };

    private static Expression<Func<WorkRow, int>> Rank(IReadOnlyList<string> priorities)
    {
        Expression<Func<WorkRow, string?>> priority = r => r.Priority;
        Expression rank = Expression.Condition(Expression.Equal(priority.Body, Expression.Constant(null, typeof(string))), Expression.Constant(priorities.Count + 1), Expression.Constant(priorities.Count));
        for (var i = priorities.Count - 1; i >= 0; i--)
        {
            rank = Expression.Condition(Expression.Equal(priority.Body, Expression.Constant(priorities[i])), Expression.Constant(i), rank);
        }

        return Expression.Lambda<Func<WorkRow, int>>(rank, priority.Parameters);
    }
}
