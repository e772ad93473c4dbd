using System.Text.Json;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Returns.OpenItems;

/// <summary>Reads a file and keeps its good rows beside the records, so that a person can see what it would do. Nothing else changes.</summary>
[Scoped]
public sealed class StageOpenItems(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit, OpenItemStore store, BulkWriter bulk)
{
    public async Task<StagedImport> RunAsync(string fileName, byte[] bytes, string? asAt = null, string? kinds = null, string? teams = null)
    {
        var demo = await db.Settings.FindAsync("demo");
        if (demo is { Value: "true" })
        {
            throw new RefusedException("This database holds the demo county. An extract goes into a database of its own: name another folder, ./waymark import open-items FILE --data my-council");
        }

        var file = new OpenItemReader(clock.Today).Read(Path.GetFileName(fileName), bytes, asAt, kinds, teams);
        if (file.Items.Count == 0)
        {
            var first = file.Faults.Count > 0 ? $" The first fault, line {file.Faults[0].Line}: {file.Faults[0].Message}" : "";
            throw new RefusedException($"{file.FileName} holds no row that can be taken ({file.RowCount} read).{first}");
        }

        var import = new OpenItemImport
        {
            FileName = file.FileName,
            Sha256 = file.Sha256,
            AsAt = file.AsAt,
            Kinds = string.Join(',', file.Kinds),
            Teams = string.Join(',', file.Teams),
            CoverageDeclared = file.CoverageDeclared,
            StagedOn = clock.Now,
            StagedById = viewer.IsSystem ? null : viewer.UserId,
            State = OpenItemImportState.Staged,
            Rows = file.RowCount,
            Faulty = file.RowCount - file.Items.Count,
            Faults = JsonSerializer.Serialize(new StagedFaults(file.Faults, file.Warnings, [.. file.FaultyKeys])),
        };
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Add(import);
        audit.Record("stage-open-items", import, new { import.FileName, import.Sha256, import.Rows, import.Faulty });
        await db.SaveChangesAsync();
        await bulk.WriteAsync(file.Items.Select(i => new StagedOpenItem { ImportId = import.Id, Line = i.Line, Item = JsonSerializer.Serialize(i) }));
        await transaction.CommitAsync();

        return new StagedImport(import, file, OpenItemPlan.Make(file, await store.StandsAsync()));
    }
}

/// <summary>A file staged, and what loading it would do.</summary>
public sealed record StagedImport(OpenItemImport Import, OpenItemFile File, OpenItemPlan Plan);

/// <summary>What <see cref="OpenItemImport.Faults"/> holds.</summary>
public sealed record StagedFaults(IReadOnlyList<RowFault> Faults, IReadOnlyList<RowFault> Warnings, IReadOnlyList<string> FaultyKeys);
