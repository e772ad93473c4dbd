using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>Reads one episode for its page in three statements.</summary>
[Scoped]
public sealed class EpisodeReader(WaymarkDb db, RecordAccess access, CareClock clock, Catalogue catalogue)
{
    /// <returns>The episode; or, where the viewer may not see it, what they may know of it.</returns>
    public async Task<(EpisodeView? View, RecordSight Sight)> ReadAsync(string reference)
    {
        // The person by a join: a whole row as a sub-select makes the engine number every person of the county first.
        var head = await (
            from e in access.Visible(db.Episodes.AsNoTracking()).AsSingleQuery()
            where e.Reference == reference
            join p in db.People.AsNoTracking() on e.PersonId equals p.Id into people
            from p in people.DefaultIfEmpty()
            select new
            {
                Episode = e,
                Person = p,
                Team = db.Teams.Where(t => t.Id == e.TeamId).Select(t => t.Name).FirstOrDefault(),
                Worker = db.Users.Where(u => u.Id == e.WorkerId).Select(u => u.DisplayName).FirstOrDefault(),
                IsRestricted = db.Restrictions.Any(r => r.ToOn == null && r.Field == null && (r.EpisodeId == e.Id || (r.PersonId == e.PersonId && r.EpisodeId == null))),
                Visits = db.StageSpans.Where(s => s.EpisodeId == e.Id && s.SupersededOn == null && (s.EndReason != null || s.ToOn == null))
                    .Select(s => new { s.StageKey, s.VisitId, s.VisitDate, IsOpen = s.ToOn == null }).ToList(),
            }).FirstOrDefaultAsync();
        if (head is null)
        {
            var id = await db.Episodes.Where(e => e.Reference == reference).Select(e => (Guid?)e.Id).FirstOrDefaultAsync();
            return (null, id is { } hidden ? await access.SightOfEpisodeAsync(hidden) : RecordSight.Hidden);
        }

        access.HasSeen(head.Episode);
        var (episode, pathway) = (head.Episode, catalogue.Pathway(head.Episode.PathwayKey));
        var open = head.Visits.FirstOrDefault(v => v.IsOpen);
        var (clocks, tasks, approval) = await BesideAsync(episode.Id, pathway, open?.VisitId);
        return (new EpisodeView
        {
            Episode = episode,
            Pathway = pathway,
            Person = head.Person,
            Team = head.Team,
            Worker = head.Worker,
            IsRestricted = head.IsRestricted,
            VisitId = open?.VisitId,
            VisitDate = open?.VisitDate,
            Visited = head.Visits.Where(v => !v.IsOpen).Select(v => v.StageKey).ToHashSet(),
            Clocks = [.. clocks.OrderBy(c => c.StoppedOn is not null).ThenBy(c => c.DueOn ?? DateTime.MaxValue).Select(c => new ClockLine(pathway.Clocks.FirstOrDefault(d => d.Key == c.ClockKey)?.Title ?? "Due", c, clock.Today, clock.Now))],
            Tasks = tasks,
            Approval = approval,
            Links = await LinksAsync(episode.Id),
            Today = clock.Today,
        }, RecordSight.Full);
    }

    // One statement: a handful of clocks, tasks and approvals, each with the others, is less than three times to the database and back.
    private async Task<(IReadOnlyList<EpisodeClock> Clocks, IReadOnlyList<TaskLine> Tasks, ApprovalLine? Approval)> BesideAsync(Guid episodeId, Pathway pathway, Guid? visit)
    {
        var beside = await db.Episodes.AsNoTracking().AsSingleQuery().Where(e => e.Id == episodeId).Select(e => new
        {
            Clocks = db.EpisodeClocks.Where(c => c.EpisodeId == e.Id).ToList(),
            Tasks = db.EpisodeTasks.Where(t => t.EpisodeId == e.Id && (t.CompletedOn == null || t.VisitId == visit)).OrderBy(t => t.Id)
                .Select(t => new { Task = t, By = db.Users.Where(u => u.Id == t.CompletedById).Select(u => u.DisplayName).FirstOrDefault() }).ToList(),
            Approvals = db.Approvals.Where(a => a.EpisodeId == e.Id && a.VisitId == visit).Select(a => new
            {
                Approval = a,
                AskedBy = db.Users.Where(u => u.Id == a.AskedById).Select(u => u.DisplayName).FirstOrDefault(),
                DecidedBy = db.Users.Where(u => u.Id == a.DecidedById).Select(u => u.DisplayName).FirstOrDefault(),
            }).ToList(),
        }).SingleAsync();
        // What an earlier stay left undone is no longer to be done, but for a look after.
        var tasks = beside.Tasks.Where(t => t.Task.VisitId == visit || t.Task.DueDate is not null)
            .Select(t => new TaskLine(t.Task, CompleteTask.TitleOf(pathway, t.Task), t.Task.CompletedOn is null ? null : t.By ?? "Waymark", pathway.StageAt(t.Task.StageKey).Tasks.Any(p => p.Key == t.Task.TaskKey)));
        return (beside.Clocks, [.. tasks], beside.Approvals.OrderBy(a => a.Approval.DecidedOn is not null).ThenByDescending(a => a.Approval.AskedOn).Select(a => new ApprovalLine(a.Approval, a.AskedBy ?? "Waymark", a.DecidedBy)).FirstOrDefault());
    }

    private async Task<IReadOnlyList<LinkLine>> LinksAsync(Guid id)
    {
        var links = await (
            from l in db.EpisodeLinks.AsNoTracking()
            where l.FromEpisodeId == id || l.ToEpisodeId == id
            join e in access.Visible(db.Episodes) on l.FromEpisodeId == id ? l.ToEpisodeId : l.FromEpisodeId equals e.Id into others
            from e in others.DefaultIfEmpty()
            select new { l.Kind, IsFrom = l.FromEpisodeId == id, e!.Reference, e.PathwayKey, IsOpen = e.ClosedDate == null }).ToListAsync();
        return [.. links.Select(l => new LinkLine(l.Kind, l.IsFrom, l.Reference, l.Reference is null ? "A restricted record" : catalogue.Pathway(l.PathwayKey).Title, l.IsOpen))];
    }
}
