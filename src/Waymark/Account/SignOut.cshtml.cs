using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Ui;

namespace Waymark.Host.Account;

/// <summary>
/// Ends this session. Takes a post from a page that stayed open while its user changed or left (no antiforgery token): the cookie is not sent by other sites' forms
/// (SameSite), so nobody else can sign a person out.
/// </summary>
[Public, OnSide(Sides.Staff)]
[IgnoreAntiforgeryToken]
public sealed class SignOutModel(SessionKeeper sessions, Viewer viewer) : PageModel
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (viewer.SessionId is { } session)
        {
            await sessions.EndAsync(viewer.UserId, session);
        }

        await HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        this.Flash("You are signed out.");
        return RedirectToPage("/Account/SignIn");
    }
}
