using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Shouldly;
using Waymark.Host.Migrations;
using Waymark.Kernel.Data;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Host.Migrations;

public sealed class TableChangeTests
{
    [Theory, BothEngines]
    public async Task ChangeTable_KeepsRowsIndexAndWhatRefersToThem(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.InDbAsync(async db =>
        {
            await RunAsync(db, m =>
            {
                m.Sql("CREATE TABLE \"Parent\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK_Parent\" PRIMARY KEY, \"Age\" TEXT NULL)");
                m.Sql("CREATE INDEX \"IX_Parent_Age\" ON \"Parent\" (\"Age\")");
                m.Sql("CREATE TABLE \"Child\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"ParentId\" INTEGER NOT NULL REFERENCES \"Parent\" (\"Id\") ON DELETE CASCADE)");
                m.Sql("INSERT INTO \"Parent\" VALUES (1, '84'), (2, NULL)");
                m.Sql("INSERT INTO \"Child\" VALUES (10, 1)");
            });

            await RunAsync(db, m => m.ChangeTable(
                "Parent",
                columns => new { Id = columns.Column<int>(), Age = columns.Column<int>() },
                constraints => constraints.PrimaryKey("PK_Parent", p => p.Id),
                new Dictionary<string, string> { ["Id"] = "\"Id\"", ["Age"] = "COALESCE(CAST(\"Age\" AS INTEGER), 0)" },
                indexes => indexes.CreateIndex("IX_Parent_Age", "Parent", "Age"),
                postgres => postgres.Sql("ALTER TABLE \"Parent\" ALTER COLUMN \"Age\" TYPE integer USING COALESCE(\"Age\"::integer, 0), ALTER COLUMN \"Age\" SET NOT NULL")));

            (await db.Database.SqlQuery<int>($"SELECT \"Age\" AS \"Value\" FROM \"Parent\" ORDER BY \"Id\"").ToListAsync()).ShouldBe([84, 0]);
            (await db.Database.SqlQuery<int>($"SELECT COUNT(*) AS \"Value\" FROM \"Child\"").SingleAsync()).ShouldBe(1, "dropping the old table takes no children with it");
            await Should.ThrowAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync("INSERT INTO \"Child\" VALUES (11, 99)"));
            await Should.ThrowAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync("INSERT INTO \"Parent\" VALUES (3, NULL)"));
            await Should.ThrowAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync("CREATE INDEX \"IX_Parent_Age\" ON \"Parent\" (\"Age\")"));
            return 0;
        });
    }

    // As a start does it: one transaction, and on SQLite with references looked at afterwards.
    private static async Task RunAsync(WaymarkDb db, Action<MigrationBuilder> change)
    {
        var migration = new MigrationBuilder(db.Database.ProviderName);
        change(migration);
        await db.Database.OpenConnectionAsync();
        if (db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = 0");
        }

        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            foreach (var command in db.GetService<IMigrationsSqlGenerator>().Generate(migration.Operations))
            {
                await db.Database.ExecuteSqlRawAsync(command.CommandText);
            }

            await transaction.CommitAsync();
        }

        if (db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = 1");
        }
    }
}
