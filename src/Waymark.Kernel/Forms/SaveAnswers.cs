using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Forms;

/// <summary>An answer as typed, and where it stands.</summary>
public sealed record TypedAnswer(AnswerAddress Address, string Text);

public enum DraftState { Open, Completed, Discarded, Missing, NotAllowed }

/// <summary>How a save went. When the draft is no longer open nothing was saved, and <paramref name="Words"/> say who closed it and when.</summary>
/// <param name="Number">The draft's save number afterwards.</param>
public sealed record SavedAnswers(DraftState State, int Number, DateTime On, string? Words = null);

/// <summary>
/// Saves answers field by field as typed: the last writer wins, another person's answer that is written over is kept, no version is bumped. The draft's
/// row is locked first, so that saves of one draft follow one another and none slips in behind its completion.
/// </summary>
[Scoped]
public sealed partial class SaveAnswers(WaymarkDb db, CareClock clock, Viewer viewer, FormCatalogue forms, DraftStates states, FormAccess access)
{
    /// <summary>Most characters of one answer of a draft; what a form accepts at completion is less.</summary>
    public const int MostCharacters = 200_000;

    /// <summary>Most bytes of one request that saves answers.</summary>
    public const int MostBytes = 1_000_000;

    public async Task<SavedAnswers> RunAsync(Guid draftId, IReadOnlyList<TypedAnswer> typed)
    {
        if (typed.FirstOrDefault(t => t.Text.Length > MostCharacters) is { } tooLong)
        {
            throw new RefusedException(
                $"This answer is {tooLong.Text.Length:N0} characters long; the most that can be saved is {MostCharacters:N0}. Shorten it, or attach it as a document. What was saved before is still there.",
                tooLong.Address.Field);
        }

        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync() : null;
        var now = clock.Now;
        var locked = await db.Drafts.Where(d => d.Id == draftId && d.CompletedOn == null && d.DiscardedOn == null).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.SaveNumber, d => d.SaveNumber + 1)
            .SetProperty(d => d.LastSavedOn, now)
            .SetProperty(d => d.LastSavedById, viewer.UserId));
        if (locked == 0)
        {
            return await states.WhyClosedAsync(draftId);
        }

        var draft = await db.Drafts.AsNoTracking().SingleAsync(d => d.Id == draftId);
        var definition = forms[draft.FormKey];
        if (!viewer.May(definition.Permission))
        {
            return new SavedAnswers(DraftState.NotAllowed, 0, now, $"You may not fill in “{definition.Title}”. Ask the manager of your team.");
        }

        if (!await access.SeesRecordAsync(definition, draft))
        {
            return DraftStates.Missing;
        }

        var before = await db.DraftAnswers.Where(a => a.DraftId == draftId).ToDictionaryAsync(a => new AnswerAddress(a.Question, a.Row));
        foreach (var answer in typed.DistinctBy(t => t.Address))
        {
            Refuse(definition, draft, before, answer.Address);
            Write(draft, before.GetValueOrDefault(answer.Address), answer with { Text = AnswerText.Clean(answer.Text) }, now);
        }

        await db.SaveChangesAsync();
        if (transaction is not null)
        {
            await transaction.CommitAsync();
        }

        return new SavedAnswers(DraftState.Open, draft.SaveNumber, now);
    }

    private void Write(Draft draft, DraftAnswer? before, TypedAnswer answer, DateTime now)
    {
        if (before is null)
        {
            if (answer.Text.Length > 0)
            {
                db.DraftAnswers.Add(new DraftAnswer
                {
                    DraftId = draft.Id,
                    Question = answer.Address.Question,
                    Row = answer.Address.Row,
                    Text = answer.Text,
                    SavedOn = now,
                    SavedById = viewer.UserId,
                    SaveNumber = draft.SaveNumber,
                });
            }

            return;
        }

        if (before.Text == answer.Text)
        {
            return;
        }

        if (before.SavedById != viewer.UserId && before.Text.Length > 0)
        {
            db.OverwrittenAnswers.Add(new OverwrittenAnswer
            {
                DraftId = draft.Id,
                Question = before.Question,
                Row = before.Row,
                Text = before.Text,
                SavedOn = before.SavedOn,
                SavedById = before.SavedById,
                OverwrittenOn = now,
                OverwrittenById = viewer.UserId,
            });
        }

        (before.Text, before.SavedOn, before.SavedById, before.SaveNumber) = (answer.Text, now, viewer.UserId, draft.SaveNumber);
    }

    /// <summary>A page of an earlier version may still answer what is no longer asked; anything else that no version asked is refused.</summary>
    private static void Refuse(FormDefinition definition, Draft draft, Dictionary<AnswerAddress, DraftAnswer> before, AnswerAddress address)
    {
        var isKnown = definition.Find(address.Question) is not null || before.ContainsKey(address) || AskedQuestion.Parse(draft.Asked).Any(q => q.Key == address.Question);
        if (!isKnown || (address.Row.Length > 0 && !RowIdShape().IsMatch(address.Row)))
        {
            throw new RefusedException($"The form “{definition.Title}” has no question “{address.Field}”. Load the page again.", address.Field);
        }

        var isNewRow = address.Row.Length > 0 && definition.Find(address.Question)?.Kind == QuestionKind.Rows && !before.ContainsKey(address);
        if (isNewRow && before.Keys.Count(a => a.Question == address.Question) >= AnswerText.MaxRows)
        {
            throw new RefusedException($"There can be {AnswerText.MaxRows} of these and no more.", address.Question);
        }
    }

    [GeneratedRegex("^[0-9a-z-]{1,40}$")]
    private static partial Regex RowIdShape();
}
