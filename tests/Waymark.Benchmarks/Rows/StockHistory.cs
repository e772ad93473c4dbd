using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;

namespace Waymark.Benchmarks.Rows;

/// <summary>The waiting list on every week of three years, over 300,000 spans. The baseline reads two dates a span and sweeps them once.</summary>
public sealed class StockHistory : Row
{
    private static readonly DateOnly Day = new(2024, 7, 31);

    public override string Name => "stock-history";
    public override double Target => 2;

    public override async Task<Result> RunAsync(Ground ground)
    {
        await ground.InDbAsync(db => new BulkWriter(db).WriteAsync(Data.Spans(ground.Scaled(300_000), seed: 2)));
        await ground.AnalyseAsync();
        await using var scope = ground.Services.CreateAsyncScope();
        var measure = scope.ServiceProvider.GetRequiredService<Catalogue>().Measures["assessment-waiting-items"];
        var history = scope.ServiceProvider.GetRequiredService<MeasureHistory>();
        IReadOnlyList<HistoryPoint> mine = [];
        List<int> theirs = [];
        var result = await Timing.InTurnAsync(9, async () => mine = await history.HistoryAsync(measure, Day), async () => theirs = await SweepAsync(ground, [.. MeasureHistory.Days(Day, HistoryStep.Weekly, 3)]));
        if (!mine.Select(p => (int)p.Numerator).SequenceEqual(theirs))
        {
            throw new InvalidOperationException("Ours and the baseline give different numbers.");
        }

        return result;
    }

    private static async Task<List<int>> SweepAsync(Ground ground, DateOnly[] days)
    {
        await using var connection = await ground.BareAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT \"FromDate\", \"ToDate\" FROM \"StageSpan\" WHERE \"PathwayKey\" = 'care-act-assessment' AND \"StageKey\" = 'allocate' AND \"SupersededOn\" IS NULL";
        await using var reader = await command.ExecuteReaderAsync();
        var first = days[0].DayNumber;
        var change = new int[days[^1].DayNumber - first + 2];
        while (await reader.ReadAsync())
        {
            var from = Math.Max(0, reader.GetFieldValue<DateOnly>(0).DayNumber - first);
            var to = reader.IsDBNull(1) ? int.MaxValue : reader.GetFieldValue<DateOnly>(1).DayNumber - first;
            if (to <= from || from >= change.Length)
            {
                continue;
            }

            change[from]++;
            if (to < change.Length)
            {
                change[to]--;
            }
        }

        var counts = new List<int>(days.Length);
        var (at, open) = (0, 0);
        foreach (var day in days)
        {
            for (; at <= day.DayNumber - first; at++)
            {
                open += change[at];
            }

            counts.Add(open);
        }

        return counts;
    }
}
