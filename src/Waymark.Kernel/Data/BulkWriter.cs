using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using SQLitePCL;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Data;

/// <summary>
/// Loads many rows at about the speed of the engine itself: one prepared statement on SQLite, binary <c>COPY</c> on PostgreSQL. Columns and conversions are the
/// model's. It tracks nothing, raises no versions and audits nothing: for imports and the demo, which say themselves what they did.
/// </summary>
[Scoped]
public sealed class BulkWriter(WaymarkDb db)
{
    /// <summary>Writes within the caller's transaction, or in one of its own; all rows or none.</summary>
    /// <param name="rows">Read once, as they are written.</param>
    /// <param name="keepIds">Keys that the database makes (<see cref="LeafRow"/>) are taken from the rows instead; for rows that others name.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="NotSupportedException">The type is no table of its own, or has a column that its class does not.</exception>
    public async Task<long> WriteAsync<T>(IEnumerable<T> rows, bool keepIds = false, CancellationToken cancellation = default) where T : class
    {
        ArgumentNullException.ThrowIfNull(rows);
        var type = db.Model.FindEntityType(typeof(T)) ?? throw new NotSupportedException($"{typeof(T).Name} is no table.");
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table) ?? throw new NotSupportedException($"{typeof(T).Name} is no table.");
        if (type.GetDerivedTypes().Any() || type.BaseType is not null || type.GetComplexProperties().Any() || type.GetNavigations().Any(n => n.TargetEntityType.IsOwned()))
        {
            throw new NotSupportedException($"{typeof(T).Name} spreads over more than its own columns; the bulk writer does not.");
        }

        var columns = type.GetProperties().Where(p => keepIds || !IsNumberedByDatabase(p)).Select(p => BulkColumn<T>.For(p, table)).ToList();
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellation) : null;
        var connection = db.Database.GetDbConnection();
        var written = connection is NpgsqlConnection postgres
            ? await CopyAsync(postgres, table, columns, rows, cancellation)
            : Insert((SqliteConnection)connection, table, columns, rows, cancellation);
        if (keepIds && connection is NpgsqlConnection && type.FindPrimaryKey()!.Properties is [var key] && IsNumberedByDatabase(key))
        {
            await MoveSequenceAsync(connection, table, key.GetColumnName(table)!, cancellation);
        }

        if (own is not null)
        {
            await own.CommitAsync(cancellation);
        }

        return written;
    }

    private static async Task<long> CopyAsync<T>(NpgsqlConnection connection, StoreObjectIdentifier table, List<BulkColumn<T>> columns, IEnumerable<T> rows, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {Quoted(table.Name)} ({Names(columns)}) FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            await copy.StartRowAsync(cancellation);
            foreach (var column in columns)
            {
                column.Copy(row, copy);
            }
        }

        return (long)await copy.CompleteAsync(cancellation);
    }

    // SQLite does its work on the caller's thread whichever way it is asked. Straight to the engine: the driver's parameters cost more than the insert itself.
    private static long Insert<T>(SqliteConnection connection, StoreObjectIdentifier table, List<BulkColumn<T>> columns, IEnumerable<T> rows, CancellationToken cancellation)
    {
        var database = connection.Handle!;
        var sql = $"INSERT INTO {Quoted(table.Name)} ({Names(columns)}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})";
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out var insert), database);
        using (insert)
        {
            var written = 0L;
            foreach (var row in rows)
            {
                cancellation.ThrowIfCancellationRequested();
                for (var i = 0; i < columns.Count; i++)
                {
                    columns[i].Bind(row, insert, i + 1);
                }

                if (raw.sqlite3_step(insert) != raw.SQLITE_DONE)
                {
                    SqliteException.ThrowExceptionForRC(raw.sqlite3_reset(insert), database);
                }

                raw.sqlite3_reset(insert);
                written++;
            }

            return written;
        }
    }

    // The ids given were not the sequence's: it goes on after the highest.
    private static async Task MoveSequenceAsync(DbConnection connection, StoreObjectIdentifier table, string key, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT setval(pg_get_serial_sequence('{Quoted(table.Name)}', '{key}'), (SELECT COALESCE(MAX({Quoted(key)}), 1) FROM {Quoted(table.Name)}))";
        await command.ExecuteScalarAsync(cancellation);
    }

    private static bool IsNumberedByDatabase(IProperty property) => property.ValueGenerated != ValueGenerated.Never && property.ClrType != typeof(Guid);

    private static string Names<T>(List<BulkColumn<T>> columns) => string.Join(", ", columns.Select(c => Quoted(c.Name)));

    private static string Quoted(string name) => $"\"{name}\"";
}
