using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Forms;

/// <summary>Brings back an answer that another person's save wrote over. What stood in its place is kept in turn.</summary>
[Scoped]
public sealed class RestoreAnswer(WaymarkDb db, SaveAnswers save, Auditor audit)
{
    public async Task<SavedAnswers> RunAsync(Guid draftId, long overwrittenId)
    {
        var kept = await db.OverwrittenAnswers.AsNoTracking().FirstOrDefaultAsync(o => o.Id == overwrittenId && o.DraftId == draftId)
            ?? throw new RefusedException("That earlier answer is not one of this form. Load the page again.");
        audit.Record("restore-answer", nameof(Draft), draftId.ToString(), new { kept.Question, kept.Row, overwrittenId });
        return await save.RunAsync(draftId, [new TypedAnswer(new AnswerAddress(kept.Question, kept.Row), kept.Text)]);
    }
}

/// <summary>Ends a draft without completing it. Its answers stay on file; the next one for the same work starts empty.</summary>
[Scoped]
public sealed class DiscardDraft(WaymarkDb db, Calendar.CareClock clock, Viewer viewer, FormCatalogue forms, DraftStates states, FormAccess access, Auditor audit)
{
    public async Task RunAsync(Guid draftId)
    {
        var draft = await db.Drafts.FirstOrDefaultAsync(d => d.Id == draftId) ?? throw new RefusedException("There is no such form being filled in.");
        if (draft.CompletedOn is not null || draft.DiscardedOn is not null)
        {
            throw new RefusedException((await states.WhyClosedAsync(draftId)).Words!);
        }

        if (!viewer.May(forms[draft.FormKey].Permission) || !await access.SeesRecordAsync(forms[draft.FormKey], draft))
        {
            throw new RefusedException("You may not discard this form. Ask the manager of your team.");
        }

        (draft.DiscardedOn, draft.ClosedById, draft.Slot) = (clock.Now, viewer.UserId, null);
        audit.Record("discard-draft", draft, new { draft.FormKey, draft.EpisodeId }, draft.PersonId);
        await db.SaveChangesAsync();
    }
}
