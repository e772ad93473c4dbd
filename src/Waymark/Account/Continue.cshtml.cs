using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;

namespace Waymark.Host.Account;

/// <summary>Sends a form that had arrived signed out, for the user who wrote it. A script sends it at once; without scripts one press of the button does.</summary>
[SignedIn]
public sealed class ContinueModel(SealPost posts, Viewer viewer) : PageModel
{
    public SealedForm? Form { get; private set; }

    public async Task OnGetAsync(Guid id) => Form = await posts.OpenAsync(id, viewer.UserId);

    public async Task<IActionResult> OnPostDiscardAsync(Guid id)
    {
        await posts.DiscardAsync(id, viewer.UserId);
        return LocalRedirect("~/");
    }
}
