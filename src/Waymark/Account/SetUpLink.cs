using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Account;

/// <summary>A link with which a user chooses their password, once. It dies when it is used, when the password changes otherwise, and with time.</summary>
[Scoped]
public sealed class SetUpLink(UserManager<User> users, WaymarkDb db, Auditor audit)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(3);

    /// <summary>Root-relative address. A worker whom an extract named becomes someone who can sign in.</summary>
    public async Task<string> CreateAsync(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        user.CanSignIn = true;
        if (string.IsNullOrEmpty(user.SecurityStamp))
        {
            await users.UpdateSecurityStampAsync(user);
        }

        var token = await users.GeneratePasswordResetTokenAsync(user);
        audit.Record("make-set-up-link", nameof(User), user.Id.ToString());
        await db.SaveChangesAsync();
        return $"/account/set-password?user={user.Id}&token={WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token))}";
    }

    /// <summary>Sets the password and unlocks the account; refuses a link that was used or is too old, and a password that will not do.</summary>
    public async Task<User> UseAsync(Guid userId, string? token, string password)
    {
        var user = await users.FindByIdAsync(userId.ToString());
        if (user is not { CanSignIn: true, LeftOn: null } || Decode(token) is not { } plain)
        {
            throw new RefusedException(new PlainIdentityErrors().InvalidToken().Description);
        }

        var result = await users.ResetPasswordAsync(user, plain, password);
        if (!result.Succeeded)
        {
            var error = result.Errors.First();
            throw new RefusedException(error.Description, error.Code == nameof(IdentityErrorDescriber.InvalidToken) ? null : "Password");
        }

        user.LockoutEnd = null;
        user.AccessFailedCount = 0;
        audit.Record("set-password", nameof(User), user.Id.ToString());
        await db.SaveChangesAsync();
        return user;
    }

    private static string? Decode(string? token)
    {
        try
        {
            return token is null ? null : Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(token));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
