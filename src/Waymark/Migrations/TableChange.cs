using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;

namespace Waymark.Host.Migrations;

/// <summary>Changes columns of a table that SQLite cannot alter: create, copy, drop, rename. Hand-written migrations carry no model for EF Core's own rebuild to read.</summary>
internal static class TableChange
{
    /// <param name="table">It keeps this name.</param>
    /// <param name="columns">The columns as they are to be, all of them.</param>
    /// <param name="values">For each column, what it is filled with, as SQL over the old table: <c>"Name"</c> in quotes for one that stays.</param>
    /// <param name="indexes">Makes the indexes and triggers again: they go with the old table.</param>
    /// <param name="constraints">The primary key and whatever else the table holds to.</param>
    /// <param name="onPostgres">PostgreSQL alters in place, by these operations instead.</param>
    public static void ChangeTable<TColumns>(
        this MigrationBuilder migration,
        string table,
        Func<ColumnsBuilder, TColumns> columns,
        Action<CreateTableBuilder<TColumns>> constraints,
        IReadOnlyDictionary<string, string> values,
        Action<MigrationBuilder> indexes,
        Action<MigrationBuilder> onPostgres)
    {
        if (migration.ActiveProvider != "Microsoft.EntityFrameworkCore.Sqlite")
        {
            onPostgres(migration);
            return;
        }

        var aside = $"{table}_new";
        migration.CreateTable(aside, columns, constraints: constraints);
        migration.Sql($"INSERT INTO \"{aside}\" ({string.Join(", ", values.Keys.Select(c => $"\"{c}\""))}) SELECT {string.Join(", ", values.Values)} FROM \"{table}\"");
        migration.DropTable(table);
        migration.RenameTable(aside, newName: table);
        indexes(migration);
    }
}
