using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Admin;

/// <summary>Users, teams and how the council signs in.</summary>
public sealed class AdminPart : WaymarkModule
{
    public override string Name => "Admin";

    public override IEnumerable<NavigationEntry> Navigation =>
    [
        new("Users", "/admin/users", Can.ManageUsers, 900),
        new("Teams", "/admin/teams", Can.ManageTeams, 910),
        new("Signing in", "/admin/directory", Can.ManageUsers, 920),
    ];
}
