using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Waymark.Kernel.Data;

namespace Waymark.Host.Migrations;

/// <summary>The whole schema. Until the first release there is this one migration and it follows the model.</summary>
[DbContext(typeof(WaymarkDb))]
[Migration("20260101000000_Initial")]
public sealed class Initial : Migration
{
    /// <summary>Set by <see cref="Hosting.Site.PrepareDatabaseAsync"/> before the migration runs.</summary>
    internal static IReadOnlyList<MigrationOperation> Schema { get; set; } = [];

    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Operations.AddRange(Schema);
}
