using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Access;

/// <summary>
/// Saves what takes a role or a user away, unless it would leave nobody who can manage users. Everything that revokes a grant or closes an account saves through here, so
/// that there is one rule and two administrators who remove each other at the same moment are told in turn.
/// </summary>
[Scoped]
public sealed class AdministratorGuard(WaymarkDb db)
{
    private const string LockKey = "administrators.lock";

    public async Task SaveAsync(CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);

        // Whoever writes this row first goes first; the other waits here and then counts what the first has left.
        await db.Database.ExecuteSqlAsync($"""INSERT INTO "Setting" ("Key", "Value") VALUES ({LockKey}, '') ON CONFLICT ("Key") DO UPDATE SET "Value" = ''""", cancellation);
        var before = await CountAsync(cancellation);
        await db.SaveChangesAsync(cancellation);
        if (before > 0 && await CountAsync(cancellation) == 0)
        {
            await transaction.RollbackAsync(cancellation);
            db.ChangeTracker.Clear();
            throw new RefusedException("This is the last administrator. Make another user an administrator first");
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>People who can sign in and hold the role for the whole council.</summary>
    public Task<int> CountAsync(CancellationToken cancellation = default) => (
        from grant in db.RoleGrants
        join user in db.Users on grant.UserId equals user.Id
        where grant.RoleKey == Roles.Administrator && grant.TeamId == null && user.CanSignIn && user.LeftOn == null
        select user.Id).Distinct().CountAsync(cancellation);
}
