using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;

namespace Waymark.FrontDoor.Contacts;

/// <summary>
/// The call is also about someone else: a wife rings for her husband and herself. Each person has a form, a way and an outcome of their own; the contact counts once. What
/// the caller said of themselves is not asked again.
/// </summary>
[Scoped]
public sealed class AddContactSubject(WaymarkDb db, Viewer viewer, EpisodeDesk desk, OpenEpisode open, OpenDraft openDraft, SaveAnswers save, Auditor audit)
{
    /// <summary>Of the caller. Relation and consent are between the caller and each person, so they are asked again.</summary>
    private static readonly string[] OfCaller =
        [.. new[] { nameof(ContactForm.Caller), nameof(ContactForm.CallerName), nameof(ContactForm.CallerPhone), nameof(ContactForm.Checked) }.Select(FormDefinition.KeyOf)];

    /// <param name="episodeId">Of somebody whom the contact concerns already.</param>
    /// <returns>The episode of the other person, who is not named yet.</returns>
    public async Task<Episode> RunAsync(Guid episodeId)
    {
        var first = (await desk.TakeAnyAsync(episodeId)).Episode;
        if (!viewer.May(Can.TakeContacts) || await db.Set<ContactSubject>().SingleOrDefaultAsync(s => s.EpisodeId == episodeId) is not { } subject)
        {
            throw new RefusedException("You may not add someone to this contact. Ask whoever took it.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync();
        var episode = await open.AddAsync(new NewEpisode { PathwayKey = ContactPathway.PathwayKey, ReceivedOn = first.ReceivedOn, WorkerId = viewer.UserId });
        db.Add(new ContactSubject { ContactId = subject.ContactId, EpisodeId = episode.Id });
        db.EpisodeLinks.Add(new EpisodeLink { FromEpisodeId = first.Id, ToEpisodeId = episode.Id, Kind = LinkEpisodes.Related });
        audit.Record("add-contact-subject", nameof(Contact), subject.ContactId.ToString(), new { episode = episode.Id, beside = first.Id });
        await db.SaveChangesAsync();
        await TakeOverCallerAsync(first.Id, episode.Id);
        await transaction.CommitAsync();
        return episode;
    }

    private async Task TakeOverCallerAsync(Guid fromEpisode, Guid toEpisode)
    {
        var said = await (from d in db.Drafts
                          where d.EpisodeId == fromEpisode && d.FormKey == ContactForm.Key && d.DiscardedOn == null
                          join a in db.DraftAnswers on d.Id equals a.DraftId
                          where OfCaller.Contains(a.Question) && a.Text != ""
                          orderby d.StartedOn
                          select new { a.Question, a.Text }).AsNoTracking().ToListAsync();
        if (said.Count == 0)
        {
            return;
        }

        var visit = await db.StageSpans.Where(s => s.EpisodeId == toEpisode && s.ToOn == null).Select(s => s.VisitId).SingleAsync();
        var draft = await openDraft.RunAsync(ContactForm.Key, new DraftSubject { EpisodeId = toEpisode, VisitId = visit });
        await save.RunAsync(draft, [.. said.GroupBy(a => a.Question).Select(a => new TypedAnswer(new AnswerAddress(a.Key, ""), a.Last().Text))]);
    }
}
