using System.Globalization;

namespace Waymark.Safeguarding.Collection;

/// <summary>A year of the Safeguarding Adults Collection: April to March.</summary>
/// <param name="Start">The calendar year of its April.</param>
public sealed record CollectionYear(int Start)
{
    public DateOnly First => new(Start, 4, 1);
    public DateOnly Last => new(Start + 1, 3, 31);

    /// <summary>"2023/24".</summary>
    public string Title => string.Create(CultureInfo.InvariantCulture, $"{Start}/{(Start + 1) % 100:00}");

    public static CollectionYear Of(DateOnly day) => new(day.Month < 4 ? day.Year - 1 : day.Year);
}
