using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Account;

/// <summary>Changes the viewer's password, signs every device out and this one in again.</summary>
[Scoped]
public sealed class ChangePassword(WaymarkDb db, UserManager<User> users, Viewer viewer, Auditor audit, LockOut lockOut, SessionKeeper sessions)
{
    public async Task RunAsync(HttpContext context, string current, string password)
    {
        var user = await users.FindByIdAsync(viewer.UserId.ToString()) ?? throw new RefusedException("Your account is not there any more");
        var method = await db.UserSessions.Where(s => s.Id == viewer.SessionId).Select(s => s.Method).FirstOrDefaultAsync() ?? SignInMethods.Password;
        lockOut.EnsureOpen(user, "Current");
        var result = await users.ChangePasswordAsync(user, current, password);
        if (!result.Succeeded)
        {
            var error = result.Errors.First();
            if (error.Code == nameof(IdentityErrorDescriber.PasswordMismatch))
            {
                await lockOut.FailedAsync(user);
                throw new RefusedException(error.Description, "Current");
            }

            throw new RefusedException(error.Description, "Password");
        }

        audit.Record("change-password", nameof(User), user.Id.ToString());
        await sessions.EndAllAsync(user);
        await sessions.StartAsync(context, user, method);
    }
}
