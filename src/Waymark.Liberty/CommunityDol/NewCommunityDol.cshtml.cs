using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;

namespace Waymark.Liberty.CommunityDol;

/// <summary>Opens the court route for a person.</summary>
[LogsView, Requires(Can.DoWork)]
public sealed class NewCommunityDolPage(WaymarkDb db, RecordAccess access, OpenEpisode open) : PageModel, IShowsPeople
{
    public Person Person { get; private set; } = null!;
    public IEnumerable<Guid> ShownPeople => Person is null ? [] : [Person.Id];
    public static IEnumerable<string> Stages { get; } = [.. new CommunityDolPathway().Stages.Select(s => s.Title)];

    public async Task<IActionResult> OnGetAsync(string reference) => await FindAsync(reference) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string reference)
    {
        if (!await FindAsync(reference))
        {
            return NotFound();
        }

        var episode = await open.RunAsync(new NewEpisode { PathwayKey = CommunityDolPathway.PathwayKey, PersonId = Person.Id });
        return LocalRedirect($"/work/{episode.Reference}");
    }

    private async Task<bool> FindAsync(string reference)
    {
        var person = await access.Visible(db.People.AsNoTracking()).FirstOrDefaultAsync(p => p.Reference == reference && p.MergedIntoId == null);
        Person = person!;
        return person is not null;
    }
}
