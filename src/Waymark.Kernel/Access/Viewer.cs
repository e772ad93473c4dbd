namespace Waymark.Kernel.Access;

/// <summary>Who is looking or acting, and what they may do. Scoped: one a request; the command line and jobs use <see cref="System"/>.</summary>
public sealed class Viewer
{
    public static readonly Guid SystemId = Guid.Empty;

    public Guid UserId { get; private set; }
    public string DisplayName { get; private set; } = "Not signed in";
    public bool IsSignedIn { get; private set; }
    public bool IsSystem { get; private set; }

    /// <summary>What the viewer may do for the whole council or for at least one team.</summary>
    public IReadOnlySet<string> Permissions { get; private set; } = new HashSet<string>();

    /// <summary>What the viewer may do for one team only, by team. What is held for the whole council stands in <see cref="Permissions"/> alone.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlySet<string>> TeamPermissions { get; private set; } = new Dictionary<Guid, IReadOnlySet<string>>();
    public IReadOnlySet<string> RoleKeys { get; private set; } = new HashSet<string>();
    public IReadOnlyList<Guid> TeamIds { get; private set; } = [];
    public IReadOnlyList<Guid> ManagedTeamIds { get; private set; } = [];

    private IReadOnlySet<string> councilPermissions = new HashSet<string>();

    /// <summary>For the whole council or for some team: what a page asks before it shows anything.</summary>
    public bool May(string permission) => IsSystem || Permissions.Contains(permission);

    /// <summary>For the whole council or for this team: what a use case asks about the record it acts on. With no team, only the whole council counts.</summary>
    public bool MayFor(Guid? teamId, string permission) => IsSystem
        || councilPermissions.Contains(permission)
        || (teamId is { } team && TeamPermissions.TryGetValue(team, out var held) && held.Contains(permission));

    /// <summary>Fills a request's viewer after authentication, from one read of user, grants and teams.</summary>
    /// <param name="permissions">Held for the whole council.</param>
    /// <param name="teamPermissions">Held for one team only.</param>
    public void SignIn(
        Guid userId, string displayName, IReadOnlySet<string> roleKeys, IReadOnlySet<string> permissions, IReadOnlyList<Guid> teamIds, IReadOnlyList<Guid> managedTeamIds,
        IReadOnlyDictionary<Guid, IReadOnlySet<string>>? teamPermissions = null)
    {
        (UserId, DisplayName, IsSignedIn) = (userId, displayName, true);
        (RoleKeys, TeamIds, ManagedTeamIds) = (roleKeys, teamIds, managedTeamIds);
        councilPermissions = permissions;
        TeamPermissions = teamPermissions ?? TeamPermissions;
        Permissions = TeamPermissions.Count == 0 ? permissions : permissions.Concat(TeamPermissions.Values.SelectMany(p => p)).ToHashSet();
    }

    /// <summary>The session the request belongs to; <c>null</c> for the command line and jobs.</summary>
    public Guid? SessionId { get; private set; }

    /// <summary>Signed in by password alone where two steps are asked for: only the account pages open.</summary>
    public bool MustSetUpTwoFactor { get; private set; }

    internal void UseSession(Guid sessionId, bool mustSetUpTwoFactor) => (SessionId, MustSetUpTwoFactor) = (sessionId, mustSetUpTwoFactor);

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
