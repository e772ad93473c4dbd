using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Forms;

/// <summary>What a draft is for. A stage's form names episode and visit, a task's the task too; a form on no episode names a person, or nobody.</summary>
public sealed record DraftSubject
{
    public Guid? EpisodeId { get; init; }
    public Guid? VisitId { get; init; }
    public Guid? TaskId { get; init; }
    public Guid? PersonId { get; init; }

    /// <summary>The one open draft that all share; <c>null</c> for a form about nobody yet, of which several may be open.</summary>
    internal string? SlotOf(string formKey) => (VisitId ?? EpisodeId ?? PersonId) is null ? null : $"{formKey}|{EpisodeId}|{VisitId}|{TaskId}|{PersonId}";
}

/// <summary>
/// Gives the open draft of a form for a subject, started now if there is none. All who may do the work share it. A form completed before for the same
/// episode (sent back, moved back, re-opened, or left open by its decision) starts from what was answered then.
/// </summary>
[Scoped]
public sealed class OpenDraft(WaymarkDb db, CareClock clock, Viewer viewer, FormCatalogue forms, FormAccess access)
{
    /// <returns>The id of the draft.</returns>
    public async Task<Guid> RunAsync(string formKey, DraftSubject subject)
    {
        var definition = forms[formKey];
        if (!viewer.May(definition.Permission))
        {
            throw new RefusedException($"You may not fill in “{definition.Title}”. Ask the manager of your team.");
        }

        if (!await access.SeesRecordAsync(subject.EpisodeId, subject.PersonId))
        {
            throw new RefusedException("There is no such record.");
        }

        var slot = definition.Several || (definition.IsOwn && subject.EpisodeId is null) ? null : subject.SlotOf(formKey);
        if (await FindAsync(formKey, subject, slot) is { } open)
        {
            return open;
        }

        var draft = new Draft
        {
            FormKey = formKey,
            FormVersion = definition.Version,
            EpisodeId = subject.EpisodeId,
            VisitId = subject.VisitId,
            TaskId = subject.TaskId,
            PersonId = subject.PersonId,
            Slot = slot,
            Asked = AskedQuestion.ToJson(definition),
            StartedById = viewer.UserId,
            StartedOn = clock.Now,
        };
        db.Drafts.Add(draft);
        if (!definition.Several)
        {
            await SeedAsync(draft);
        }

        try
        {
            await db.SaveChangesAsync();
            return draft.Id;
        }
        catch (DbUpdateException) when (slot is not null)
        {
            // Another worker opened it between our look and our save; the unique slot let only one in.
            db.ChangeTracker.Clear();
            return await FindAsync(formKey, subject, slot) ?? throw new RefusedException("The form could not be opened. Try again.");
        }
    }

    /// <summary>By its slot; a person's also by the person, to whom a merge may have brought a draft begun for the other record.</summary>
    private async Task<Guid?> FindAsync(string formKey, DraftSubject subject, string? slot)
    {
        if (slot is null)
        {
            return null;
        }

        var drafts = db.Drafts.Where(d => d.FormKey == formKey && d.Slot != null);
        drafts = subject is { EpisodeId: null, PersonId: { } person } ? drafts.Where(d => d.Slot == slot || (d.PersonId == person && d.EpisodeId == null)) : drafts.Where(d => d.Slot == slot);
        return await drafts.OrderBy(d => d.StartedOn).Select(d => (Guid?)d.Id).FirstOrDefaultAsync();
    }

    private async Task SeedAsync(Draft draft)
    {
        if (draft.EpisodeId is null)
        {
            return;
        }

        var before = await db.FormRevisions.AsNoTracking()
            .Where(r => r.EpisodeId == draft.EpisodeId && r.FormKey == draft.FormKey)
            .OrderByDescending(r => r.Number).FirstOrDefaultAsync();
        if (before is null)
        {
            return;
        }

        draft.SaveNumber = 1;
        db.DraftAnswers.AddRange(FormContent.Parse(before.Content).ToAnswers().All.Select(a => new DraftAnswer
        {
            DraftId = draft.Id,
            Question = a.Key.Question,
            Row = a.Key.Row,
            Text = a.Value,
            SavedById = before.CompletedById,
            SavedOn = before.CompletedOn,
            SaveNumber = 1,
        }));
    }
}
