namespace Waymark.Kernel.People;

/// <summary>Someone found, and why.</summary>
public sealed record PersonHit
{
    public required Guid Id { get; init; }
    public required string Reference { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public string? PreferredName { get; init; }
    public required string SortKey { get; init; }
    public DateOnly? BirthDate { get; init; }
    public DateOnly? DeathDate { get; init; }
    public string? NhsNumber { get; init; }
    public string? CouncilId { get; init; }
    public string? Address { get; init; }
    public string? Postcode { get; init; }
    public string? PostcodeKey { get; init; }
    public string? PhoneKey { get; init; }

    /// <summary>"name", "sounds like Okafor", "date of birth": in the order of weight.</summary>
    public IReadOnlyList<string> Why { get; init; } = [];

    /// <summary>0 to 1.</summary>
    public double Score { get; init; }

    /// <summary>The viewer may not open it: only that a restricted record exists is shown.</summary>
    public bool IsRestricted { get; init; }

    public string Name => $"{PreferredName ?? GivenName} {FamilyName}".Trim();

    /// <summary>The name with the given name, where the person is called something else.</summary>
    public string FullName => PreferredName is null || PreferredName == GivenName ? Name : $"{Name} ({GivenName})";
}

/// <summary>What a search found.</summary>
/// <param name="Query">As it was read.</param>
/// <param name="Hits">The best first; at most <see cref="FindPeople.MostHits"/>.</param>
/// <param name="IsCut">More people may fit than were looked at.</param>
/// <param name="Restricted">Hits the viewer may not see at all but may know to exist; they are not among <paramref name="Hits"/>.</param>
public sealed record PersonSearch(PersonQuery Query, IReadOnlyList<PersonHit> Hits, bool IsCut, int Restricted)
{
    public static PersonSearch Nothing(PersonQuery query) => new(query, [], false, 0);
}
