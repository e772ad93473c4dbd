using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
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
using Waymark.Kernel.Ui;

namespace Waymark.FrontDoor.Contacts;

/// <summary>Have I understood, and what is the least that helps? The talk on the left, saved as it is typed; what is known already on the right.</summary>
[LogsView, Requires(Can.TakeContacts)]
public sealed class ContactPage(
    WaymarkDb db, CareClock clock, Catalogue catalogue, CouncilPolicy policy, RecordAccess access, FindPeople find, SetContactPerson setPerson, PrioritisationTools tools) : PageModel, IShowsPeople
{
    public const int MostHits = 8;
    private const int MostKnown = 8;

    [BindProperty(SupportsGet = true)]
    public string Reference { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? Find { get; set; }

    public Episode Episode { get; private set; } = null!;
    public string ChannelTitle { get; private set; } = "";
    public Person? About { get; private set; }
    public PersonSearch? Found { get; private set; }
    public IReadOnlyList<PersonAlert> Alerts { get; private set; } = [];
    public IReadOnlyList<Episode> Known { get; private set; } = [];
    public int Restricted { get; private set; }
    public PrioritisationResult? Priority { get; private set; }
    public DateOnly Today => clock.Today;
    public IEnumerable<Guid> ShownPeople => About is null ? [] : [About.Id];

    public string TitleOf(Episode episode) => $"{catalogue.Pathway(episode.PathwayKey).Title}{(episode.Summary is null ? "" : $": {episode.Summary}")}";

    public string PriorityTitle(string key) => policy.TitleOf(SetPriority.List, key, Today);

    public async Task<IActionResult> OnGetAsync() => await ShowAsync() ?? Page();

    public async Task<IActionResult> OnPostPersonAsync(string? person)
    {
        if (await FindEpisodeAsync() is not { } episode)
        {
            return NotFound();
        }

        var id = string.IsNullOrEmpty(person) ? null : await access.Visible(db.People.AsNoTracking()).Where(p => p.Reference == person).Select(p => (Guid?)p.Id).FirstOrDefaultAsync();
        if (await this.TryAsync(async () =>
        {
            if (id is null && !string.IsNullOrEmpty(person))
            {
                throw new RefusedException("There is no such person. Search again.", nameof(Find));
            }

            await setPerson.RunAsync(episode.Id, id);
        }))
        {
            return Redirect($"/contacts/{episode.Reference}");
        }

        return await ShowAsync() ?? Page();
    }

    private Task<Episode?> FindEpisodeAsync() =>
        access.Visible(db.Episodes.AsNoTracking()).FirstOrDefaultAsync(e => e.Reference == Reference && e.PathwayKey == ContactPathway.PathwayKey);

    /// <returns>Where to go instead, when it cannot be shown here.</returns>
    private async Task<IActionResult?> ShowAsync()
    {
        if (await FindEpisodeAsync() is not { } episode)
        {
            return NotFound();
        }

        if (episode.ClosedDate is not null || episode.StageKey != "conversation")
        {
            return Redirect($"/work/{episode.Reference}");
        }

        Episode = episode;
        var channel = await (from s in db.Set<ContactSubject>() where s.EpisodeId == episode.Id join c in db.Set<Contact>() on s.ContactId equals c.Id select c.Channel).FirstAsync();
        ChannelTitle = policy.TitleOf("contact.channels", channel, Today);
        if (episode.PersonId is { } personId)
        {
            await ShowPersonAsync(personId);
        }
        else if (!string.IsNullOrWhiteSpace(Find))
        {
            Found = await find.RunAsync(Find);
        }

        await ShowPriorityAsync();
        return null;
    }

    private async Task ShowPersonAsync(Guid personId)
    {
        About = await db.People.AsNoTracking().FirstAsync(p => p.Id == personId);
        Alerts = await db.PersonAlerts.AsNoTracking().Where(a => a.PersonId == personId && a.EndedOn == null && a.ExpiryDate >= Today).ToListAsync();
        var known = await access.RowsForAsync(
            db.Episodes.AsNoTracking().Where(e => e.PersonId == personId && e.Id != Episode.Id), e => e.PersonId, e => e.Id,
            rows => rows.OrderBy(e => e.ClosedDate != null).ThenByDescending(e => e.ReceivedOn).Take(MostKnown));
        (Known, Restricted) = (known.Rows, known.Restricted);
    }

    /// <summary>The priority that the answers saved so far would give, once the outcome is to pass it on.</summary>
    private async Task ShowPriorityAsync()
    {
        var saved = await (from d in db.Drafts
                           where d.EpisodeId == Episode.Id && d.CompletedOn == null && d.DiscardedOn == null
                           join a in db.DraftAnswers on d.Id equals a.DraftId
                           select new { a.Question, a.Row, a.Text }).AsNoTracking().ToListAsync();
        var answers = new Answers();
        foreach (var answer in saved)
        {
            answers[answer.Question, answer.Row] = answer.Text;
        }

        var form = (ContactForm)FormBinder.Bind(FormDefinition.Of<ContactForm>(), answers).Form;
        Priority = form.IsPassedOn ? tools.On(Today).Prioritise(form.PrioritisationAnswers()) : null;
    }
}
