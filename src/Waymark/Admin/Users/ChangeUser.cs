using Microsoft.AspNetCore.Identity;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Admin.Users;

/// <summary>Changes a user's name or e-mail address.</summary>
[Scoped]
public sealed class ChangeUser(WaymarkDb db, UserManager<User> users, Auditor audit)
{
    public async Task RunAsync(Guid userId, string name, string? email)
    {
        var user = await users.FindByIdAsync(userId.ToString()) ?? throw new RefusedException("There is no such user");
        if (!string.IsNullOrWhiteSpace(email) && !email.Contains('@', StringComparison.Ordinal))
        {
            throw new RefusedException("Enter an email address in the correct format, like name@example.com", "Email");
        }

        user.DisplayName = name.Trim();
        user.Email = string.IsNullOrWhiteSpace(email) ? null : email.Trim();
        user.NormalizedEmail = users.NormalizeEmail(user.Email);
        audit.Record("change-user", nameof(User), userId.ToString());
        await db.SaveChangesAsync();
    }
}
