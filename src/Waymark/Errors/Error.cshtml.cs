using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Errors;

/// <summary>What a person reads when a page cannot be shown: what happened and what to do, a number to quote, nothing technical.</summary>
[Public, OnSide(Sides.Both)]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ErrorModel(Catalogue catalogue) : PageModel
{
    public int Code { get; private set; }
    public string Title { get; private set; } = "";
    public string RequestId { get; private set; } = "";

    /// <summary>For 403: the permission that the page asks for and the viewer has not.</summary>
    public Permission? Missing { get; private set; }

    public void OnGet() => Show();

    /// <summary>A failed post is run again here by its own method.</summary>
    public void OnPost() => Show();

    private void Show()
    {
        // From the route alone: what was posted may be what could not be read.
        ModelState.Clear();
        int? code = int.TryParse(RouteData.Values["code"] as string, CultureInfo.InvariantCulture, out var given) ? given : null;
        Code = code is >= 400 and <= 599 ? code.Value : 500;
        Response.StatusCode = Code;
        RequestId = HttpContext.TraceIdentifier;
        Title = Code switch
        {
            400 => "That could not be read",
            401 => "You need to sign in",
            403 => "You do not have permission",
            404 => "Page not found",
            405 => "That cannot be done here",
            413 => "That is too large",
            429 => "Too many requests",
            503 => "The service is not available",
            _ => "Something went wrong",
        };
        if (Code == 403 && PermissionGate.MissingPermission(HttpContext) is { } key)
        {
            Missing = catalogue.Permissions.GetValueOrDefault(key) ?? new Permission(key, key);
        }
    }
}
