using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using CsvHelper.Configuration.Attributes;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Measures;

/// <summary>
/// Loads population estimates from a CSV with the columns <c>key,title,date,people,source</c>. An estimate of the same key and day is replaced; a file with a faulty
/// row is refused whole.
/// </summary>
[Scoped]
public sealed class LoadPopulation(WaymarkDb db, Viewer viewer, Auditor audit)
{
    public async Task<int> RunAsync(string csvText, CancellationToken cancellation = default)
    {
        if (!viewer.May(Can.EditPolicy))
        {
            throw new RefusedException("You may not load population estimates.");
        }

        var lines = Read(csvText);
        var keys = lines.Select(l => l.Key).Distinct().ToList();
        var standing = await db.PopulationEstimates.Where(p => keys.Contains(p.Key)).ToListAsync(cancellation);
        foreach (var line in lines)
        {
            if (standing.Find(p => p.Key == line.Key && p.Date == line.Date) is { } old)
            {
                (old.Title, old.People, old.Source) = (line.Title, line.People, line.Source);
            }
            else
            {
                db.Add(new PopulationEstimate { Key = line.Key, Title = line.Title, Date = line.Date, People = line.People, Source = line.Source });
            }
        }

        audit.Record("load-population", nameof(PopulationEstimate), string.Join(',', keys), new { lines = lines.Count });
        await db.SaveChangesAsync(cancellation);
        return lines.Count;
    }

    private static List<Line> Read(string csvText)
    {
        using var text = new StringReader(csvText);
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim });
        var lines = new List<Line>();
        try
        {
            foreach (var line in csv.GetRecords<Line>())
            {
                if (line.Key.Length == 0 || line.Source.Length == 0 || line.People <= 0)
                {
                    throw new RefusedException($"Line {csv.Parser.Row}: give a key, a source and a number of people above 0. Nothing was loaded.");
                }

                lines.Add(line);
            }
        }
        catch (CsvHelperException fault)
        {
            throw new RefusedException($"Line {csv.Parser.Row} cannot be read: the columns are key,title,date,people,source, the date is written 2023-06-30. Nothing was loaded. ({fault.GetType().Name})");
        }

        if (lines.Select(l => (l.Key, l.Date)).Distinct().Count() != lines.Count)
        {
            throw new RefusedException("The file gives two estimates for the same key and day. Nothing was loaded.");
        }

        return lines;
    }

    private sealed record Line
    {
        [Name("key")] public required string Key { get; init; }
        [Name("title")] public required string Title { get; init; }
        [Name("date"), Format("yyyy-MM-dd")] public required DateOnly Date { get; init; }
        [Name("people")] public required long People { get; init; }
        [Name("source")] public required string Source { get; init; }
    }
}
