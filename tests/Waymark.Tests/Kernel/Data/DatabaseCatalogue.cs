using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Waymark.Kernel.Data;

namespace Waymark.Tests.Kernel.Data;

/// <summary>Tables, columns with type and nullability, primary keys and indexes as sorted lines: of the model, or of the database itself.</summary>
internal static class DatabaseCatalogue
{
    public static List<string> OfModel(WaymarkDb db) => Sorted(db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.SelectMany(table =>
        table.Columns.Select(c => Column(table.Name, c.Name, c.StoreType, c.IsNullable))
            .Append($"{table.Name} key ({string.Join(", ", table.PrimaryKey!.Columns.Select(c => c.Name))})")
            .Concat(table.Indexes.Select(i => Index(table.Name, i.Name, i.IsUnique, i.Columns.Select(c => c.Name))))));

    public static async Task<List<string>> OfSqliteAsync(WaymarkDb db)
    {
        var lines = new List<string>();
        foreach (var table in await ReadAsync(db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '__EF%'", r => r.GetString(0)))
        {
            var columns = await ReadAsync(db, $"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')", r => (Name: r.GetString(0), Type: r.GetString(1), Required: r.GetInt64(2) == 1, Key: r.GetInt64(3)));
            lines.AddRange(columns.Select(c => Column(table, c.Name, c.Type, !c.Required)));
            lines.Add($"{table} key ({string.Join(", ", columns.Where(c => c.Key > 0).OrderBy(c => c.Key).Select(c => c.Name))})");
            foreach (var (index, unique) in await ReadAsync(db, $"SELECT name, \"unique\" FROM pragma_index_list('{table}') WHERE origin = 'c'", r => (r.GetString(0), r.GetInt64(1) == 1)))
            {
                lines.Add(Index(table, index, unique, await ReadAsync(db, $"SELECT name FROM pragma_index_info('{index}') ORDER BY seqno", r => r.GetString(0))));
            }
        }

        return Sorted(lines);
    }

    public static async Task<List<string>> OfPostgresAsync(WaymarkDb db)
    {
        var lines = await ReadAsync(db, """
            SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE '\_\_EF%' AND a.attnum > 0 AND NOT a.attisdropped
            """, r => Column(r.GetString(0), r.GetString(1), r.GetString(2), !r.GetBoolean(3)));
        lines.AddRange(await ReadAsync(db, """
            SELECT t.relname, i.relname, x.indisunique, x.indisprimary,
                   ARRAY(SELECT a.attname::text FROM unnest(x.indkey) WITH ORDINALITY k(n, o) JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.n ORDER BY k.o)
            FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
            WHERE t.relnamespace = 'public'::regnamespace AND t.relname NOT LIKE '\_\_EF%'
            """, r => r.GetBoolean(3)
                ? $"{r.GetString(0)} key ({string.Join(", ", r.GetFieldValue<string[]>(4))})"
                : Index(r.GetString(0), r.GetString(1), r.GetBoolean(2), r.GetFieldValue<string[]>(4))));
        return Sorted(lines);
    }

    private static string Column(string table, string name, string type, bool isNullable) => $"{table}.{name} {type} {(isNullable ? "null" : "not null")}";

    private static string Index(string table, string name, bool isUnique, IEnumerable<string> columns) => $"{table} {(isUnique ? "unique " : "")}index {name} ({string.Join(", ", columns)})";

    private static List<string> Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];

    private static async Task<List<T>> ReadAsync<T>(WaymarkDb db, string sql, Func<DbDataReader, T> read)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
