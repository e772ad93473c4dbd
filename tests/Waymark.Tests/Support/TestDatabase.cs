using System.Reflection;
using Npgsql;
using Waymark.Host.Hosting;
using Xunit.Sdk;
using Xunit.v3;

namespace Waymark.Tests.Support;

public enum Engine { Sqlite, Postgres }

/// <summary>Runs a theory once on each engine; the first parameter is the <see cref="Engine"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothEnginesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<Xunit.ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        Xunit.ITheoryDataRow[] rows = TestDatabase.HasPostgres || Environment.GetEnvironmentVariable("CI") is not null
            ? [new Xunit.TheoryDataRow(Engine.Sqlite), new Xunit.TheoryDataRow(Engine.Postgres)]
            : [new Xunit.TheoryDataRow(Engine.Sqlite)];
        return ValueTask.FromResult<IReadOnlyCollection<Xunit.ITheoryDataRow>>(rows);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>
/// A database of a test's own. SQLite: a file in the temporary folder. PostgreSQL: a database in the throw-away cluster that <c>./test</c> starts and names
/// in <c>WAYMARK_TEST_POSTGRES</c>; by hand, any cluster on loopback will do.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string folder;
    private readonly string? name;

    private TestDatabase(string folder, string? name, DatabaseChoice choice) => (this.folder, this.name, Choice) = (folder, name, choice);

    public DatabaseChoice Choice { get; }

    public static bool HasPostgres => Server is { Length: > 0 };

    private static string? Server => Environment.GetEnvironmentVariable("WAYMARK_TEST_POSTGRES");

    private static readonly Lazy<Task<TestDatabase>> SqliteTemplate = new(() => MigratedAsync(Engine.Sqlite));
    private static readonly Lazy<Task<TestDatabase>> PostgresTemplate = new(() => MigratedAsync(Engine.Postgres));

    /// <param name="engine">SQLite or PostgreSQL.</param>
    /// <param name="migrated">A copy of a database migrated once a process; else an empty one, for a test that brings tables of its own or migrates itself.</param>
    public static async Task<TestDatabase> CreateAsync(Engine engine, bool migrated = false)
    {
        var template = !migrated ? null : await (engine == Engine.Sqlite ? SqliteTemplate : PostgresTemplate).Value;
        var folder = Directory.CreateTempSubdirectory("waymark-test-").FullName;
        if (engine == Engine.Sqlite)
        {
            if (template is not null)
            {
                File.Copy(template.Choice.SqliteFile, Path.Combine(folder, Path.GetFileName(template.Choice.SqliteFile)));
            }

            return new TestDatabase(folder, null, new DatabaseChoice(folder, null));
        }

        if (!HasPostgres)
        {
            throw new InvalidOperationException("WAYMARK_TEST_POSTGRES is not set: run ./test, which starts a throw-away PostgreSQL, or name a cluster on loopback.");
        }

        var name = $"waymark_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name}{(template is null ? "" : $" TEMPLATE {template.name}")}");
        var connection = new NpgsqlConnectionStringBuilder(Server) { Database = name, MaxPoolSize = 20 }.ConnectionString;
        return new TestDatabase(folder, name, new DatabaseChoice(folder, connection));
    }

    /// <summary>Stands until the process ends; the cluster, or the temporary folder, goes after it.</summary>
    private static async Task<TestDatabase> MigratedAsync(Engine engine)
    {
        var database = await CreateAsync(engine);
        await using (var services = Site.ServicesFor(database.Choice))
        {
            await Site.PrepareDatabaseAsync(services);
        }

        if (engine == Engine.Postgres)
        {
            NpgsqlConnection.ClearPool(new NpgsqlConnection(database.Choice.PostgresConnection));
        }
        else
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={database.Choice.SqliteFile};Pooling=False");
            await connection.OpenAsync();
            await using var checkpoint = new Microsoft.Data.Sqlite.SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
            await checkpoint.ExecuteNonQueryAsync();
        }

        return database;
    }

    public async ValueTask DisposeAsync()
    {
        if (name is not null)
        {
            NpgsqlConnection.ClearPool(new NpgsqlConnection(Choice.PostgresConnection));
            await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
