using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;

namespace Waymark.Kernel.Forms;

/// <summary>Takes a completed form to the work it completes: a stage of an episode, a parallel task, or nothing but itself.</summary>
[Scoped]
public sealed class CompletedWork(WaymarkDb db, Catalogue catalogue, CompleteStage completeStage, CompleteTask completeTask, IServiceProvider services)
{
    public async Task<StageCompleted?> ApplyAsync(Draft draft, FormRevision revision, CompleteRequest request, Form form, IReadOnlyCollection<(string Key, DateTime On)> dates)
    {
        if (draft.TaskId is { } task)
        {
            await completeTask.RunAsync(task, revision.Id);
            return await ReactAsync(draft, form, revision);
        }

        if (draft.EpisodeId is null || draft.VisitId is not { } visit || !await IsOfStageAsync(visit, draft.FormKey))
        {
            return await ReactAsync(draft, form, revision);
        }

        return await completeStage.RunAsync(new StageCompletion
        {
            EpisodeId = draft.EpisodeId!.Value,
            VisitId = visit,
            ExitKey = revision.ExitKey,
            ExitReason = request.ExitReason,
            RevisionId = revision.Id,
            Form = form,
            PromotedDates = dates,
        });
    }

    private async Task<StageCompleted?> ReactAsync(Draft draft, Form form, FormRevision revision)
    {
        foreach (var reaction in catalogue.ReactionsToForm(draft.FormKey))
        {
            await reaction.ReactAsync(services, form, revision);
        }

        await db.SaveChangesAsync();
        return null;
    }

    private async Task<bool> IsOfStageAsync(Guid visitId, string formKey)
    {
        var visit = await db.StageSpans.Where(s => s.VisitId == visitId).Select(s => new { s.PathwayKey, s.StageKey }).FirstOrDefaultAsync();
        return visit is not null && catalogue.Pathway(visit.PathwayKey).StageAt(visit.StageKey).FormType is { } type && FormDefinition.Of(type).Key == formKey;
    }
}
