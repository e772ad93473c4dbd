using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Returns.Analysts;

namespace Waymark.Host.Hosting;

/// <summary>Brings a database to this version's tables, one process at a time. Killed anywhere in it, nothing has changed and the next start does it again.</summary>
internal static class Schema
{
    internal static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(60);

    /// <returns>True when the database was made by this call.</returns>
    public static async Task<bool> BringUpToDateAsync(WaymarkDb db, DatabaseChoice choice, Action<string> say)
    {
        if (await StateAsync(db) == SchemaState.Current)
        {
            if (!choice.IsPostgres)
            {
                // A restored file does not keep it.
                await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL");
            }

            return false;
        }

        await using var @lock = await StartLock.TakeAsync(choice, TimeOut, say);
        var state = await StateAsync(db);
        if (state != SchemaState.Current)
        {
            if (state == SchemaState.Behind)
            {
                // A table cannot change under a view; the start makes the views again.
                await new AnalystViews(db).DropAsync();
            }

            await MigrateAsync(db, say);
        }

        return state == SchemaState.None;
    }

    public static async Task<SchemaState> StateAsync(WaymarkDb db, CancellationToken cancellation = default)
    {
        var history = db.GetService<IHistoryRepository>();
        if (!await HasHistoryAsync(db, history, cancellation))
        {
            return SchemaState.None;
        }

        var applied = (await history.GetAppliedMigrationsAsync(cancellation)).Select(m => m.MigrationId).ToHashSet(StringComparer.Ordinal);
        var known = db.GetService<IMigrationsAssembly>().Migrations.Keys.ToList();
        if (applied.Except(known).Order(StringComparer.Ordinal).LastOrDefault() is { } later)
        {
            throw new RefusedException($"This database was made by a later version of Waymark (its migration {later} is not known here). Run that version or a later one, or restore a backup from before.");
        }

        return applied.Count == 0 ? SchemaState.None : known.All(applied.Contains) ? SchemaState.Current : SchemaState.Behind;
    }

    // EF Core asks PostgreSQL by reading the table and catching the error, which stands in the log on every first start.
    private static async Task<bool> HasHistoryAsync(WaymarkDb db, IHistoryRepository history, CancellationToken cancellation) => db.Database.IsNpgsql()
        ? await db.GetService<IRelationalDatabaseCreator>().ExistsAsync(cancellation)
            && await db.Database.SqlQuery<bool>($"SELECT to_regclass('\"__EFMigrationsHistory\"') IS NOT NULL AS \"Value\"").SingleAsync(cancellation)
        : await history.ExistsAsync(cancellation);

    private static async Task MigrateAsync(WaymarkDb db, Action<string> say)
    {
        Migrations.Initial.Schema = db.GetService<IMigrationsModelDiffer>().GetDifferences(null, db.GetService<IDesignTimeModel>().Model.GetRelationalModel());
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync())
        {
            await creator.CreateAsync();
        }

        // Made first, or asking it what was applied fails and says so in the log.
        await db.GetService<IHistoryRepository>().CreateIfNotExistsAsync();
        if (db.Database.IsNpgsql())
        {
            await db.Database.MigrateAsync();
            return;
        }

        // SQLite rebuilds a table by dropping it, and references would then be looked at on the way. The setting holds outside a transaction only.
        await db.Database.OpenConnectionAsync();
        try
        {
            await ClearMigrationLockAsync(db, say);
            await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = 0");
            await db.Database.MigrateAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = 1");
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>EF Core's own lock on SQLite is a row, which stays when its process is killed and stops every later start. Whoever holds the start-up lock may clear it.</summary>
    private static async Task ClearMigrationLockAsync(WaymarkDb db, Action<string> say)
    {
        var has = await db.Database.SqlQuery<int>($"SELECT COUNT(*) AS \"Value\" FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync();
        if (has > 0 && await db.Database.ExecuteSqlAsync($"DELETE FROM \"__EFMigrationsLock\"") > 0)
        {
            say("Cleared the migration lock of a process that is gone.");
        }
    }
}

internal enum SchemaState { None, Behind, Current }
