using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Data;

public sealed class BulkWriterTests
{
    private static readonly DateTime Instant = new(2024, 7, 31, 9, 0, 0, DateTimeKind.Utc);

    /// <summary>The site adds rows of its own to this table as soon as it seals a cookie.</summary>
    private static readonly string KeysTheSiteMakes = typeof(Microsoft.AspNetCore.DataProtection.EntityFrameworkCore.DataProtectionKey).FullName!;

    [Theory, BothEngines]
    public async Task Write_ManyKindsOfColumn_StoresWhatSaveChangesStores(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var written = new List<string>();
        foreach (var name in await site.InDbAsync(db => Task.FromResult(SampleRows.Types(db).Select(t => t.Name).Where(n => n != KeysTheSiteMakes).ToList())))
        {
            var (bySave, byBulk) = (await StoredAsync(site, name, bulk: false), await StoredAsync(site, name, bulk: true));
            if (byBulk is not null)
            {
                byBulk.ShouldBe(bySave, name);
                written.Add(name);
            }
        }

        written.Count.ShouldBeGreaterThan(40);
    }

    [Theory, BothEngines]
    public async Task Write_LeafRows_LetsTheDatabaseNumberThem(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.InScopeAsync(s => s.GetRequiredService<BulkWriter>().WriteAsync(Enumerable.Range(1, 100).Select(View)));

        var ids = await site.InDbAsync(db => db.ViewLog.Select(v => v.Id).ToListAsync());

        ids.Order().ShouldBe(Enumerable.Range(1, 100).Select(i => (long)i));
    }

    [Theory, BothEngines]
    public async Task Write_KeepingIds_NextRowGoesOnAfterThem(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.InScopeAsync(s => s.GetRequiredService<BulkWriter>().WriteAsync([View(41), View(7)], keepIds: true));
        await site.InDbAsync(db => { db.Add(View(0)); return db.SaveChangesAsync(); });

        var ids = await site.InDbAsync(db => db.ViewLog.Select(v => v.Id).ToListAsync());

        ids.Order().ShouldBe([7, 41, 42]);
    }

    [Theory, BothEngines]
    public async Task Write_InCallersTransaction_GoesWithIt(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.InScopeAsync(async s =>
        {
            await using var transaction = await s.GetRequiredService<WaymarkDb>().Database.BeginTransactionAsync();
            (await s.GetRequiredService<BulkWriter>().WriteAsync([View(0)])).ShouldBe(1);
            await transaction.RollbackAsync();
        });

        (await site.InDbAsync(db => db.ViewLog.CountAsync())).ShouldBe(0);
    }

    [Theory, BothEngines]
    public async Task Write_ARowFails_NoneIsKept(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var person = new Person { Reference = "P-000001", GivenName = "Amal", FamilyName = "Okafor", SortKey = "okafor amal" };

        await Should.ThrowAsync<System.Data.Common.DbException>(() => site.InScopeAsync(s => s.GetRequiredService<BulkWriter>().WriteAsync([person, person])));

        (await site.InDbAsync(db => db.People.CountAsync())).ShouldBe(0);
    }

    private static ViewLogEntry View(int id) => new() { Id = id, UserId = Guid.Empty, PersonId = Guid.Empty, ViewedOn = Instant, Page = "/people" };

    /// <summary>The sample row of a table as the database itself prints it, written one way; null when it is not for the bulk writer, or (keys of the site itself) has rows already.</summary>
    private static Task<List<string>?> StoredAsync(TestSite site, string name, bool bulk) => site.InScopeAsync(async s =>
    {
        var db = s.GetRequiredService<WaymarkDb>();
        var type = db.Model.FindEntityType(name)!;
        var row = SampleRows.Make(db, type);
        if (type.GetForeignKeys().Any() || type.GetProperties().Any(p => p.PropertyInfo is null) || type.ClrType == typeof(DataProtectionKey))
        {
            return null;
        }

        db.ChangeTracker.Clear();

        // Never kept: some tables let nothing be deleted.
        await using var transaction = await db.Database.BeginTransactionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
        if (bulk)
        {
            var write = typeof(BulkWriter).GetMethod(nameof(BulkWriter.WriteAsync))!.MakeGenericMethod(type.ClrType);
            var rows = Array.CreateInstance(type.ClrType, 1);
            rows.SetValue(row, 0);
            await (Task<long>)write.Invoke(s.GetRequiredService<BulkWriter>(), [rows, true, CancellationToken.None])!;
        }
        else
        {
            db.Add(row);
            await db.SaveChangesAsync();
        }

        command.CommandText = $"SELECT * FROM \"{type.GetTableName()}\"";
        var values = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            (await reader.ReadAsync()).ShouldBeTrue(name);
            for (var i = 0; i < reader.FieldCount; i++)
            {
                values.Add($"{reader.GetName(i)}: {reader.GetDataTypeName(i)} {(reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(i))}");
            }
        }

        return (List<string>?)values;
    });
}
