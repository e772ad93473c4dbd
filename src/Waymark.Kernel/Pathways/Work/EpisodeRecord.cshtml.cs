using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>The notes of an episode, or its documents.</summary>
[Requires(Can.ViewWork)]
[LogsView]
public sealed class EpisodeRecordPage(EpisodeReader reader) : PageModel, IShowsPeople
{
    public EpisodeView View { get; private set; } = null!;
    public bool IsNotes { get; private set; }
    public IEnumerable<Guid> ShownPeople => View?.Person is { } person ? [person.Id] : [];

    public async Task<IActionResult> OnGetAsync(string reference, string part)
    {
        if ((await reader.ReadAsync(reference)).View is not { } view)
        {
            return NotFound();
        }

        (View, IsNotes) = (view, part == "notes");
        return Page();
    }
}
