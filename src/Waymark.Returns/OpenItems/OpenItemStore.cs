using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;

namespace Waymark.Returns.OpenItems;

/// <summary>Reads what earlier imports left, for the plan and the load.</summary>
[Scoped]
public sealed class OpenItemStore(WaymarkDb db)
{
    /// <summary><see cref="Episode.Source"/> of every episode an open-items file made.</summary>
    public const string Source = "open-items";

    /// <summary>Every episode an open-items file made. One statement; a council's open lists with their closed items fit in memory many times over.</summary>
    public async Task<IReadOnlyList<OpenItemState>> StandsAsync() =>
        await (from episode in db.Episodes.AsNoTracking()
               where episode.Source == Source
               join team in db.Teams on episode.TeamId equals team.Id into teams
               from team in teams.DefaultIfEmpty()
               join person in db.People on episode.PersonId equals person.Id into people
               from person in people.DefaultIfEmpty()
               select new OpenItemState(episode.Id, episode.SourceReference!, episode.Kind!, episode.ClosedDate != null, team!.Name, person!.CouncilId)).ToListAsync();

    /// <summary>The day of the newest loaded file that covers a kind, or of any kind; null when there is none.</summary>
    public async Task<DateOnly?> NewestAsync(string? kind = null)
    {
        var loaded = await db.Set<OpenItemImport>().AsNoTracking().Where(i => i.State == OpenItemImportState.Loaded).Select(i => new { i.AsAt, i.Kinds }).ToListAsync();
        return loaded.Where(i => kind is null || i.Kinds.Split(',').Contains(kind)).Max(i => (DateOnly?)i.AsAt);
    }

    /// <summary>A staged file as it was read.</summary>
    public async Task<OpenItemFile> StagedAsync(OpenItemImport import)
    {
        var rows = await db.Set<StagedOpenItem>().AsNoTracking().Where(s => s.ImportId == import.Id).OrderBy(s => s.Line).Select(s => s.Item).ToListAsync();
        var faults = JsonSerializer.Deserialize<StagedFaults>(import.Faults)!;
        return new OpenItemFile(
            import.FileName, import.Sha256, import.AsAt, Split(import.Kinds), Split(import.Teams), import.CoverageDeclared, import.Rows,
            [.. rows.Select(r => JsonSerializer.Deserialize<OpenItem>(r)!)], faults.Faults, faults.Warnings, faults.FaultyKeys.ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
