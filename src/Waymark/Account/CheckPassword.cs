using Microsoft.AspNetCore.Identity;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Account;

/// <summary>The first step of signing in: user name and password.</summary>
[Scoped]
public sealed class CheckPassword(WaymarkDb db, UserManager<User> users, IPasswordHasher<User> hasher, LockOut lockOut)
{
    private const string Wrong = "The user name or the password is not right. After five wrong tries an account is locked for 15 minutes";
    private static readonly User Nobody = new() { DisplayName = "" };
    private static string? nobodysHash;

    /// <returns>The user; the same refusal for a wrong name and a wrong password.</returns>
    public async Task<User> RunAsync(string userName, string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        var user = await users.FindByNameAsync(userName);
        if (user is not { CanSignIn: true, LeftOn: null, PasswordHash: not null } || password.Length > PasswordRules.Longest)
        {
            // As much work as for a name that is there, so that the time taken does not tell.
            hasher.VerifyHashedPassword(Nobody, nobodysHash ??= hasher.HashPassword(Nobody, "no such user"), password[..Math.Min(password.Length, PasswordRules.Longest)]);
            throw new RefusedException(Wrong, "Password");
        }

        lockOut.EnsureOpen(user, "Password");
        var answer = hasher.VerifyHashedPassword(user, user.PasswordHash, password);
        if (answer == PasswordVerificationResult.Failed)
        {
            await lockOut.FailedAsync(user);
            throw new RefusedException(Wrong, "Password");
        }

        if (answer == PasswordVerificationResult.SuccessRehashNeeded)
        {
            user.PasswordHash = hasher.HashPassword(user, password);
            await db.SaveChangesAsync();
        }

        return user;
    }
}
