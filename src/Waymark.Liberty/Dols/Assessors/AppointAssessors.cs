using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Liberty.Dols.Assessments;

namespace Waymark.Liberty.Dols.Assessors;

/// <summary>Appoints assessors to the six assessments; a request that waits for them moves on. Later, those not yet made may be given to someone else.</summary>
[Scoped]
public sealed class AppointAssessors(WaymarkDb db, CareClock clock, Viewer viewer, EpisodeDesk desk, TakeExit takeExit, Auditor audit)
{
    /// <param name="chosen">Assessment key to assessor id.</param>
    /// <param name="hasDeclared">Each assessor declared that nothing of <paramref name="declared"/> holds, or that it does.</param>
    public async Task RunAsync(SeenEpisode seen, IReadOnlyDictionary<string, Guid?> chosen, Conflicts declared, bool hasDeclared)
    {
        var taken = await desk.TakeAsync(seen.Id, seen.Version, LibertyCan.Work);
        if (taken.Stage.Key is not (DolsPathway.Allocate or DolsPathway.Assess))
        {
            throw new RefusedException($"Assessors are appointed while the request waits for them or is assessed; it is in {taken.Stage.Title}.");
        }

        var made = await db.Set<DolsCase>().SingleAsync(c => c.EpisodeId == seen.Id);
        var assessors = await FindAsync(chosen, declared, hasDeclared, made);
        await CheckInterestsAsync(taken.Episode, assessors.Values);
        var standing = await db.Set<DolsAppointment>().Where(a => a.EpisodeId == seen.Id && a.EndedOn == null).ToListAsync();
        var done = await db.Set<DolsAssessment>().Where(a => a.EpisodeId == seen.Id).Select(a => a.Kind).ToListAsync();
        foreach (var (kind, assessor) in assessors)
        {
            var before = standing.Find(a => a.Kind == kind);
            if (before?.AssessorId == assessor.Id)
            {
                continue;
            }

            if (done.Contains(kind))
            {
                throw new RefusedException($"The {AssessmentKind.At(kind).Title.ToLowerInvariant()} assessment is made already; it stays with whoever made it.", kind);
            }

            before?.EndedOn = clock.Now;
            db.Add(new DolsAppointment { EpisodeId = seen.Id, Kind = kind, AssessorId = assessor.Id, ById = viewer.UserId, AppointedOn = clock.Now });
        }

        if (taken.Stage.Key == DolsPathway.Allocate)
        {
            await takeExit.ApplyAsync(taken, taken.Stage.ExitAt("appointed"), null, clock.Now, new Placing(WorkerId: taken.Episode.WorkerId), null, null);
        }

        await GiveTasksAsync(taken.Episode, assessors);
        audit.Record("appoint-assessors", taken.Episode, new { assessors = assessors.ToDictionary(a => a.Key, a => a.Value.Id) }, taken.Episode.PersonId);
        await desk.SaveAsync(taken.Episode);
    }

    private async Task<Dictionary<string, DolsAssessor>> FindAsync(IReadOnlyDictionary<string, Guid?> chosen, Conflicts declared, bool hasDeclared, DolsCase made)
    {
        var ids = chosen.Values.OfType<Guid>().ToList();
        var today = clock.Today;
        var found = await db.Set<DolsAssessor>().AsNoTracking().Where(a => ids.Contains(a.Id) && (a.EndedDate == null || a.EndedDate > today)).ToDictionaryAsync(a => a.Id);
        var assessors = chosen.Where(c => c.Value is { } id && found.ContainsKey(id)).ToDictionary(c => c.Key, c => found[c.Value!.Value]);
        var faults = AssessorRules.Faults(assessors, made, declared).ToList();
        if (faults.Count > 0)
        {
            throw new RefusedException(string.Join(" ", faults));
        }

        return hasDeclared ? assessors : throw new RefusedException("Ask each assessor to declare, and say that they did.", "HasDeclared");
    }

    /// <summary>Someone who declared that they may not see the person does not assess them.</summary>
    private async Task CheckInterestsAsync(Episode episode, IEnumerable<DolsAssessor> assessors)
    {
        var users = assessors.Select(a => a.UserId).OfType<Guid>().ToList();
        if (await db.DeclaredInterests.Where(d => d.PersonId == episode.PersonId && d.EndedOn == null && users.Contains(d.UserId)).Select(d => d.UserId).FirstOrDefaultAsync() is var barred && barred != Guid.Empty)
        {
            throw new RefusedException($"{assessors.First(a => a.UserId == barred).Name} has declared that they may not see this person. Choose someone else.");
        }
    }

    private async Task GiveTasksAsync(Episode episode, Dictionary<string, DolsAssessor> assessors)
    {
        var tasks = db.EpisodeTasks.Local.Where(t => t.EpisodeId == episode.Id && t.StageKey == DolsPathway.Assess && t.CompletedOn is null).ToList();
        if (tasks.Count == 0)
        {
            tasks = await db.EpisodeTasks.Where(t => t.EpisodeId == episode.Id && t.StageKey == DolsPathway.Assess && t.CompletedOn == null).ToListAsync();
        }

        foreach (var task in tasks.Where(t => assessors.ContainsKey(t.TaskKey)))
        {
            task.WorkerId = assessors[task.TaskKey].UserId;
        }
    }
}
