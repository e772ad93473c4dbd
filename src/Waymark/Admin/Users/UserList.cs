using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Admin.Users;

/// <summary>Users as a list: searched, filtered, a page at a time.</summary>
[Scoped]
public sealed class UserList(WaymarkDb db)
{
    public const int Size = 25;

    /// <param name="search">Part of a name, user name or e-mail address.</param>
    /// <param name="show"><c>left</c>; <c>workers</c>: named by an extract, cannot sign in; else those who can.</param>
    public async Task<(IReadOnlyList<UserRow> Rows, int Total)> ReadAsync(string? search, string? show, string? roleKey, int page)
    {
        var users = show switch
        {
            "left" => db.Users.Where(u => u.LeftOn != null),
            "workers" => db.Users.Where(u => u.LeftOn == null && !u.CanSignIn),
            _ => db.Users.Where(u => u.LeftOn == null && u.CanSignIn),
        };
        if (!string.IsNullOrWhiteSpace(search))
        {
            var part = search.Trim().ToLowerInvariant();
            users = users.Where(u => u.DisplayName.ToLower().Contains(part) || u.UserName!.ToLower().Contains(part) || u.Email!.ToLower().Contains(part));
        }

        if (!string.IsNullOrEmpty(roleKey))
        {
            users = users.Where(u => db.RoleGrants.Any(g => g.UserId == u.Id && g.RoleKey == roleKey));
        }

        var total = await users.CountAsync();
        var rows = await users.OrderBy(u => u.DisplayName).ThenBy(u => u.Id).Skip((Math.Max(page, 1) - 1) * Size).Take(Size).AsSingleQuery().Select(u => new UserRow
        {
            Id = u.Id,
            Name = u.DisplayName,
            UserName = u.UserName!,
            CanSignIn = u.CanSignIn,
            LeftOn = u.LeftOn,
            HasPassword = u.PasswordHash != null,
            HasTwoSteps = u.TotpSecret != null,
            IsDirectory = u.DirectorySubject != null,
            LastSeenOn = db.UserSessions.Where(s => s.UserId == u.Id).Max(s => (DateTime?)s.LastSeenOn),
            RoleKeys = db.RoleGrants.Where(g => g.UserId == u.Id).Select(g => g.RoleKey).ToList(),
        }).ToListAsync();
        return (rows, total);
    }
}

public sealed record UserRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string UserName { get; init; }
    public required bool CanSignIn { get; init; }
    public required DateTime? LeftOn { get; init; }
    public required bool HasPassword { get; init; }
    public required bool HasTwoSteps { get; init; }
    public required bool IsDirectory { get; init; }
    public required DateTime? LastSeenOn { get; init; }
    public required IReadOnlyList<string> RoleKeys { get; init; }

    public string RoleTitles => string.Join(", ", RoleKeys.Distinct().Select(k => Roles.Find(k)?.Title ?? k).Order(StringComparer.Ordinal));

    public string SignsIn => LeftOn is not null ? "Left" : !CanSignIn ? "Cannot" : IsDirectory ? "Directory" : !HasPassword ? "No password yet" : HasTwoSteps ? "Password and code" : "Password";
}
