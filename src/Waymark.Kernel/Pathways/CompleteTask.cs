using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways;

/// <summary>Completes a parallel task, with its form's revision where it has one. A look "after" may be completed although the episode has moved on or closed.</summary>
[Scoped]
public sealed class CompleteTask(WaymarkDb db, CareClock clock, Viewer viewer, EpisodeDesk desk, Auditor audit)
{
    /// <exception cref="RefusedException">No such task; completed already (by whom, when); not this user's to complete; the stage has ended without it.</exception>
    public async Task RunAsync(Guid taskId, Guid? revisionId = null)
    {
        var task = await db.EpisodeTasks.FirstOrDefaultAsync(t => t.Id == taskId) ?? throw new RefusedException("There is no such task.");
        var taken = await desk.TakeAnyAsync(task.EpisodeId);
        if (task.CompletedOn is { } on)
        {
            var who = await db.Users.Where(u => u.Id == task.CompletedById).Select(u => u.DisplayName).FirstOrDefaultAsync() ?? "Waymark";
            throw new RefusedException($"{who} completed this on {Format.DateTime(on)}.");
        }

        var stage = taken.Pathway.StageAt(task.StageKey);
        var isLookAfter = stage.Tasks.All(t => t.Key != task.TaskKey);
        if (!viewer.MayFor(task.TeamId ?? taken.Episode.TeamId, isLookAfter ? stage.CompletePermission : Can.DoWork))
        {
            throw new RefusedException($"You may not complete “{TitleOf(taken.Pathway, task)}”.");
        }

        if (!isLookAfter && taken.Span?.VisitId != task.VisitId)
        {
            throw new RefusedException($"{stage.Title} ended before this task was completed. Look at {taken.Episode.Reference} as it is now.");
        }

        (task.CompletedOn, task.CompletedById, task.RevisionId) = (clock.Now, viewer.UserId, revisionId);
        audit.Record("complete-task", taken.Episode, new { task = task.TaskKey, revisionId }, taken.Episode.PersonId);
        await desk.SaveAsync();
    }

    /// <summary>The task's words; for a look after, the stage it stands for.</summary>
    public static string TitleOf(Pathway pathway, EpisodeTask task) =>
        pathway.StageAt(task.StageKey).Tasks.FirstOrDefault(t => t.Key == task.TaskKey)?.Title ?? $"{pathway.StageAt(task.StageKey).Title}, after";
}
