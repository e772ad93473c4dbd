using System.Text.Json.Serialization;

namespace Waymark.Benchmarks;

/// <summary>
/// One row of the bench, in one file with its baseline: the least work that gives the same data, measured beside ours in the same run. The baseline was written first.
/// </summary>
public abstract class Row
{
    public abstract string Name { get; }
    public virtual string Unit => "ms";
    public abstract double Target { get; }

    /// <param name="ground">An engine and how large everything is.</param>
    public abstract Task<Result> RunAsync(Ground ground);
}

/// <param name="Ours">Median of ours, in the row's unit.</param>
/// <param name="Baseline">Median of the baseline.</param>
/// <param name="P50">Of ours.</param>
/// <param name="P95">Of ours.</param>
/// <param name="Statements">SQL statements of one run of ours, where the row limits them.</param>
/// <param name="Ratio">Where it is not ours over baseline: of the 95th percentiles.</param>
public sealed record Result(double Ours, double Baseline, double P50, double P95, int? Statements = null, double? Ratio = null);

/// <summary>A printed row: a ratio means times worse than the baseline, lower is better.</summary>
public sealed record Printed(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("engine")] string Engine,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("ours")] double Ours,
    [property: JsonPropertyName("baseline")] double Baseline,
    [property: JsonPropertyName("ratio")] double Ratio,
    [property: JsonPropertyName("target")] double Target,
    [property: JsonPropertyName("p50")] double P50,
    [property: JsonPropertyName("p95")] double P95,
    [property: JsonPropertyName("statements")] int? Statements);

/// <summary>Times two things in turn, so that a machine that drifts drifts for both.</summary>
public static class Timing
{
    /// <param name="before">Puts things back before each run of either; not timed.</param>
    public static async Task<Result> InTurnAsync(int times, Func<Task> ours, Func<Task> baseline, int warmUp = 2, Func<Task>? before = null)
    {
        before ??= () => Task.CompletedTask;
        var (mine, theirs) = (new List<double>(), new List<double>());
        for (var i = -warmUp; i < times; i++)
        {
            await before();
            var their = await MsAsync(baseline);
            await before();
            var my = await MsAsync(ours);
            if (i >= 0)
            {
                theirs.Add(their);
                mine.Add(my);
            }
        }

        return new Result(At(mine, 0.5), At(theirs, 0.5), At(mine, 0.5), At(mine, 0.95));
    }

    public static async Task<double> MsAsync(Func<Task> work)
    {
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        await work();
        return System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    public static double At(List<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1)];
    }
}
