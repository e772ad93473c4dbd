using Microsoft.EntityFrameworkCore;
using Waymark.FrontDoor.Prioritisation;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Kernel.Policy;

namespace Waymark.FrontDoor.Contacts;

/// <summary>What stands beside the form of a contact: whom it is about, what is known already, who else it concerns, the priority so far.</summary>
public sealed record ContactView
{
    public required Episode Episode { get; init; }
    public required string ChannelTitle { get; init; }
    public required Guid DraftId { get; init; }
    public Person? About { get; init; }
    public IReadOnlyList<PersonAlert> Alerts { get; init; } = [];
    public IReadOnlyList<Episode> Known { get; init; } = [];

    /// <summary>More that is known, and not to this viewer.</summary>
    public int Restricted { get; init; }
    public IReadOnlyList<AlsoConcerned> Others { get; init; } = [];
    public PriorityShown? Priority { get; init; }
}

/// <summary>Someone else whom the same contact concerns.</summary>
/// <param name="Name">Null while it is not known who.</param>
/// <param name="Outcome">Words; null while it is talked through.</param>
public sealed record AlsoConcerned(string Reference, string? Name, string? Outcome);

/// <summary>Reads what stands beside the form of a contact.</summary>
[Scoped]
public sealed class ContactReader(WaymarkDb db, CareClock clock, CouncilPolicy policy, RecordAccess access, PrioritisationTools tools, OpenDraft openDraft)
{
    private const int MostKnown = 8;

    /// <param name="episode">On the contact pathway, talked through now, and the viewer's to see.</param>
    public async Task<ContactView> ReadAsync(Episode episode)
    {
        var today = clock.Today;
        var head = await (from s in db.Set<ContactSubject>() where s.EpisodeId == episode.Id join c in db.Set<Contact>() on s.ContactId equals c.Id select new { c.Id, c.Channel }).FirstAsync();
        var visit = await db.StageSpans.Where(s => s.EpisodeId == episode.Id && s.ToOn == null && s.SupersededOn == null).Select(s => s.VisitId).SingleAsync();
        var draft = await openDraft.RunAsync(ContactForm.Key, new DraftSubject { EpisodeId = episode.Id, VisitId = visit });
        var view = new ContactView
        {
            Episode = episode,
            ChannelTitle = policy.TitleOf("contact.channels", head.Channel, today),
            DraftId = draft,
            Others = await OthersAsync(head.Id, episode.Id),
            Priority = PriorityShown.Of(await AnswersAsync(draft), tools, policy, today),
        };
        return episode.PersonId is { } person ? await WithPersonAsync(view, person) : view;
    }

    private async Task<ContactView> WithPersonAsync(ContactView view, Guid personId)
    {
        var today = clock.Today;
        var known = await access.RowsForAsync(
            db.Episodes.AsNoTracking().Where(e => e.PersonId == personId && e.Id != view.Episode.Id), e => e.PersonId, e => e.Id,
            rows => rows.OrderBy(e => e.ClosedDate != null).ThenByDescending(e => e.ReceivedOn).Take(MostKnown));
        return view with
        {
            About = await db.People.AsNoTracking().FirstAsync(p => p.Id == personId),
            Alerts = await db.PersonAlerts.AsNoTracking().Where(a => a.PersonId == personId && a.EndedOn == null && a.ExpiryDate >= today).ToListAsync(),
            Known = known.Rows,
            Restricted = known.Restricted,
        };
    }

    private async Task<IReadOnlyList<AlsoConcerned>> OthersAsync(Guid contactId, Guid except)
    {
        var others = await (
            from e in access.Visible(db.Episodes.AsNoTracking())
            join s in db.Set<ContactSubject>() on e.Id equals s.EpisodeId
            where s.ContactId == contactId && e.Id != except
            join p in db.People on e.PersonId equals p.Id into people
            from p in people.DefaultIfEmpty()
            orderby e.Reference
            select new { e.Reference, s.Outcome, Given = p!.PreferredName ?? p.GivenName, Family = p.FamilyName }).ToListAsync();
        return others.ConvertAll(o => new AlsoConcerned(o.Reference, o.Family is null ? null : $"{o.Given} {o.Family}".Trim(), o.Outcome is { } key ? policy.TitleOf("contact.outcomes", key, clock.Today) : null));
    }

    private async Task<Answers> AnswersAsync(Guid draft)
    {
        var answers = new Answers();
        foreach (var saved in await db.DraftAnswers.AsNoTracking().Where(a => a.DraftId == draft).Select(a => new { a.Question, a.Row, a.Text }).ToListAsync())
        {
            answers[saved.Question, saved.Row] = saved.Text;
        }

        return answers;
    }
}
