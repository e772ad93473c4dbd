using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Forms;

/// <summary>Says in words why a draft can no longer be changed.</summary>
[Scoped]
public sealed class DraftStates(WaymarkDb db)
{
    /// <summary>No such draft, or one on a record that the viewer may not see: the same answer.</summary>
    public static readonly SavedAnswers Missing = new(DraftState.Missing, 0, default, "There is no such form being filled in.");

    public async Task<SavedAnswers> WhyClosedAsync(Guid draftId)
    {
        var closed = await (
            from d in db.Drafts.AsNoTracking()
            where d.Id == draftId
            join u in db.Users on d.ClosedById equals u.Id into users
            from u in users.DefaultIfEmpty()
            select new { d.CompletedOn, d.DiscardedOn, d.SaveNumber, d.StartedOn, Name = u == null ? null : u.DisplayName }).FirstOrDefaultAsync();
        return closed switch
        {
            null => Missing,
            { CompletedOn: { } on } => new SavedAnswers(DraftState.Completed, closed.SaveNumber, on, Words("completed", closed.Name, on)),
            { DiscardedOn: { } on } => new SavedAnswers(DraftState.Discarded, closed.SaveNumber, on, Words("discarded", closed.Name, on)),
            _ => new SavedAnswers(DraftState.Open, closed.SaveNumber, closed.StartedOn),
        };
    }

    private static string Words(string how, string? who, DateTime on) =>
        $"{who ?? "Waymark"} {how} this form on {Format.DateTime(on)}. What you have typed since is not saved; copy it from the page if you need it.";
}
