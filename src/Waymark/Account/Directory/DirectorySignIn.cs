using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Organisations;

namespace Waymark.Host.Account.Directory;

/// <summary>
/// What the directory says about someone becomes their account. A joiner gets one at the first sign-in; a mover's directory roles and teams follow the groups, and what an
/// administrator gave here stays; a leaver, in no group that is mapped, loses what the directory gave and is refused.
/// </summary>
[Scoped]
public sealed class DirectorySignIn(WaymarkDb db, UserManager<User> users, SessionKeeper sessions, Auditor audit, AdministratorGuard guard, CareClock clock)
{
    public async Task<User> RunAsync(DirectoryPerson person)
    {
        ArgumentNullException.ThrowIfNull(person);
        var groups = person.Groups.ToList();
        var given = await db.Set<DirectoryGroup>().AsNoTracking().Where(g => groups.Contains(g.Group)).ToListAsync();
        var user = await db.Users.SingleOrDefaultAsync(u => u.DirectorySubject == person.Key);
        if (user?.LeftOn is not null)
        {
            throw new RefusedException("Your account here has been ended. Ask whoever manages users in your council");
        }

        if (given.Count == 0)
        {
            if (user is null || !await LeaveAsync(user))
            {
                throw new RefusedException("Your council account belongs to no group that may use this site. Ask whoever manages users in your council");
            }

            return user;
        }

        user ??= await JoinAsync(person);
        await FollowAsync(user, person, given);
        return user;
    }

    /// <returns>True for the last administrator, who stays so that the council is not shut out of its own system.</returns>
    private async Task<bool> LeaveAsync(User user)
    {
        var isKept = !await TryFollowAsync(user, []);
        audit.Record(isKept ? "keep-last-administrator" : "leave-by-directory", nameof(User), user.Id.ToString());
        await db.SaveChangesAsync();
        if (!isKept)
        {
            await sessions.EndAllAsync(user);
        }

        return isKept;
    }

    private async Task<User> JoinAsync(DirectoryPerson person)
    {
        var email = users.NormalizeEmail(person.Email);
        var awaited = email is null ? [] : await db.Users.Where(u => u.NormalizedEmail == email && u.DirectorySubject == null && u.PasswordHash == null && u.LeftOn == null).Take(2).ToListAsync();
        if (awaited.Count == 1)
        {
            awaited[0].DirectorySubject = person.Key;
            awaited[0].CanSignIn = true;
            audit.Record("link-to-directory", nameof(User), awaited[0].Id.ToString());
            return awaited[0];
        }

        var stem = person.UserName ?? person.Name;
        var name = stem;
        for (var i = 2; await users.FindByNameAsync(name) is not null; i++)
        {
            name = $"{stem}-{i}";
        }

        var user = new User { DisplayName = person.Name, UserName = name, Email = person.Email, DirectorySubject = person.Key };
        var made = await users.CreateAsync(user);
        if (!made.Succeeded)
        {
            throw new RefusedException(made.Errors.First().Description);
        }

        audit.Record("join-by-directory", nameof(User), user.Id.ToString());
        return user;
    }

    private async Task FollowAsync(User user, DirectoryPerson person, List<DirectoryGroup> given)
    {
        (user.DisplayName, user.Email, user.NormalizedEmail) = (person.Name, person.Email, users.NormalizeEmail(person.Email));
        if (!await TryFollowAsync(user, given))
        {
            audit.Record("keep-last-administrator", nameof(User), user.Id.ToString());
            await db.SaveChangesAsync();
        }
    }

    /// <summary>Makes the directory's grants and places those of the groups; when that would take the last administrator away, all but that role.</summary>
    private async Task<bool> TryFollowAsync(User user, List<DirectoryGroup> given)
    {
        await ChangeGrantsAsync(user, given, keepAdministrator: false);
        await ChangePlacesAsync(user, given);
        try
        {
            await guard.SaveAsync();
            return true;
        }
        catch (RefusedException)
        {
            // The guard let go of everything it could not save.
            db.Users.Attach(user);
            await ChangeGrantsAsync(user, given, keepAdministrator: true);
            await ChangePlacesAsync(user, given);
            await guard.SaveAsync();
            return false;
        }
    }

    private async Task ChangeGrantsAsync(User user, List<DirectoryGroup> given, bool keepAdministrator)
    {
        var wanted = given.Where(g => g.RoleKey is not null).Select(g => (RoleKey: g.RoleKey!, TeamId: g.OnlyForTeam ? g.TeamId : null)).ToHashSet();
        var held = await db.RoleGrants.Where(g => g.UserId == user.Id).ToListAsync();
        var lost = held.Where(g => g.Source == GrantSource.Directory && !wanted.Contains((g.RoleKey, g.TeamId)) && !(keepAdministrator && g.RoleKey == Roles.Administrator)).ToList();
        var gained = wanted.Where(w => !held.Any(g => g.RoleKey == w.RoleKey && g.TeamId == w.TeamId)).ToList();
        db.RoleGrants.RemoveRange(lost);
        db.RoleGrants.AddRange(gained.Select(w => new RoleGrant { UserId = user.Id, RoleKey = w.RoleKey, TeamId = w.TeamId, Source = GrantSource.Directory }));
        if (lost.Count > 0 || gained.Count > 0)
        {
            audit.Record("follow-directory", nameof(User), user.Id.ToString(), new { lost = lost.Select(g => new { g.RoleKey, g.TeamId }), gained = gained.Select(w => new { w.RoleKey, w.TeamId }) });
        }
    }

    private async Task ChangePlacesAsync(User user, List<DirectoryGroup> given)
    {
        var today = clock.Today;
        var wanted = given.Where(g => g.TeamId is not null).GroupBy(g => g.TeamId!.Value).ToDictionary(g => g.Key, g => g.Any(x => x.ManagesTeam));
        var held = await db.TeamMembers.Where(m => m.UserId == user.Id && (m.ToDate == null || m.ToDate > today)).ToListAsync();
        foreach (var member in held.Where(m => m.Source == GrantSource.Directory && !(wanted.TryGetValue(m.TeamId, out var manages) && manages == m.IsManager)))
        {
            member.ToDate = today;
        }

        foreach (var (team, manages) in wanted.Where(w => !held.Any(m => m.TeamId == w.Key && (m.ToDate == null || m.ToDate > today))))
        {
            db.TeamMembers.Add(new TeamMember { TeamId = team, UserId = user.Id, IsManager = manages, FromDate = today, Source = GrantSource.Directory });
        }
    }
}
