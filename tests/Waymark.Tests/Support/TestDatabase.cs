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

    public static async Task<TestDatabase> CreateAsync(Engine engine)
    {
        var folder = Directory.CreateTempSubdirectory("waymark-test-").FullName;
        if (engine == Engine.Sqlite)
        {
            return new TestDatabase(folder, null, new DatabaseChoice(folder, null));
        }

        if (!HasPostgres)
        {
            throw new InvalidOperationException("WAYMARK_TEST_POSTGRES is not set: run ./test, which starts a throw-away PostgreSQL, or name a cluster on loopback.");
        }

        var name = $"waymark_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        var connection = new NpgsqlConnectionStringBuilder(Server) { Database = name, MaxPoolSize = 20 }.ConnectionString;
        return new TestDatabase(folder, name, new DatabaseChoice(folder, connection));
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
