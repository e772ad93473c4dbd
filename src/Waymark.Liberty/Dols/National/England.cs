using System.Globalization;
using CsvHelper;
using Waymark.Kernel.Policy;

namespace Waymark.Liberty.Dols.National;

/// <summary>Applications in England in a financial year: a parliamentary answer of November and December 2024.</summary>
public sealed record EnglandYear(string Year, long Received, long Completed, long? LeftOpen)
{
    public static IReadOnlyList<EnglandYear> All { get; } = Read();

    private static List<EnglandYear> Read()
    {
        using var csv = new CsvReader(new StringReader(PolicyPart.EmbeddedText(typeof(EnglandYear).Assembly, "dols-england.csv")), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var years = new List<EnglandYear>();
        while (csv.Read())
        {
            years.Add(new EnglandYear(csv[0]!, long.Parse(csv[1]!, CultureInfo.InvariantCulture), long.Parse(csv[2]!, CultureInfo.InvariantCulture), csv[3] is { Length: > 0 } left ? long.Parse(left, CultureInfo.InvariantCulture) : null));
        }

        return years;
    }
}
