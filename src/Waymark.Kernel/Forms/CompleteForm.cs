using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;

namespace Waymark.Kernel.Forms;

/// <summary>What a page asks when its button "complete" is pressed.</summary>
public sealed record CompleteRequest
{
    public required Guid DraftId { get; init; }

    /// <summary>Version of the form as the page showed it.</summary>
    public required int FormVersion { get; init; }

    /// <summary>A way out chosen by the worker against, or in place of, the form's own decision.</summary>
    public string? ExitKey { get; init; }
    public string? ExitReason { get; init; }
}

/// <summary>Errors, and nothing done; or the revision, and where it led.</summary>
/// <param name="Stage">What it led to, where it was the form of an episode's stage.</param>
public sealed record CompletedForm(IReadOnlyList<FormError> Errors, Guid? RevisionId = null, string? ExitKey = null, StageCompleted? Stage = null);

/// <summary>
/// Completes a draft: reads its answers into the record, checks them, lets the form decide, stores a revision that holds the questions as asked with the
/// answers, and moves the episode on, in one transaction. Faulty answers come back as errors; what stands in the way as a whole is refused.
/// </summary>
[Scoped]
public sealed class CompleteForm(
    WaymarkDb db, CareClock clock, Viewer viewer, FormCatalogue forms, DraftStates states, Catalogue catalogue, CompletedWork work, FormAccess access, Auditor audit)
{
    /// <summary>Where the page puts the way out chosen against the answers, and its reason.</summary>
    public const string ExitField = "_exit";
    public const string ExitReasonField = "_exit-reason";

    public async Task<CompletedForm> RunAsync(CompleteRequest request)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync() : null;
        var draft = await LockAsync(request.DraftId);
        var definition = forms[draft.FormKey];
        if (!viewer.May(definition.Permission) || !await access.SeesRecordAsync(definition, draft))
        {
            throw new RefusedException($"You may not complete “{definition.Title}”. Ask the manager of your team.");
        }

        if (request.FormVersion != definition.Version)
        {
            throw new RefusedException($"“{definition.Title}” has changed since this page was loaded. Your answers are saved: load the page again and look at what changed before completing it.");
        }

        var answers = await AnswersAsync(draft.Id);
        var bound = FormBinder.Bind(definition, answers);
        var episode = draft.EpisodeId is { } id ? await db.Episodes.SingleAsync(e => e.Id == id) : null;
        var personId = draft.PersonId ?? episode?.PersonId;
        var facts = new Facts
        {
            Today = clock.Today,
            Now = clock.Now,
            Episode = episode,
            Person = personId is null ? null : await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == personId),
        };
        var errors = bound.Errors.ToList();
        if (errors.Count == 0)
        {
            errors.AddRange(bound.Form.Check(facts).Select(c => new FormError(FormDefinition.KeyOf(c.Question), c.Message)));
        }

        if (errors.Count > 0)
        {
            return new CompletedForm(errors);
        }

        var stage = episode is null || draft.TaskId is not null ? null : StageOf(episode, definition);
        var exit = ExitOf(stage, bound.Form.Decide(facts), request);
        var content = FormContent.From(definition, answers, bound.Asked) with
        {
            NoLongerAsked = DraftReader.NoLongerAsked(draft, definition, answers) is { Count: > 0 } kept ? kept : null,
            Exit = exit?.Key,
            ExitTitle = exit?.Title,
            ExitReason = exit is { IsOverride: true } ? request.ExitReason?.Trim() : null,
        };
        var revision = await RevisionAsync(draft, definition, content);
        (draft.CompletedOn, draft.ClosedById, draft.Slot) = (clock.Now, viewer.UserId, null);
        db.FormRevisions.Add(revision);
        audit.Record("complete-form", revision, new { revision.FormKey, revision.Number, draftId = draft.Id, revision.EpisodeId, exit = exit?.Key }, personId);
        await db.SaveChangesAsync();
        var completed = await work.ApplyAsync(draft, revision, request, bound.Form, [.. bound.Form.PromotedDates(facts)]);
        if (transaction is not null)
        {
            await transaction.CommitAsync();
        }

        return new CompletedForm([], revision.Id, exit?.Key, completed);
    }

    /// <summary>The stage that asks the form: the one the episode is in, else another, which the engine will refuse because its visit has ended.</summary>
    private Stage? StageOf(Episode episode, FormDefinition definition)
    {
        var pathway = catalogue.Pathway(episode.PathwayKey);
        return pathway.Stages.Where(s => s.FormType == definition.Type).OrderByDescending(s => s.Key == episode.StageKey).FirstOrDefault();
    }

    /// <summary>The form's own decision, or the declared exit that the worker takes against it and says why.</summary>
    private static Exit? ExitOf(Stage? stage, Decision decision, CompleteRequest request)
    {
        if (request.ExitKey is not { Length: > 0 } chosen || stage is null)
        {
            return decision.ExitKey is { } key ? stage?.ExitAt(key) : null;
        }

        if (stage.AllExits.FirstOrDefault(e => e.Key == chosen) is not { IsOverride: true } exit)
        {
            throw new RefusedException($"“{stage.Title}” has no such way out. Choose one of those shown.", ExitField);
        }

        return string.IsNullOrWhiteSpace(request.ExitReason) ? throw new RefusedException($"“{exit.Title}” goes against what the answers lead to. Say why.", ExitReasonField) : exit;
    }

    /// <summary>Holds the draft's row, so that an autosave on its way waits and then learns that the form is complete.</summary>
    private async Task<Draft> LockAsync(Guid draftId)
    {
        var locked = await db.Drafts.Where(d => d.Id == draftId && d.CompletedOn == null && d.DiscardedOn == null)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.SaveNumber, d => d.SaveNumber + 1));
        if (locked == 0)
        {
            throw new RefusedException((await states.WhyClosedAsync(draftId)).Words ?? "There is no such form being filled in.");
        }

        return await db.Drafts.SingleAsync(d => d.Id == draftId);
    }

    private async Task<Answers> AnswersAsync(Guid draftId)
    {
        var answers = new Answers();
        foreach (var saved in await db.DraftAnswers.AsNoTracking().Where(a => a.DraftId == draftId).ToListAsync())
        {
            answers[saved.Question, saved.Row] = saved.Text;
        }

        return answers;
    }

    private async Task<FormRevision> RevisionAsync(Draft draft, FormDefinition definition, FormContent content)
    {
        var before = draft.EpisodeId is null
            ? await db.FormRevisions.CountAsync(r => r.PersonId == draft.PersonId && r.PersonId != null && r.FormKey == draft.FormKey)
            : await db.FormRevisions.CountAsync(r => r.EpisodeId == draft.EpisodeId && r.FormKey == draft.FormKey);
        var json = content.ToJson();
        return new FormRevision
        {
            FormKey = draft.FormKey,
            FormVersion = definition.Version,
            EpisodeId = draft.EpisodeId,
            VisitId = draft.VisitId,
            TaskId = draft.TaskId,
            PersonId = draft.PersonId,
            DraftId = draft.Id,
            Number = before + 1,
            Content = json,
            Hash = FormContent.HashOf(json),
            CompletedById = viewer.UserId,
            CompletedOn = clock.Now,
            CompletedDate = clock.Today,
            ExitKey = content.Exit,
        };
    }
}
