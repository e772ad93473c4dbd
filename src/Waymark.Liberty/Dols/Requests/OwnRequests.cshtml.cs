using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Organisations;

namespace Waymark.Liberty.Dols.Requests;

/// <summary>A managing authority's own requests.</summary>
[Requires(LibertyCan.Request)]
public sealed class OwnRequestsPage(WaymarkDb db, Viewer viewer, OwnAuthority own, OwnRequests requests) : PageModel
{
    public Organisation? Authority { get; private set; }
    public IReadOnlyList<OwnRequest> Rows { get; private set; } = [];
    public IReadOnlyList<Draft> Drafts { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Authority = await own.FindAsync();
        Rows = await requests.ListAsync();
        Drafts = await db.Drafts.AsNoTracking().Where(d => d.FormKey == RequestForm.Key && d.StartedById == viewer.UserId && d.CompletedOn == null && d.DiscardedOn == null)
            .OrderByDescending(d => d.StartedOn).Take(20).ToListAsync();
    }
}
