using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Admin.Users;

/// <summary>Gives a user a role, for the whole council or for one team.</summary>
[Scoped]
public sealed class GrantRole(WaymarkDb db, Auditor audit)
{
    public async Task RunAsync(Guid userId, string? roleKey, Guid? teamId)
    {
        if (roleKey is null || Roles.Find(roleKey) is not { } role)
        {
            throw new RefusedException("Choose a role", "RoleKey");
        }

        if (teamId is not null && !await db.Teams.AnyAsync(t => t.Id == teamId))
        {
            throw new RefusedException("Choose a team from the list", "TeamId");
        }

        if (teamId is not null && role.Key is Roles.Administrator or Roles.Operator)
        {
            throw new RefusedException($"{role.Title} is a role for the whole council: leave the team empty", "TeamId");
        }

        if (!await db.Users.AnyAsync(u => u.Id == userId && u.LeftOn == null))
        {
            throw new RefusedException("This user has left", "RoleKey");
        }

        if (await db.RoleGrants.AnyAsync(g => g.UserId == userId && g.RoleKey == roleKey && g.TeamId == teamId))
        {
            throw new RefusedException("They have that role already", "RoleKey");
        }

        var grant = new RoleGrant { UserId = userId, RoleKey = roleKey, TeamId = teamId, Source = GrantSource.Local };
        db.RoleGrants.Add(grant);
        audit.Record("grant-role", grant, new { userId, roleKey, teamId });
        await db.SaveChangesAsync();
    }
}

/// <summary>Takes a role away; not the last administrator's, and not one that the directory would give back at the next sign-in.</summary>
[Scoped]
public sealed class RevokeRole(WaymarkDb db, Auditor audit, AdministratorGuard guard)
{
    public async Task RunAsync(Guid userId, Guid grantId)
    {
        var grant = await db.RoleGrants.SingleOrDefaultAsync(g => g.Id == grantId && g.UserId == userId) ?? throw new RefusedException("They do not have that role any more");
        if (grant.Source == GrantSource.Directory)
        {
            throw new RefusedException("This role comes from a group of the council's directory. Take them out of the group there; it changes when they next sign in");
        }

        db.RoleGrants.Remove(grant);
        audit.Record("revoke-role", grant, new { userId, grant.RoleKey, grant.TeamId });
        await guard.SaveAsync();
    }
}
