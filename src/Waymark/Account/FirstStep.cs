using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Waymark.Kernel.Access;

namespace Waymark.Host.Account;

/// <summary>Between password and code: a cookie of five minutes says whose password was right. It signs nobody in.</summary>
public static class FirstStep
{
    public static ClaimsPrincipal ToPrincipal(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, user.Id.ToString()), new(SessionTicket.StampClaim, user.SecurityStamp ?? "")], IdentityConstants.TwoFactorUserIdScheme));
    }

    /// <summary>The user whose password was right, unless it was changed since; <c>null</c> when there is none.</summary>
    public static async Task<User?> ReadAsync(HttpContext context, UserManager<User> users)
    {
        ArgumentNullException.ThrowIfNull(users);
        var result = await context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        return result.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
            && await users.FindByIdAsync(id) is { CanSignIn: true, LeftOn: null } user
            && (user.SecurityStamp ?? "") == result.Principal.FindFirstValue(SessionTicket.StampClaim)
            ? user
            : null;
    }
}
