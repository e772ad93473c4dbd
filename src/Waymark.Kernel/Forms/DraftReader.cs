using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;

namespace Waymark.Kernel.Forms;

/// <summary>Who gave an answer and when.</summary>
public sealed record AnswerStamp(string By, DateTime On, bool IsMine);

/// <summary>An answer that another person's save wrote over, which can be brought back.</summary>
public sealed record EarlierAnswer(long Id, AnswerAddress Address, string Text, string By, DateTime On);

/// <summary>A draft as a page shows it.</summary>
public sealed record DraftView
{
    public required Draft Draft { get; init; }
    public required FormDefinition Definition { get; init; }
    public required Answers Answers { get; init; }
    public required IReadOnlyDictionary<AnswerAddress, AnswerStamp> Stamps { get; init; }
    public required IReadOnlyList<EarlierAnswer> Overwritten { get; init; }
    public required IReadOnlyDictionary<string, Suggestion> Suggestions { get; init; }
    public required SavedAnswers State { get; init; }
    public Episode? Episode { get; init; }
    public Guid? PersonId => Draft.PersonId ?? Episode?.PersonId;

    /// <summary>What changed in the form since the draft was started; empty on the same version.</summary>
    public IReadOnlyList<FormChange> Changes { get; init; } = [];

    /// <summary>Answers to questions that are no longer asked: shown and kept.</summary>
    public IReadOnlyList<AnsweredQuestion> NoLongerAsked { get; init; } = [];
    public bool IsOpen => State.State == DraftState.Open;
}

/// <summary>Reads a draft whole: answers, who gave them, what was written over, what is known already, what changed in the form.</summary>
[Scoped]
public sealed class DraftReader(WaymarkDb db, Viewer viewer, FormCatalogue forms, DraftStates states, Prefills prefills, FormAccess access)
{
    /// <summary>Whether there is such a draft and the viewer may see it.</summary>
    public async Task<bool> MaySeeAsync(Guid draftId) =>
        await db.Drafts.AsNoTracking().FirstOrDefaultAsync(d => d.Id == draftId) is { } draft
        && forms.Find(draft.FormKey) is { } definition && await access.MaySeeAsync(definition, draft);

    /// <returns>The draft, or <c>null</c> when there is none.</returns>
    public async Task<DraftView?> ReadAsync(Guid draftId)
    {
        var found = await (
            from d in db.Drafts.AsNoTracking()
            where d.Id == draftId
            join e in db.Episodes.AsNoTracking() on d.EpisodeId equals e.Id into episodes
            from e in episodes.DefaultIfEmpty()
            select new { Draft = d, Episode = e }).FirstOrDefaultAsync();
        if (found is null || forms.Find(found.Draft.FormKey) is not { } definition)
        {
            return null;
        }

        var draft = found.Draft;
        var saved = await (
            from a in db.DraftAnswers.AsNoTracking()
            where a.DraftId == draftId
            join u in db.Users on a.SavedById equals u.Id into users
            from u in users.DefaultIfEmpty()
            select new { Answer = a, By = u == null ? "Waymark" : u.DisplayName }).ToListAsync();
        var answers = new Answers();
        var stamps = new Dictionary<AnswerAddress, AnswerStamp>();
        foreach (var one in saved)
        {
            var address = new AnswerAddress(one.Answer.Question, one.Answer.Row);
            answers[address] = one.Answer.Text;
            stamps[address] = new AnswerStamp(one.By, one.Answer.SavedOn, one.Answer.SavedById == viewer.UserId);
        }

        var isOpen = draft.CompletedOn is null && draft.DiscardedOn is null;
        return new DraftView
        {
            Draft = draft,
            Episode = found.Episode,
            Definition = definition,
            Answers = answers,
            Stamps = stamps,
            Overwritten = await OverwrittenAsync(draftId),
            Suggestions = isOpen ? await prefills.ForAsync(definition, draft.PersonId ?? found.Episode?.PersonId) : new Dictionary<string, Suggestion>(),
            State = isOpen ? new SavedAnswers(DraftState.Open, draft.SaveNumber, draft.LastSavedOn ?? draft.StartedOn) : await states.WhyClosedAsync(draftId),
            Changes = draft.FormVersion == definition.Version ? [] : AskedQuestion.Changes(AskedQuestion.Parse(draft.Asked), definition),
            NoLongerAsked = NoLongerAsked(draft, definition, answers),
        };
    }

    /// <summary>Answers whose question the form no longer has, in the words in which they were asked.</summary>
    internal static IReadOnlyList<AnsweredQuestion> NoLongerAsked(Draft draft, FormDefinition definition, Answers answers)
    {
        var asked = AskedQuestion.Parse(draft.Asked);
        return
        [
            .. answers.All.Where(a => a.Value.Length > 0 && definition.Find(a.Key.Question) is null)
                .Select(a => (a, Was: asked.FirstOrDefault(q => q.Key == a.Key.Question)))
                .Where(x => x.Was?.Kind != QuestionKind.Rows)
                .Select(x => new AnsweredQuestion { Key = x.a.Key.Field, Text = x.Was?.Text ?? x.a.Key.Question, Kind = QuestionKind.Text, Answer = x.a.Value, Shown = x.a.Value }),
        ];
    }

    private async Task<IReadOnlyList<EarlierAnswer>> OverwrittenAsync(Guid draftId) => await (
        from o in db.OverwrittenAnswers.AsNoTracking()
        where o.DraftId == draftId
        join u in db.Users on o.SavedById equals u.Id into users
        from u in users.DefaultIfEmpty()
        orderby o.Id descending
        select new EarlierAnswer(o.Id, new AnswerAddress(o.Question, o.Row), o.Text, u == null ? "Waymark" : u.DisplayName, o.SavedOn)).ToListAsync();
}
