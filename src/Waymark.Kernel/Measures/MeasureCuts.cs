using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;

namespace Waymark.Kernel.Measures;

/// <summary>A measure divided by any cut, from one read, with what the viewer may not see hidden.</summary>
[Scoped]
public sealed class MeasureCuts(WaymarkDb db, MeasureEngine engine)
{
    /// <summary>Value of the cell that stands for all workers the viewer may not see by name.</summary>
    public const string OtherWorkers = "other-workers";

    /// <summary>The measure at each value of the cut that has rows, in the order in which they are shown.</summary>
    /// <param name="within">Cuts already made.</param>
    public async Task<IReadOnlyList<CutCell>> ByAsync(
        Measure measure, Cut cut, DateOnly asAt, Viewer viewer, DateOnly? periodFrom = null, IReadOnlyList<CutValue>? within = null, CancellationToken cancellation = default)
    {
        var query = engine.RowsOf(measure, asAt, periodFrom, within, cut.OfPerson);
        var rows = await engine.WithHitsAsync(measure, await ReadAsync(query, cut, cancellation), asAt, cancellation);
        var titles = await TitlesAsync(cut, rows, cancellation);
        var seen = cut == Cut.Worker ? await WorkersSeenByAsync(viewer, asAt, cancellation) : null;
        var cells = rows.GroupBy(r => ValueOf(cut, r, asAt, seen)).Select(g => new CutCell(
            g.Key, titles.GetValueOrDefault(g.Key) ?? Title(cut, g.Key), MeasureEngine.Fold(measure, [.. g], asAt, periodFrom ?? measure.PeriodFrom(asAt), null), false));
        var ordered = Order(cut, cells).ToList();
        return viewer.May(Can.OpenMeasureRows) ? ordered : Suppression.HideSingles(ordered);
    }

    /// <summary>Whether cuts made by hand leave this viewer with one person: then the value is not shown.</summary>
    public static bool IsSuppressed(MeasureValue value, IReadOnlyList<CutValue> cuts, Viewer viewer) => cuts.Count > 0 && value.People == 1 && !viewer.May(Can.OpenMeasureRows);

    /// <summary>What a cut's value is called.</summary>
    public async Task<string> TitleAsync(CutValue value, CancellationToken cancellation = default)
    {
        var cut = Cut.At(value.Cut);
        if (Guid.TryParse(value.Value, out var id) && cut.Key is "team" or "worker")
        {
            return (cut == Cut.Team
                ? await db.Teams.Where(t => t.Id == id).Select(t => t.Name).FirstOrDefaultAsync(cancellation)
                : await db.Users.Where(u => u.Id == id).Select(u => u.DisplayName).FirstOrDefaultAsync(cancellation)) ?? "Unknown";
        }

        return Title(cut, value.Value);
    }

    /// <summary>The workers whose own rows a viewer may see: themselves and the members of the teams they manage. Null for the system: all.</summary>
    public async Task<HashSet<Guid>?> WorkersSeenByAsync(Viewer viewer, DateOnly on, CancellationToken cancellation = default)
    {
        if (viewer.IsSystem)
        {
            return null;
        }

        var managed = viewer.ManagedTeamIds;
        var members = await db.TeamMembers.Where(m => managed.Contains(m.TeamId) && m.FromDate <= on && (m.ToDate == null || m.ToDate > on))
            .Select(m => m.UserId).ToListAsync(cancellation);
        return [viewer.UserId, .. members];
    }

    private static async Task<List<CutRow>> ReadAsync(IQueryable<CutRow> query, Cut cut, CancellationToken cancellation) => cut.OfPerson
        ? await query.Select(r => new CutRow
        {
            SubjectId = "", PersonId = r.PersonId, From = r.From, Since = r.Since, Value = r.Value, Hit = r.Hit, BirthDate = r.BirthDate, AgeBand = r.AgeBand, Sex = r.Sex,
            Ethnicity = r.Ethnicity, SupportReason = r.SupportReason, HasDisability = r.HasDisability, Ward = r.Ward,
        }).ToListAsync(cancellation)
        : await query.Select(r => new CutRow
        {
            SubjectId = "", PersonId = r.PersonId, From = r.From, Since = r.Since, Value = r.Value, Hit = r.Hit, TeamId = r.TeamId, WorkerId = r.WorkerId, Reason = r.Reason,
        }).ToListAsync(cancellation);

    private static string ValueOf(Cut cut, CutRow row, DateOnly asAt, HashSet<Guid>? workersSeen) => cut.Key switch
    {
        "team" => row.TeamId?.ToString() ?? Cut.NotRecorded,
        "worker" => row.WorkerId is not { } worker ? Cut.NotRecorded : workersSeen is null || workersSeen.Contains(worker) ? worker.ToString() : OtherWorkers,
        "ward" => row.Ward ?? Cut.NotRecorded,
        "sex" => row.Sex is null or People.Sex.NotKnown ? Cut.NotRecorded : row.Sex.ToString()!,
        "ethnicity" => row.Ethnicity ?? Cut.NotRecorded,
        "disability" => row.HasDisability switch { true => "yes", false => "no", null => Cut.NotRecorded },
        "support-reason" => row.SupportReason ?? Cut.NotRecorded,
        "reason" => row.Reason ?? Cut.NotRecorded,
        _ => AgeBands.Of(cut.Ages!, row.BirthDate, row.AgeBand, asAt),
    };

    private static string Title(Cut cut, string value) => (cut.Key, value) switch
    {
        (_, Cut.NotRecorded) => cut.Key is "team" or "worker" ? $"No {cut.Key}" : "Not recorded",
        ("worker", OtherWorkers) => "Other workers",
        ("disability", _) => value == "yes" ? "Disabled" : "Not disabled",
        ("reason", _) => Departures.Title(value),
        _ => value,
    };

    private async Task<Dictionary<string, string>> TitlesAsync(Cut cut, IReadOnlyList<CutRow> rows, CancellationToken cancellation)
    {
        var ids = rows.Select(r => cut == Cut.Team ? r.TeamId : cut == Cut.Worker ? r.WorkerId : null).OfType<Guid>().Distinct().ToList();
        if (ids.Count == 0)
        {
            return [];
        }

        return cut == Cut.Team
            ? await db.Teams.Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id.ToString(), t => t.Name, cancellation)
            : await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id.ToString(), u => u.DisplayName, cancellation);
    }

    private static IEnumerable<CutCell> Order(Cut cut, IEnumerable<CutCell> cells)
    {
        var last = cells.OrderBy(c => c.Value is Cut.NotRecorded or OtherWorkers or AgeBands.Unknown);
        return cut == Cut.Reason ? last.ThenByDescending(c => c.Measured.Rows) : last.ThenBy(c => cut.Rank(c.Value)).ThenBy(c => c.Title, StringComparer.OrdinalIgnoreCase);
    }
}
