using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Account;

/// <summary>
/// Counts wrong passwords and codes and closes an account for a while. Identity's own counting reads the machine's clock and loses counts when guesses arrive at once;
/// this counts in the database.
/// </summary>
[Scoped]
public sealed class LockOut(WaymarkDb db, Auditor audit, TimeProvider time)
{
    public const int Attempts = 5;
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    /// <summary>Refuses while the account is locked, whatever was typed.</summary>
    public void EnsureOpen(User user, string field)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.LockoutEnd is { } end && end > time.GetUtcNow())
        {
            var minutes = (int)Math.Ceiling((end - time.GetUtcNow()).TotalMinutes);
            throw new RefusedException(
                $"This account is locked because a wrong password or code was typed {Attempts} times. Wait {(minutes == 1 ? "1 minute" : $"{minutes} minutes")}, or ask whoever manages users to help you", field);
        }
    }

    public async Task FailedAsync(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        await db.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(u => u.SetProperty(x => x.AccessFailedCount, x => x.AccessFailedCount + 1));
        var until = time.GetUtcNow() + Lasts;
        var locked = await db.Users.Where(u => u.Id == user.Id && u.AccessFailedCount >= Attempts)
            .ExecuteUpdateAsync(u => u.SetProperty(x => x.AccessFailedCount, 0).SetProperty(x => x.LockoutEnd, until));
        audit.Record(locked > 0 ? "lock-account" : "refuse-sign-in", nameof(User), user.Id.ToString());
        await db.SaveChangesAsync();
    }

    public Task PassedAsync(User user) => db.Users.Where(u => u.Id == user.Id && (u.AccessFailedCount > 0 || u.LockoutEnd != null))
        .ExecuteUpdateAsync(u => u.SetProperty(x => x.AccessFailedCount, 0).SetProperty(x => x.LockoutEnd, (DateTimeOffset?)null));
}
