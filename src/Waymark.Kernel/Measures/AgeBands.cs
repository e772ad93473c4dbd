namespace Waymark.Kernel.Measures;

/// <summary>A band of whole years of age.</summary>
/// <param name="Title">As CLD writes it, and as an extract's age band is stored.</param>
/// <param name="From">Youngest age in it.</param>
/// <param name="Below">First age above it; null when it has no upper end.</param>
public sealed record AgeBand(string Title, int From, int? Below)
{
    /// <summary>The day somebody reaches an age; born on 29 February, it is 1 March in other years (as <see cref="People.Names.Age"/>).</summary>
    public static DateOnly Birthday(DateOnly birth, int age)
    {
        var year = Math.Min(birth.Year + age, 9998);
        return birth is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year) ? new DateOnly(year, 3, 1) : new DateOnly(year, birth.Month, birth.Day);
    }
}

/// <summary>The age bands of the Client Level Data specification, release 2.</summary>
public static class AgeBands
{
    public const string Unknown = "Unknown";

    public static IReadOnlyList<AgeBand> Cld { get; } =
    [
        new("Under 18", 0, 18), new("18 to 24", 18, 25), new("25 to 44", 25, 45), new("45 to 64", 45, 65), new("65 to 74", 65, 75),
        new("75 to 84", 75, 85), new("85 to 94", 85, 95), new("95 and above", 95, null),
    ];

    /// <summary>Working age and older, the split of most national measures.</summary>
    public static IReadOnlyList<AgeBand> WorkingAge { get; } = [new("Under 18", 0, 18), new("18 to 64", 18, 65), new("65 and above", 65, null)];

    /// <summary>The band's title as stored, from the ways that extracts write it (<c>75-84</c>, <c>85+</c>, <c>under 18</c>); null when it is no band of <see cref="Cld"/>.</summary>
    public static string? Normalise(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var numbers = Numbers(text);
        var isUnder = text.Contains("under", StringComparison.OrdinalIgnoreCase) || text.Contains('<');
        return Cld.FirstOrDefault(b => numbers switch
        {
            [var below] when isUnder => b.From == 0 && b.Below == below,
            [var from] => b.From == from && b.Below is null,
            [var from, var to] => b.From == from && b.Below == to + 1,
            _ => false,
        })?.Title;
    }

    /// <summary>The band of <paramref name="bands"/> that holds somebody on a day, by birth date or else by the band an extract gave.</summary>
    public static string Of(IReadOnlyList<AgeBand> bands, DateOnly? birth, string? given, DateOnly day)
    {
        if (birth is { } born)
        {
            var age = People.Names.Age(born, day);
            return bands.FirstOrDefault(b => b.Below is null || age < b.Below)?.Title ?? Unknown;
        }

        var stated = Cld.FirstOrDefault(b => b.Title == given);
        return stated is null ? Unknown : bands.FirstOrDefault(b => Holds(b, stated))?.Title ?? Unknown;
    }

    /// <summary>The whole of <paramref name="narrow"/> lies in <paramref name="wide"/>.</summary>
    public static bool Holds(AgeBand wide, AgeBand narrow) =>
        narrow.From >= wide.From && (wide.Below is null || (narrow.Below is { } below && below <= wide.Below));

    private static List<int> Numbers(string text)
    {
        var numbers = new List<int>();
        foreach (var run in text.Split([.. text.Where(c => !char.IsAsciiDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries))
        {
            if (run.Length <= 3)
            {
                numbers.Add(int.Parse(run, System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return numbers;
    }
}
