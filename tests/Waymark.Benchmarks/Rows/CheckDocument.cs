using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Waymark.Text;
using Waymark.Text.Reading;

namespace Waymark.Benchmarks.Rows;

/// <summary>A document of seventy pages checked, beside reading it and finding its numbers with one regular expression.</summary>
public sealed partial class CheckDocument : Row
{
    public override string Name => "check a document";
    public override double Target => 25;

    public override async Task<Result> RunAsync(Ground ground)
    {
        var file = Path.Combine(Path.GetTempPath(), $"waymark-bench-{Guid.NewGuid():N}.txt");
        await File.WriteAllTextAsync(file, Seventy(1));
        try
        {
            return await Timing.InTurnAsync(15, () => Task.FromResult(Checker.Check(DocumentFile.Read(file))), () => Task.FromResult(Numbers().Matches(File.ReadAllText(file)).Select(m => m.Value).ToList()), warmUp: 10);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>About 180,000 characters of prose, lists and tables, no two paragraphs alike.</summary>
    public static string Seventy(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder($"Annual report 2023/24\n\n");
        string[] things = ["safeguarding concerns", "referrals to the front door", "reviews of support plans", "requests for equipment", "carers' assessments", "visits to day centres", "calls to the helpline"];
        string[] teams = ["North", "South", "East", "West", "Central"];
        for (var section = 1; text.Length < 180_000; section++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{section}. How the {teams[section % 5]} team did\n\nThe team works with people, families and partners to find out what matters to each person, and what would help them to live the life they want. It meets every week, and its work is looked at by managers, by people who use services and by carers.\n\n");
            for (var p = 0; p < 4; p++)
            {
                var (before, now) = (random.Next(900, 4000), random.Next(900, 4000));
                var up = now > before;
                var part = random.Next(10, now);
                text.Append(CultureInfo.InvariantCulture, $"In {2000 + random.Next(18, 24)}/{random.Next(19, 25)} there were {now:N0} {things[random.Next(things.Length)]}, {(up ? "up" : "down")} from {before:N0} the year before, a change of {100m * Math.Abs(now - before) / before:0.0}%. Of these, {part:N0} ({100m * part / now:0.0}%) were dealt with inside {random.Next(5, 30)} days. People told us that they were listened to, and that the help they had made a difference; some said that they had waited too long, and that they had not been told why.\n\n");
            }

            text.Append("Team            2022/23    2023/24\n");
            foreach (var team in teams)
            {
                text.Append(CultureInfo.InvariantCulture, $"{team,-16}{random.Next(100, 900),7}    {random.Next(100, 900),7}\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    [GeneratedRegex(@"£?\d[\d,]*(\.\d+)?%?")]
    private static partial Regex Numbers();
}

/// <summary>A hundred such documents one after another, beside a hundred times one: time grows with the length, and nothing piles up.</summary>
public sealed class CheckHundredDocuments : Row
{
    public override string Name => "check 100 documents";
    public override double Target => 1.2;

    public override async Task<Result> RunAsync(Ground ground)
    {
        var texts = Enumerable.Range(1, ground.Scaled(100)).Select(CheckDocument.Seventy).ToList();
        var one = texts[0];
        void Check(string text) => Checker.Check(SourceDocument.FromText("report.txt", text));
        return await Timing.InTurnAsync(3, () =>
        {
            texts.ForEach(Check);
            return Task.CompletedTask;
        }, () =>
        {
            texts.ForEach(_ => Check(one));
            return Task.CompletedTask;
        }, warmUp: 1);
    }
}
