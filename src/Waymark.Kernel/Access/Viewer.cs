namespace Waymark.Kernel.Access;

/// <summary>Who is looking or acting, and what they may do. Scoped: one a request; the command line and jobs use <see cref="System"/>.</summary>
public sealed class Viewer
{
    public static readonly Guid SystemId = Guid.Empty;

    public Guid UserId { get; private set; }
    public string DisplayName { get; private set; } = "Not signed in";
    public bool IsSignedIn { get; private set; }
    public bool IsSystem { get; private set; }
    public IReadOnlySet<string> Permissions { get; private set; } = new HashSet<string>();
    public IReadOnlySet<string> RoleKeys { get; private set; } = new HashSet<string>();
    public IReadOnlyList<Guid> TeamIds { get; private set; } = [];
    public IReadOnlyList<Guid> ManagedTeamIds { get; private set; } = [];

    public bool May(string permission) => IsSystem || Permissions.Contains(permission);

    /// <summary>Fills a request's viewer after authentication, from one read of user, grants and teams.</summary>
    public void SignIn(
        Guid userId, string displayName, IReadOnlySet<string> roleKeys, IReadOnlySet<string> permissions, IReadOnlyList<Guid> teamIds, IReadOnlyList<Guid> managedTeamIds)
    {
        (UserId, DisplayName, IsSignedIn) = (userId, displayName, true);
        (RoleKeys, Permissions, TeamIds, ManagedTeamIds) = (roleKeys, permissions, teamIds, managedTeamIds);
    }

    /// <summary>For jobs, imports by command line, and the demo: may do all, is named "Waymark".</summary>
    public Viewer ActAsSystem()
    {
        (UserId, DisplayName, IsSignedIn, IsSystem) = (SystemId, "Waymark", true, true);
        return this;
    }
}

/// <summary>An act that cannot be done, with words for the person who asked: what is wrong and how to mend it. Pages turn it into a GOV.UK error summary; nothing is saved.</summary>
public class RefusedException(string message, string? field = null) : Exception(message)
{
    /// <summary>The input it belongs to, or <c>null</c> for the act as a whole.</summary>
    public string? Field { get; } = field;
}
