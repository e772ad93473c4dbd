using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;

namespace Waymark.Benchmarks.Rows;

/// <summary>Loading spans with the bulk writer. The baseline is bare prepared inserts in one transaction (SQLite) or binary COPY (PostgreSQL) of the same columns.</summary>
public sealed class BulkLoad : Row
{
    private const string Columns = "\"EpisodeId\", \"PersonId\", \"PathwayKey\", \"StageKey\", \"VisitId\", \"VisitDate\", \"TeamId\", \"Priority\", \"IsPaused\", \"FromOn\", \"FromDate\", \"ToOn\", \"ToDate\", \"EndReason\"";

    public override string Name => "bulk-load";
    public override double Target => 1.5;

    public override async Task<Result> RunAsync(Ground ground)
    {
        var rows = Data.Spans(ground.Scaled(60_000), seed: 1);
        return await Timing.InTurnAsync(5, () => ground.InDbAsync(db => new BulkWriter(db).WriteAsync(rows)), () => ground.IsPostgres ? CopyAsync(ground, rows) : InsertAsync(ground, rows), warmUp: 1,
            before: () => ground.InDbAsync(db => db.StageSpans.ExecuteDeleteAsync()));
    }

    private static async Task InsertAsync(Ground ground, List<StageSpan> rows)
    {
        await using var connection = (SqliteConnection)await ground.BareAsync();
        await using var transaction = connection.BeginTransaction();
        await using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"INSERT INTO \"StageSpan\" ({Columns}) VALUES ($0,$1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)";
        var parameters = Enumerable.Range(0, 14).Select(i => insert.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" })).ToArray();
        await insert.PrepareAsync();
        foreach (var row in rows)
        {
            object?[] values = [row.EpisodeId, row.PersonId, row.PathwayKey, row.StageKey, row.VisitId, row.VisitDate, row.TeamId, row.Priority, row.IsPaused, row.FromOn, row.FromDate, row.ToOn, row.ToDate, row.EndReason];
            for (var i = 0; i < values.Length; i++)
            {
                parameters[i].Value = values[i] ?? DBNull.Value;
            }

            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static async Task CopyAsync(Ground ground, List<StageSpan> rows)
    {
        await using var connection = (NpgsqlConnection)await ground.BareAsync();
        await using var copy = await connection.BeginBinaryImportAsync($"COPY \"StageSpan\" ({Columns}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(row.EpisodeId, NpgsqlDbType.Uuid);
            await WriteAsync(copy, row.PersonId, NpgsqlDbType.Uuid);
            await copy.WriteAsync(row.PathwayKey, NpgsqlDbType.Text);
            await copy.WriteAsync(row.StageKey, NpgsqlDbType.Text);
            await copy.WriteAsync(row.VisitId, NpgsqlDbType.Uuid);
            await copy.WriteAsync(row.VisitDate, NpgsqlDbType.Date);
            await WriteAsync(copy, row.TeamId, NpgsqlDbType.Uuid);
            await WriteAsync(copy, row.Priority, NpgsqlDbType.Text);
            await copy.WriteAsync(row.IsPaused, NpgsqlDbType.Boolean);
            await copy.WriteAsync(row.FromOn, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(row.FromDate, NpgsqlDbType.Date);
            await WriteAsync(copy, row.ToOn, NpgsqlDbType.TimestampTz);
            await WriteAsync(copy, row.ToDate, NpgsqlDbType.Date);
            await WriteAsync(copy, row.EndReason, NpgsqlDbType.Text);
        }

        await copy.CompleteAsync();
    }

    private static Task WriteAsync<T>(NpgsqlBinaryImporter copy, T? value, NpgsqlDbType type) => value is null ? copy.WriteNullAsync() : copy.WriteAsync(value, type);
}
