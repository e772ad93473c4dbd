using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Jobs;

/// <summary>
/// Lets one process at a time do a thing, on however many nodes: a row says who and until when. Each act is one statement outside the caller's transaction, so that
/// others see it at once. Whoever holds a lease renews it well before it ends, and stops when a renewal fails.
/// </summary>
[Singleton]
public sealed class Leases(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>This process, or this site of a process.</summary>
    public string Holder { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.CreateVersion7():N}";

    /// <summary>Takes it where nobody holds it (or renews one's own).</summary>
    /// <returns>True: held by this process until <paramref name="length"/> from now.</returns>
    public async Task<bool> TakeAsync(string name, TimeSpan length, CancellationToken cancellation = default)
    {
        var now = Now;
        return await ExecuteAsync($"""
            INSERT INTO "Lease" ("Job", "Holder", "ExpiresOn", "Failures") VALUES ({name}, {Holder}, {now + length}, 0)
            ON CONFLICT ("Job") DO UPDATE SET "Holder" = excluded."Holder", "ExpiresOn" = excluded."ExpiresOn"
            WHERE "Lease"."ExpiresOn" <= {now} OR "Lease"."Holder" = excluded."Holder"
            """, cancellation);
    }

    /// <summary>As <see cref="TakeAsync"/>, when it is also due: no node has done it since.</summary>
    internal async Task<bool> TakeDueAsync(string name, TimeSpan length, CancellationToken cancellation)
    {
        var now = Now;
        return await ExecuteAsync($"""
            INSERT INTO "Lease" ("Job", "Holder", "ExpiresOn", "LastRunOn", "Failures") VALUES ({name}, {Holder}, {now + length}, {now}, 0)
            ON CONFLICT ("Job") DO UPDATE SET "Holder" = excluded."Holder", "ExpiresOn" = excluded."ExpiresOn", "LastRunOn" = excluded."LastRunOn"
            WHERE "Lease"."ExpiresOn" <= {now} AND ("Lease"."DueOn" IS NULL OR "Lease"."DueOn" <= {now})
            """, cancellation);
    }

    /// <returns>False: another took it meanwhile; stop.</returns>
    public async Task<bool> RenewAsync(string name, TimeSpan length, CancellationToken cancellation = default) =>
        await ExecuteAsync($"""UPDATE "Lease" SET "ExpiresOn" = {Now + length} WHERE "Job" = {name} AND "Holder" = {Holder}""", cancellation);

    /// <summary>Gives it back early; nothing happens to a lease that another holds.</summary>
    public async Task ReleaseAsync(string name, CancellationToken cancellation = default) =>
        await ExecuteAsync($"""UPDATE "Lease" SET "ExpiresOn" = {Now} WHERE "Job" = {name} AND "Holder" = {Holder}""", cancellation);

    /// <summary>Gives it back with how the run went and when the next is due.</summary>
    /// <param name="error">Kind of the failure; null for success.</param>
    internal async Task FinishAsync(string name, Func<int, TimeSpan> next, string? error)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
        if (await db.Leases.SingleOrDefaultAsync(l => l.Job == name && l.Holder == Holder) is not { } lease)
        {
            return;
        }

        lease.Failures = error is null ? 0 : lease.Failures + 1;
        lease.LastError = error;
        lease.LastSuccessOn = error is null ? Now : lease.LastSuccessOn;
        lease.ExpiresOn = Now;
        lease.DueOn = Now + next(lease.Failures);
        await db.SaveChangesAsync();
    }

    private DateTime Now => Instants.Truncate(time.GetUtcNow().UtcDateTime);

    private async Task<bool> ExecuteAsync(FormattableString sql, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WaymarkDb>().Database.ExecuteSqlAsync(sql, cancellation) == 1;
    }
}
