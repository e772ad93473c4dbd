using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Waymark.Kernel.Access;

/// <summary>Fills the request's <see cref="Viewer"/> from who signed in. A cookie whose session has ended, was revoked or timed out is nobody's.</summary>
public sealed class ViewerMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, Viewer viewer, ViewerReader reader)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(reader);

        // An error page runs through here a second time.
        if (!viewer.IsSignedIn && Guid.TryParse(context.User.FindFirstValue(ClaimTypes.NameIdentifier), out var userId))
        {
            var isCookie = context.User.Identity?.AuthenticationType == IdentityConstants.ApplicationScheme;
            await reader.FillAsync(viewer, userId, isCookie ? SessionTicket.From(context.User) : null, context.RequestAborted);
            if (!viewer.IsSignedIn)
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity());
                if (isCookie)
                {
                    await context.SignOutAsync(IdentityConstants.ApplicationScheme);
                }
            }
        }

        await next(context);
    }
}

/// <summary>What the sign-in cookie holds beside the user: which session, and the account's security stamp when it began.</summary>
public sealed record SessionTicket(Guid SessionId, string Stamp)
{
    public const string SessionClaim = "session";
    public const string StampClaim = "stamp";

    public static SessionTicket From(ClaimsPrincipal principal) =>
        new(Guid.TryParse(principal.FindFirstValue(SessionClaim), out var id) ? id : Guid.Empty, principal.FindFirstValue(StampClaim) ?? "");

    public ClaimsPrincipal ToPrincipal(Guid userId) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, userId.ToString()), new(SessionClaim, SessionId.ToString()), new(StampClaim, Stamp)], IdentityConstants.ApplicationScheme));
}
