using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Kernel.Ui;

namespace Waymark.Liberty.Dols;

/// <summary>One application as its pages need it: episode, case, person where found.</summary>
public sealed record DolsView(Episode Episode, DolsCase Case, Person? Person)
{
    public string Who => Person?.DisplayName ?? $"{Case.GivenName} {Case.FamilyName}";
    public string Seen => new SeenEpisode(Episode.Id, Episode.Version).ToString();
}

/// <summary>Reads an application that the viewer may see.</summary>
[Scoped]
public sealed class DolsReader(WaymarkDb db, RecordAccess access)
{
    public async Task<DolsView?> ReadAsync(string reference)
    {
        var found = await (
            from e in access.Visible(db.Episodes.AsNoTracking())
            where e.Reference == reference && e.PathwayKey == DolsPathway.PathwayKey
            join c in db.Set<DolsCase>().AsNoTracking() on e.Id equals c.EpisodeId
            join p in db.People.AsNoTracking() on e.PersonId equals p.Id into people
            from p in people.DefaultIfEmpty()
            select new { Episode = e, Case = c, Person = p }).FirstOrDefaultAsync();
        return found is null ? null : new DolsView(found.Episode, found.Case, found.Person);
    }
}

/// <summary>What the small pages of one application share: they read it, do one act, and go back to it.</summary>
public abstract class DolsPage(DolsReader reader) : PageModel, IShowsPeople
{
    [BindProperty]
    public string? Seen { get; set; }

    public DolsView View { get; private set; } = null!;
    public IEnumerable<Guid> ShownPeople => View?.Person is { } person ? [person.Id] : [];
    public string Back => $"/work/{View.Episode.Reference}";

    protected SeenEpisode SeenEpisode => Kernel.Pathways.SeenEpisode.Parse(Seen) ?? throw new RefusedException("Open the page again and try once more.");

    protected async Task<bool> ReadAsync(string reference)
    {
        if (await reader.ReadAsync(reference) is not { } view)
        {
            return false;
        }

        View = view;
        ModelState.Remove(nameof(Seen));
        Seen = view.Seen;
        await ShowAsync();
        return true;
    }

    /// <summary>Whatever the page shows beside the application.</summary>
    protected virtual Task ShowAsync() => Task.CompletedTask;

    protected async Task<IActionResult> ShowPageAsync(string reference) => await ReadAsync(reference) ? Page() : NotFound();

    protected async Task<IActionResult> ActAsync(string reference, string words, Func<Task> act, string? to = null)
    {
        if (await this.TryAsync(act))
        {
            this.Flash(words);
            return LocalRedirect(to ?? $"/work/{reference}");
        }

        return await ShowPageAsync(reference);
    }
}
