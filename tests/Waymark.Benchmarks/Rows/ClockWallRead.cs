using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Pathways.Wall;

namespace Waymark.Benchmarks.Rows;

/// <summary>
/// The clock wall of safeguarding over ten years of concerns. The baseline reads every running clock of an open item once and sweeps: cells by team and clock, and the
/// oldest fifty of the backlog, whose people it then reads.
/// </summary>
public sealed class ClockWallRead : Row
{
    public override string Name => "clock-wall";
    public override double Target => 2;

    public override async Task<Result> RunAsync(Ground ground)
    {
        await SafeguardingData.MakeAsync(ground, seed: 7);
        await using var scope = ground.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Viewer>().ActAsSystem();
        var reader = scope.ServiceProvider.GetRequiredService<ClockWallReader>();
        var clock = scope.ServiceProvider.GetRequiredService<CareClock>();
        var area = reader.Areas.Single(a => a.Name == "Safeguarding");
        ClockWall wall = null!;
        Swept swept = null!;
        var result = await Timing.InTurnAsync(9, async () => wall = await reader.ReadAsync(area), async () => swept = await SweepAsync(ground, clock.Now, clock.Today, ClockWallReader.Since(clock.Today)));
        var isSame = wall.Cells.Values.Sum(c => c.Open) == swept.Cells.Values.Sum(c => c.Open) && wall.Cells.Values.Sum(c => c.Backlog) == swept.Cells.Values.Sum(c => c.Backlog)
            && wall.Cells.Values.Sum(c => c.Breached) == swept.Cells.Values.Sum(c => c.Breached) && wall.Backlog.Count == swept.Names.Count && wall.Backlog[0].DueDate == swept.Oldest;
        return isSame ? result : throw new InvalidOperationException("Ours and the baseline give different walls.");
    }

    private sealed record Swept(Dictionary<(Guid?, string, string), Cell> Cells, List<string> Names, DateOnly Oldest);

    private sealed class Cell
    {
        public int Open, DueToday, Breached, Backlog;
    }

    private static async Task<Swept> SweepAsync(Ground ground, DateTime now, DateOnly today, DateOnly since)
    {
        await using var connection = await ground.BareAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT e."TeamId", e."PathwayKey", c."ClockKey", c."DueOn", c."DueDate", c."IsThreshold", e."Id", e."Reference", e."PersonId"
            FROM "EpisodeClock" c JOIN "Episode" e ON e."Id" = c."EpisodeId"
            WHERE c."StoppedOn" IS NULL AND e."ClosedDate" IS NULL AND e."PathwayKey" IN ('safeguarding-concern', 'safeguarding-enquiry')
            """;
        var cells = new Dictionary<(Guid?, string, string), Cell>();
        var late = new Dictionary<Guid, (DateTime Due, DateOnly Day, Guid Person)>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                var key = (reader.IsDBNull(0) ? (Guid?)null : reader.GetGuid(0), reader.GetString(1), reader.GetString(2));
                if (!cells.TryGetValue(key, out var cell))
                {
                    cells[key] = cell = new Cell();
                }

                var (due, day) = (reader.GetDateTime(3), reader.GetFieldValue<DateOnly>(4));
                cell.Open++;
                cell.DueToday += day == today && due >= now ? 1 : 0;
                cell.Breached += due < now && day >= since ? 1 : 0;
                cell.Backlog += day < since ? 1 : 0;
                if (day < since && !reader.GetBoolean(5) && (!late.TryGetValue(reader.GetGuid(6), out var known) || due < known.Due))
                {
                    late[reader.GetGuid(6)] = (due, day, reader.GetGuid(8));
                }
            }
        }

        var oldest = late.Values.OrderBy(l => l.Due).Take(ClockWallReader.MostBacklog).ToList();
        var names = new List<string>();
        await using var people = connection.CreateCommand();
        people.CommandText = $"SELECT \"Id\", \"GivenName\", \"FamilyName\" FROM \"Person\" WHERE \"Id\" IN ({string.Join(", ", oldest.Select(o => ground.IsPostgres ? $"'{o.Person}'" : $"'{o.Person.ToString().ToUpperInvariant()}'"))})";
        var found = new Dictionary<Guid, string>();
        await using (var reader = await people.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                found[reader.GetGuid(0)] = $"{reader.GetString(1)} {reader.GetString(2)}";
            }
        }

        names.AddRange(oldest.Select(o => found[o.Person]));
        return new Swept(cells, names, oldest[0].Day);
    }
}
