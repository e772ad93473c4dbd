using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;

namespace Waymark.Benchmarks.Rows;

/// <summary>How many concerns were open on a day, over ten years of them. The baseline reads two dates a span and counts those that hold the day.</summary>
public sealed class ConcernsOpen : Row
{
    private static readonly DateOnly Day = new(2021, 3, 31);

    public override string Name => "concerns-as-at";
    public override double Target => 2;

    public override async Task<Result> RunAsync(Ground ground)
    {
        await SafeguardingData.MakeAsync(ground, seed: 7);
        await using var scope = ground.Services.CreateAsyncScope();
        var measure = scope.ServiceProvider.GetRequiredService<Catalogue>().Measures["safeguarding-concerns-open"];
        var engine = scope.ServiceProvider.GetRequiredService<MeasureEngine>();
        var (mine, theirs) = (0L, 0L);
        var result = await Timing.InTurnAsync(9, async () => mine = (await engine.ValueAsync(measure, Day)).Numerator, async () => theirs = await SweepAsync(ground));
        return mine == theirs ? result : throw new InvalidOperationException("Ours and the baseline give different numbers.");
    }

    private static async Task<long> SweepAsync(Ground ground)
    {
        await using var connection = await ground.BareAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT \"FromDate\", \"ToDate\" FROM \"StageSpan\" WHERE \"PathwayKey\" = 'safeguarding-concern' AND \"SupersededOn\" IS NULL";
        await using var reader = await command.ExecuteReaderAsync();
        var open = 0L;
        while (await reader.ReadAsync())
        {
            open += reader.GetFieldValue<DateOnly>(0) <= Day && (reader.IsDBNull(1) || reader.GetFieldValue<DateOnly>(1) > Day) ? 1 : 0;
        }

        return open;
    }
}
