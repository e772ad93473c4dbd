using System.Text.Json;
using Waymark.Benchmarks.Rows;

namespace Waymark.Benchmarks;

/// <summary>Runs every row on both engines.</summary>
public static class Runner
{
    private static readonly Row[] Rows = [new BulkLoad(), new StockHistory(), new ConcernsOpen(), new ClockWallRead(), new CollectionOfAYear(), new PersonSearch(), new WorkListPage(), new EpisodePage(), new PersonPage(), new SaveWhileViewing(), new CheckDocument(), new CheckHundredDocuments()];

    public static async Task<int> RunAsync(string[] args)
    {
        var json = args.Contains("--json");
        var size = args.Contains("--quick") ? 0.1 : 1;
        var only = args.SkipWhile(a => a != "--only").Skip(1).FirstOrDefault();
        string[] engines = Environment.GetEnvironmentVariable("WAYMARK_TEST_POSTGRES") is null ? ["sqlite"] : ["sqlite", "postgres"];
        var printed = new List<Printed>();
        foreach (var row in Rows.Where(r => only is null || r.Name.StartsWith(only, StringComparison.OrdinalIgnoreCase)))
        {
            foreach (var engine in engines)
            {
                await Console.Error.WriteLineAsync($"{row.Name} on {engine} …");
                await using var ground = await Ground.MakeAsync(engine, size);
                var result = await row.RunAsync(ground);
                var ratio = result.Ratio ?? (result.Ours / result.Baseline);
                printed.Add(new Printed(row.Name, engine, row.Unit, Tidy(result.Ours), Tidy(result.Baseline), Math.Round(ratio, 2), row.Target, Tidy(result.P50), Tidy(result.P95), result.Statements));
            }
        }

        if (json)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(printed, new JsonSerializerOptions { WriteIndented = true }));
        }
        else
        {
            Print(printed);
        }

        return 0;
    }

    private static double Tidy(double value) => Math.Round(value, value < 10 ? 3 : 1);

    private static void Print(List<Printed> rows)
    {
        Console.WriteLine($"{"row",-22} {"engine",-9} {"ours",12} {"baseline",12} {"unit",-5} {"ratio",7} {"target",7} {"p50",10} {"p95",10} {"statements",11}");
        foreach (var r in rows)
        {
            Console.WriteLine($"{r.Name,-22} {r.Engine,-9} {r.Ours,12:N3} {r.Baseline,12:N3} {r.Unit,-5} {r.Ratio,7:N2} {r.Target,7:N1} {r.P50,10:N2} {r.P95,10:N2} {r.Statements,11}{(r.Ratio > r.Target ? "  over" : "")}");
        }

        Console.WriteLine("A ratio is times worse than the baseline measured beside it in this run; lower is better.");
    }
}
