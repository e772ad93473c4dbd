using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Account;

/// <summary>Begins and ends sessions.</summary>
[Scoped]
public sealed class SessionKeeper(WaymarkDb db, Viewer viewer, ViewerReader reader, Auditor audit, LastUser lastUser, LockOut lockOut, UserManager<User> users, TimeProvider time)
{
    private DateTime Now => Instants.Truncate(time.GetUtcNow().UtcDateTime);

    /// <summary>Signs the user in on this browser: a session row, the cookie that names it, and the request's viewer.</summary>
    /// <param name="method">One of <see cref="SignInMethods"/>.</param>
    public async Task<UserSession> StartAsync(HttpContext context, User user, string method)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(user);
        var mustSetUp = method == SignInMethods.Password && await db.Settings.Where(s => s.Key == Setting.TwoFactor).Select(s => s.Value).FirstOrDefaultAsync() != "optional";
        if (string.IsNullOrEmpty(user.SecurityStamp))
        {
            await users.UpdateSecurityStampAsync(user);
        }

        var session = new UserSession
        {
            UserId = user.Id,
            Method = method,
            StartedOn = Now,
            LastSeenOn = Now,
            Device = DeviceName.Of(context.Request.Headers.UserAgent.ToString()),
            Address = context.Connection.RemoteIpAddress?.ToString() ?? "not known",
            MustSetUpTwoFactor = mustSetUp,
        };
        db.UserSessions.Add(session);
        await db.SaveChangesAsync();
        await lockOut.PassedAsync(user);
        var ticket = new SessionTicket(session.Id, user.SecurityStamp!);
        await reader.FillAsync(viewer, user.Id, ticket);
        audit.Record("sign-in", session, new { method });
        await db.SaveChangesAsync();
        await context.SignInAsync(IdentityConstants.ApplicationScheme, ticket.ToPrincipal(user.Id));
        lastUser.Write(context, user.Id);
        return session;
    }

    /// <summary>Ends one session of the user's; someone else's is not found.</summary>
    public async Task EndAsync(Guid userId, Guid sessionId)
    {
        var session = await db.UserSessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.UserId == userId && s.EndedOn == null)
            ?? throw new RefusedException("That session has ended already");
        session.EndedOn = Now;
        audit.Record("end-session", session);
        await db.SaveChangesAsync();
    }

    /// <summary>Ends every session of the user and changes the security stamp, so that no cookie that is out holds.</summary>
    public async Task EndAllAsync(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        foreach (var session in await db.UserSessions.Where(s => s.UserId == user.Id && s.EndedOn == null).ToListAsync())
        {
            session.EndedOn = Now;
        }

        audit.Record("end-all-sessions", nameof(User), user.Id.ToString());
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        await db.SaveChangesAsync();
    }

    public Task<List<UserSession>> OpenAsync(Guid userId) =>
        db.UserSessions.AsNoTracking().Where(s => s.UserId == userId && s.EndedOn == null).OrderByDescending(s => s.LastSeenOn).ToListAsync();
}

/// <summary>Names a browser as its user would.</summary>
public static class DeviceName
{
    private static readonly (string Mark, string Name)[] Browsers = [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Mark, string Name)[] Systems =
        [("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Macintosh", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Of(string userAgent)
    {
        ArgumentNullException.ThrowIfNull(userAgent);
        var browser = Browsers.FirstOrDefault(b => userAgent.Contains(b.Mark, StringComparison.Ordinal)).Name ?? "A browser";
        var system = Systems.FirstOrDefault(s => userAgent.Contains(s.Mark, StringComparison.Ordinal)).Name;
        return system is null ? browser : $"{browser} on {system}";
    }
}
