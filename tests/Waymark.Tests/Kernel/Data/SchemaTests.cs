using System.Globalization;
using Microsoft.EntityFrameworkCore.Metadata;
using Shouldly;
using Waymark.Kernel.Data;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Data;

public sealed class SchemaTests
{
    [Theory, BothEngines]
    public async Task Migrated_Catalogue_IsTheModels(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.InDbAsync(async db =>
        {
            var found = engine == Engine.Sqlite ? await DatabaseCatalogue.OfSqliteAsync(db) : await DatabaseCatalogue.OfPostgresAsync(db);

            found.ShouldBe(DatabaseCatalogue.OfModel(db));
            return 0;
        });
    }

    [Theory, BothEngines]
    public async Task EveryColumnOfEveryTable_WrittenAndReadInANewContext_IsTheSame(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var types = await site.InDbAsync(db => Task.FromResult(SampleRows.Types(db).Select(t => t.Name).ToList()));
        types.Count.ShouldBeGreaterThan(40);
        foreach (var name in types)
        {
            var expected = await site.InDbAsync(async db =>
            {
                var type = db.Model.FindEntityType(name)!;
                var row = SampleRows.Make(db, type);
                db.Add(row);
                await db.SaveChangesAsync();
                return Texts(db, type, row);
            });
            await site.InDbAsync(async db =>
            {
                var type = db.Model.FindEntityType(name)!;
                var row = await db.FindAsync(type.ClrType, [.. SampleRows.KeyOf(type)]);
                Texts(db, type, row.ShouldNotBeNull($"{name} was not found by its key")).ShouldBe(expected, name);
                return 0;
            });
        }
    }

    [Fact]
    public void Truncate_NotUtc_Throws() =>
        Should.Throw<ArgumentException>(() => Instants.Truncate(new DateTime(2024, 7, 31, 10, 0, 0, DateTimeKind.Local))).Message.ShouldContain("must be UTC");

    private static List<string> Texts(WaymarkDb db, IEntityType type, object row) =>
        [.. type.GetProperties().Select(p => $"{p.Name} = {Text(db.Entry(row).Property(p).CurrentValue)}")];

    // Instants as stored: whole microseconds, UTC.
    private static string Text(object? value) => value switch
    {
        DateTime instant => Instants.Truncate(instant).ToString("o", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "null",
    };
}
