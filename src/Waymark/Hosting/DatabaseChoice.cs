using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Waymark.Kernel.Data;

namespace Waymark.Host.Hosting;

/// <summary>Which engine and where: PostgreSQL when <c>WAYMARK_DB</c> holds a connection string, else the SQLite file <c>waymark.db</c> in the data folder.</summary>
public sealed record DatabaseChoice(string DataFolder, string? PostgresConnection)
{
    public static DatabaseChoice From(string dataFolder) =>
        new(Path.GetFullPath(dataFolder), Environment.GetEnvironmentVariable("WAYMARK_DB") is { Length: > 0 } connection ? connection : null);

    public bool IsPostgres => PostgresConnection is not null;
    public string SqliteFile => Path.Combine(DataFolder, "waymark.db");

    public void Configure(DbContextOptionsBuilder options)
    {
        if (IsPostgres)
        {
            options.UseNpgsql(PostgresConnection, npgsql => npgsql.MigrationsAssembly("Waymark.Host"));
        }
        else
        {
            options.UseSqlite($"Data Source={SqliteFile};Foreign Keys=True;Default Timeout=30", sqlite => sqlite.MigrationsAssembly("Waymark.Host"));
            options.AddInterceptors(SqliteSettings.Instance);
        }

        // One hand-kept initial migration until the first release; a test compares the catalogue with the model instead. A module need not have tables.
        options.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning, CoreEventId.NoEntityTypeConfigurationsWarning));

        // These print the whole error, whose words may quote a value; it is thrown too, and whoever logs it then prints its kind.
        options.ConfigureWarnings(w => w.Ignore(CoreEventId.QueryIterationFailed, CoreEventId.SaveChangesFailed));
    }
}
