using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Admin.Users;

/// <summary>Makes a local account. It has no password yet: its owner chooses one by a link.</summary>
[Scoped]
public sealed partial class AddUser(WaymarkDb db, UserManager<User> users, Auditor audit)
{
    /// <param name="name">As shown on records: "Priya Nair".</param>
    /// <param name="userName">To sign in with; made from the name when not given: <c>priya.nair</c>.</param>
    /// <param name="roleKey">One of <see cref="Roles"/>, held for the whole council.</param>
    public async Task<User> RunAsync(string? name, string? userName = null, string? email = null, string? roleKey = null)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new RefusedException("Enter a name", "Name");
        }

        if (!string.IsNullOrWhiteSpace(email) && !email.Contains('@', StringComparison.Ordinal))
        {
            throw new RefusedException("Enter an email address in the correct format, like name@example.com", "Email");
        }

        if (roleKey is not null && Roles.Find(roleKey) is null)
        {
            throw new RefusedException($"There is no role “{roleKey}”. The roles are: {string.Join(", ", Roles.All.Select(r => r.Key))}", "RoleKey");
        }

        var user = new User
        {
            DisplayName = name.Trim(),
            UserName = string.IsNullOrWhiteSpace(userName) ? await FreeNameAsync(name) : userName.Trim(),
            Email = string.IsNullOrWhiteSpace(email) ? null : email.Trim(),
        };
        var result = await users.CreateAsync(user);
        if (!result.Succeeded)
        {
            throw new RefusedException(result.Errors.First().Description, "UserName");
        }

        audit.Record("add-user", nameof(User), user.Id.ToString(), new { roleKey });
        if (roleKey is not null)
        {
            db.RoleGrants.Add(new RoleGrant { UserId = user.Id, RoleKey = roleKey, Source = GrantSource.Local });
        }

        await db.SaveChangesAsync();
        return user;
    }

    /// <summary><c>priya.nair</c>, or <c>priya.nair2</c> when there is one already.</summary>
    private async Task<string> FreeNameAsync(string name)
    {
        var stem = NotLetters().Replace(Kernel.People.Names.Fold(name).Trim(), ".").Trim('.');
        stem = stem.Length == 0 ? "user" : stem;
        var free = stem;
        for (var i = 2; await users.FindByNameAsync(free) is not null; i++)
        {
            free = $"{stem}{i}";
        }

        return free;
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotLetters();
}
