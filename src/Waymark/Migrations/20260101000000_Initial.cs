using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;

namespace Waymark.Host.Migrations;

/// <summary>The whole schema. Until the first release there is this one migration and it follows the model.</summary>
[DbContext(typeof(WaymarkDb))]
[Migration("20260101000000_Initial")]
public sealed class Initial : Migration
{
    private static readonly AsyncLocal<IReadOnlyList<MigrationOperation>?> Set = new();

    /// <summary>Set by <see cref="Hosting.Schema"/> before the migration runs; each start has its own, since tests start sites of both engines side by side.</summary>
    internal static IReadOnlyList<MigrationOperation> Schema { get => Set.Value ?? []; set => Set.Value = value; }

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Operations.AddRange(Schema);
        foreach (var trigger in AppendOnly.Triggers(isPostgres: ActiveProvider == "Npgsql.EntityFrameworkCore.PostgreSQL"))
        {
            migrationBuilder.Sql(trigger);
        }
    }
}
