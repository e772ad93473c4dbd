using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Access;

/// <summary>
/// Reads what a user may do, in one statement a request and without a cache: a grant taken away, a membership that ended, a session revoked and an account that was
/// closed hold from the next request on, on every node.
/// </summary>
[Scoped]
public sealed class ViewerReader(WaymarkDb db, CareClock clock, RoleBook roles, SessionSeen seen, TimeProvider time, IOptions<SessionLimits> limits)
{
    /// <summary>
    /// Signs the viewer in as the user; leaves it alone when there is no such user, they left or may not sign in, or their session has ended.
    /// </summary>
    /// <param name="ticket">Of the cookie; <c>null</c> where another scheme vouches for the user.</param>
    public async Task FillAsync(Viewer viewer, Guid userId, SessionTicket? ticket = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var today = clock.Today;
        var sessionId = ticket?.SessionId ?? Guid.Empty;
        var user = await db.Users.AsNoTracking().AsSingleQuery().Where(u => u.Id == userId && u.CanSignIn && u.LeftOn == null).Select(u => new
        {
            u.DisplayName,
            u.SecurityStamp,
            Session = db.UserSessions.Where(s => s.Id == sessionId && s.UserId == u.Id && s.EndedOn == null).Select(s => new { s.StartedOn, s.LastSeenOn, s.MustSetUpTwoFactor }).FirstOrDefault(),
            Grants = db.RoleGrants.Where(g => g.UserId == u.Id).Select(g => new { g.RoleKey, g.TeamId }).ToList(),
            Teams = db.TeamMembers.Where(m => m.UserId == u.Id && m.FromDate <= today && (m.ToDate == null || m.ToDate > today)).Select(m => new { m.TeamId, m.IsManager }).ToList(),
        }).SingleOrDefaultAsync(cancellation);
        if (user is null)
        {
            return;
        }

        if (ticket is not null)
        {
            if (user.Session is null || user.SecurityStamp != ticket.Stamp || !await IsAliveAsync(sessionId, user.Session.StartedOn, user.Session.LastSeenOn, cancellation))
            {
                return;
            }

            viewer.UseSession(sessionId, user.Session.MustSetUpTwoFactor);
        }

        var forTeams = user.Grants.Where(g => g.TeamId is not null).GroupBy(g => g.TeamId!.Value)
            .ToDictionary(g => g.Key, g => roles.PermissionsOf(g.Select(x => x.RoleKey)));
        viewer.SignIn(
            userId,
            user.DisplayName,
            user.Grants.Select(g => g.RoleKey).ToHashSet(StringComparer.Ordinal),
            roles.PermissionsOf(user.Grants.Where(g => g.TeamId is null).Select(g => g.RoleKey)),
            [.. user.Teams.Select(t => t.TeamId).Union(forTeams.Keys)],
            [.. user.Teams.Where(t => t.IsManager).Select(t => t.TeamId).Union(user.Grants.Where(g => g is { RoleKey: Roles.TeamManager, TeamId: not null }).Select(g => g.TeamId!.Value))],
            forTeams);
    }

    private async Task<bool> IsAliveAsync(Guid sessionId, DateTime startedOn, DateTime lastSeenOn, CancellationToken cancellation)
    {
        var now = Instants.Truncate(time.GetUtcNow().UtcDateTime);
        if (now - seen.LatestOf(sessionId, lastSeenOn) > limits.Value.Idle || now - startedOn > limits.Value.Longest)
        {
            await db.UserSessions.Where(s => s.Id == sessionId && s.EndedOn == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedOn, now), cancellation);
            return false;
        }

        seen.Note(sessionId, now);
        return true;
    }
}
