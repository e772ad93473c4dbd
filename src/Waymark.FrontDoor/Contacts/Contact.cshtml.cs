using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Kernel.Ui;

namespace Waymark.FrontDoor.Contacts;

/// <summary>Have I understood, and what is the least that helps? The talk on the left, saved as it is typed; what is known already on the right.</summary>
[LogsView, Requires(Can.TakeContacts)]
public sealed class ContactPage(WaymarkDb db, CareClock clock, Catalogue catalogue, RecordAccess access, ContactReader reader, FindPeople find, Duplicates duplicates) : PageModel, IShowsPeople
{
    public const int MostHits = 8;

    [BindProperty(SupportsGet = true)]
    public string Reference { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? Find { get; set; }

    /// <summary>Someone who has no record yet.</summary>
    [BindProperty]
    public PersonDetails Input { get; set; } = new();

    /// <summary>The worker has looked at the possible duplicates shown.</summary>
    [BindProperty]
    public bool NoneOfThese { get; set; }

    public ContactView View { get; private set; } = null!;
    public PersonSearch? Found { get; private set; }
    public ShownRows<PossibleDuplicate> Possible { get; private set; } = new([], 0, 0);

    /// <summary>The form for someone without a record stands open.</summary>
    public bool IsAdding { get; private set; }
    public DateOnly Today => clock.Today;
    public IEnumerable<Guid> ShownPeople => View?.About is { } about ? [about.Id] : [];

    public string TitleOf(Episode episode) => $"{catalogue.Pathway(episode.PathwayKey).Title}{(episode.Summary is null ? "" : $": {episode.Summary}")}";

    public async Task<IActionResult> OnGetAsync() => await ShowAsync() ?? Page();

    /// <summary>It is about this person; or, with none, about somebody else than was said.</summary>
    public Task<IActionResult> OnPostPersonAsync(string? person, [FromServices] SetContactPerson setPerson)
    {
        // What is half typed of a new person is not sent: another was chosen.
        ModelState.Clear();
        return ActAsync(async episode =>
        {
            var id = string.IsNullOrEmpty(person) ? null : await access.Visible(db.People.AsNoTracking()).Where(p => p.Reference == person).Select(p => (Guid?)p.Id).FirstOrDefaultAsync();
            if (id is null && !string.IsNullOrEmpty(person))
            {
                throw new RefusedException("There is no such person. Search again.", nameof(Find));
            }

            await setPerson.RunAsync(episode.Id, id);
            return episode.Reference;
        });
    }

    /// <summary>They have no record yet: possible duplicates are shown with why before anything is saved.</summary>
    public async Task<IActionResult> OnPostAddAsync([FromServices] AddContactPerson add)
    {
        IsAdding = true;
        foreach (var (field, message) in PersonRules.Problems(Input, clock.Today))
        {
            ModelState.AddModelError($"{nameof(Input)}.{field}", message);
        }

        if (ModelState.IsValid && !NoneOfThese)
        {
            Possible = await duplicates.ForAsync(Input);
        }

        return Possible.Visible + Possible.Restricted > 0 ? await ShowAsync() ?? Page() : await ActAsync(async episode =>
        {
            await add.RunAsync(episode.Id, Input);
            return episode.Reference;
        });
    }

    /// <summary>The call is also about someone else.</summary>
    public Task<IActionResult> OnPostAnotherAsync([FromServices] AddContactSubject another) => ActAsync(async episode => (await another.RunAsync(episode.Id)).Reference);

    private async Task<IActionResult> ActAsync(Func<Episode, Task<string>> act)
    {
        if (await FindEpisodeAsync() is not { } episode)
        {
            return NotFound();
        }

        var to = "";
        return await this.TryAsync(async () => to = await act(episode)) ? Redirect($"/contacts/{to}") : await ShowAsync() ?? Page();
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

        View = await reader.ReadAsync(episode);
        if (View.About is null && !string.IsNullOrWhiteSpace(Find))
        {
            Found = await find.RunAsync(Find);
            Input = PersonDetails.Of(Found.Query);
            IsAdding |= Found.Hits.Count == 0;
        }

        return null;
    }
}
