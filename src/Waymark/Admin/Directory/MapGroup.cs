using Microsoft.EntityFrameworkCore;
using Waymark.Host.Account.Directory;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Admin.Directory;

/// <summary>Says what a group of the directory gives. It holds for each person from their next sign-in on.</summary>
[Scoped]
public sealed class MapGroup(WaymarkDb db, Auditor audit)
{
    public async Task RunAsync(string? group, string? roleKey, Guid? teamId, bool onlyForTeam, bool managesTeam)
    {
        if (string.IsNullOrWhiteSpace(group))
        {
            throw new RefusedException("Enter the group as the directory sends it", "Group");
        }

        if (string.IsNullOrEmpty(roleKey) && teamId is null)
        {
            throw new RefusedException("Choose a role, a team, or both", "RoleKey");
        }

        if (!string.IsNullOrEmpty(roleKey) && Roles.Find(roleKey) is null)
        {
            throw new RefusedException("Choose a role from the list", "RoleKey");
        }

        if (teamId is not null && !await db.Teams.AnyAsync(t => t.Id == teamId))
        {
            throw new RefusedException("Choose a team from the list", "TeamId");
        }

        if (onlyForTeam && (teamId is null || roleKey is Roles.Administrator or Roles.Operator))
        {
            throw new RefusedException("Only a role within a team can be for that team alone", "OnlyForTeam");
        }

        var mapped = new DirectoryGroup
        {
            Group = group.Trim(),
            RoleKey = string.IsNullOrEmpty(roleKey) ? null : roleKey,
            TeamId = teamId,
            OnlyForTeam = onlyForTeam,
            ManagesTeam = managesTeam && teamId is not null,
        };
        db.Add(mapped);
        audit.Record("map-group", mapped, new { mapped.Group, mapped.RoleKey, mapped.TeamId, mapped.OnlyForTeam, mapped.ManagesTeam });
        await db.SaveChangesAsync();
    }

    public async Task RemoveAsync(Guid id)
    {
        var mapped = await db.Set<DirectoryGroup>().SingleOrDefaultAsync(g => g.Id == id) ?? throw new RefusedException("That group is not there any more");
        db.Remove(mapped);
        audit.Record("unmap-group", mapped, new { mapped.Group, mapped.RoleKey, mapped.TeamId });
        await db.SaveChangesAsync();
    }
}

/// <summary>Whether local accounts need a second step.</summary>
[Scoped]
public sealed class AskForTwoSteps(WaymarkDb db, Auditor audit)
{
    public async Task RunAsync(bool ask)
    {
        var setting = await db.Settings.FindAsync(Setting.TwoFactor);
        if (setting is null)
        {
            db.Settings.Add(setting = new Setting { Key = Setting.TwoFactor, Value = "" });
        }

        setting.Value = ask ? "required" : "optional";
        audit.Record("ask-for-two-steps", nameof(Setting), Setting.TwoFactor, new { setting.Value });
        await db.SaveChangesAsync();
    }
}
