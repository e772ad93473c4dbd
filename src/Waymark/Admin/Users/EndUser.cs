using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Admin.Users;

/// <summary>Closes the account of someone who has left: no sign-in, no session, no role, no team from today. What they wrote keeps their name.</summary>
[Scoped]
public sealed class EndUser(WaymarkDb db, Auditor audit, AdministratorGuard guard, TimeProvider time, CareClock clock)
{
    /// <returns>Open episodes that are still theirs, to be handed over.</returns>
    public async Task<int> RunAsync(Guid userId)
    {
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == userId && u.LeftOn == null) ?? throw new RefusedException("They have left already");
        var now = Instants.Truncate(time.GetUtcNow().UtcDateTime);
        var today = clock.Today;
        user.LeftOn = now;
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        db.RoleGrants.RemoveRange(await db.RoleGrants.Where(g => g.UserId == userId).ToListAsync());
        foreach (var member in await db.TeamMembers.Where(m => m.UserId == userId && (m.ToDate == null || m.ToDate > today)).ToListAsync())
        {
            member.ToDate = today;
        }

        foreach (var session in await db.UserSessions.Where(s => s.UserId == userId && s.EndedOn == null).ToListAsync())
        {
            session.EndedOn = now;
        }

        audit.Record("end-user", nameof(User), userId.ToString());
        await guard.SaveAsync();
        return await db.Episodes.CountAsync(e => e.WorkerId == userId && e.ClosedOn == null);
    }

    /// <summary>Someone comes back, or was ended by mistake. Roles and teams are given anew.</summary>
    public async Task ReturnAsync(Guid userId)
    {
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == userId && u.LeftOn != null) ?? throw new RefusedException("They have not left");
        user.LeftOn = null;
        audit.Record("return-user", nameof(User), userId.ToString());
        await db.SaveChangesAsync();
    }
}
