using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Waymark.Host.Account;

public static class ReturnTo
{
    /// <summary>Sends the browser to the address it came for; one that leads to another site is ignored and the start page shown.</summary>
    public static IActionResult GoBack(this PageModel page, string? returnUrl)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.Url.IsLocalUrl(returnUrl) ? page.LocalRedirect(returnUrl!) : page.LocalRedirect("~/");
    }
}
