using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Waymark.Host.Hosting;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Tests.Kernel.Data;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Host.Hosting;

public sealed class SchemaStartTests
{
    [Theory, BothEngines]
    public async Task Start_KilledWhileMigrating_NextStartEndsTheWork(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        foreach (var milliseconds in (int[])[0, 40, 120])
        {
            await using var killed = WaymarkProcess.Start(database.Choice, "policy", "show");
            await killed.UntilAsync(async () => killed.HasExited || await HoldsStartLockAsync(database.Choice));
            await Task.Delay(milliseconds);
            killed.Kill();
            await killed.EndAsync();
        }

        await using var services = Site.ServicesFor(database.Choice);
        await Site.PrepareDatabaseAsync(services);

        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
        (engine == Engine.Sqlite ? await DatabaseCatalogue.OfSqliteAsync(db) : await DatabaseCatalogue.OfPostgresAsync(db)).ShouldBe(DatabaseCatalogue.OfModel(db));
    }

    [Fact]
    public async Task Start_LocksLeftByAProcessThatIsGone_AreClearedAndSaid()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var services = Site.ServicesFor(database.Choice);
        await File.WriteAllTextAsync(StartLock.LockFile(database.Choice), "process 4711 on elsewhere");
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2024-01-01')");
        var said = new List<string>();

        (await Schema.BringUpToDateAsync(db, database.Choice, said.Add)).ShouldBeTrue();

        said.ShouldBe(["Cleared the start-up lock of process 4711 on elsewhere, which is gone.", "Cleared the migration lock of a process that is gone."]);
        (await File.ReadAllTextAsync(StartLock.LockFile(database.Choice))).ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task StartLock_HeldByAnother_RefusesAfterTheTimeOut_AndIsFreeAfterwards(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var said = new List<string>();
        await using (await StartLock.TakeAsync(database.Choice, TimeSpan.FromSeconds(5), said.Add))
        {
            var refused = await Should.ThrowAsync<RefusedException>(() => StartLock.TakeAsync(database.Choice, TimeSpan.FromMilliseconds(150), said.Add));
            refused.Message.ShouldContain(engine == Engine.Sqlite ? StartLock.LockFile(database.Choice) : $"process {Environment.ProcessId} on ");
            said.ShouldBe(["Another process is preparing this database; waiting for it."]);
        }

        await using var next = await StartLock.TakeAsync(database.Choice, TimeSpan.FromSeconds(5), said.Add);
        next.WasLeftOver.ShouldBeFalse();
    }

    [Theory, BothEngines]
    public async Task Start_DatabaseOfALaterVersion_IsRefused(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.InDbAsync(db => db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99')"));

        var refused = await Should.ThrowAsync<RefusedException>(() => Site.PrepareDatabaseAsync(site.Services));

        refused.Message.ShouldContain("later version of Waymark");
        refused.Message.ShouldContain("29990101000000_Later");
    }

    private static async Task<bool> HoldsStartLockAsync(DatabaseChoice choice)
    {
        if (!choice.IsPostgres)
        {
            return File.Exists(StartLock.LockFile(choice));
        }

        await using var connection = new NpgsqlConnection(choice.PostgresConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))", connection);
        return (bool)(await command.ExecuteScalarAsync())!;
    }
}
