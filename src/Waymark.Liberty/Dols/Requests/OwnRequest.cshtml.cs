using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;

namespace Waymark.Liberty.Dols.Requests;

/// <summary>One request, as the managing authority that sent it sees it.</summary>
[LogsView, Requires(LibertyCan.Request)]
public sealed class OwnRequestPage(WaymarkDb db, OwnRequests requests) : PageModel, IShowsPeople
{
    public OwnRequest Own { get; private set; } = null!;
    public FormContent? Sent { get; private set; }
    public string? WhySentBack { get; private set; }
    public IEnumerable<Guid> ShownPeople => Own?.Case.PersonId is { } person ? [person] : [];

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        if (await requests.FindAsync(reference) is not { } own)
        {
            return NotFound();
        }

        Own = own;
        Sent = await db.FormRevisions.Where(r => r.Id == own.Case.RevisionId).Select(r => r.Content).FirstOrDefaultAsync() is { } content ? FormContent.Parse(content) : null;
        if (own.Case.Status == DolsStatus.WrongBody)
        {
            var check = FormContent.Parse(await db.FormRevisions.Where(r => r.EpisodeId == own.Episode.Id && r.FormKey == "dols-check").OrderByDescending(r => r.Number).Select(r => r.Content).FirstAsync()).ToAnswers();
            WhySentBack = $"{check["right-body"]}: {check["wrong-body-reason"]}";
        }

        return Page();
    }
}
