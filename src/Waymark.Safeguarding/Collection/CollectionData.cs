using Waymark.Kernel.People;
using Waymark.Safeguarding.Concerns;

namespace Waymark.Safeguarding.Collection;

/// <summary>What the tables of one year are counted from, read once.</summary>
internal sealed record CollectionData
{
    public required CollectionYear Year { get; init; }

    /// <summary>Concerns raised in the year, with the adult of each.</summary>
    public required IReadOnlyList<CollectionAdult> Concerns { get; init; }

    /// <summary>Adults of enquiries started in the year: one row for each adult of each.</summary>
    public required IReadOnlyList<CollectionAdult> Started { get; init; }

    /// <summary>Enquiries concluded in the year.</summary>
    public required IReadOnlyList<ConcludedEnquiry> Concluded { get; init; }
    public required IReadOnlyList<AdultReview> Reviews { get; init; }
}

/// <summary>An adult of a concern or an enquiry, as SG1 counts individuals.</summary>
internal sealed record CollectionAdult
{
    public required Guid EpisodeId { get; init; }
    public required DateOnly Date { get; init; }

    /// <summary>Of an enquiry: under section 42, or another one. Null for a concern.</summary>
    public bool? IsSection42 { get; init; }

    /// <summary>Null where the concern or enquiry names nobody: it counts as activity and as no individual.</summary>
    public Guid? PersonId { get; init; }
    public DateOnly? BirthDate { get; init; }
    public DateOnly? DeathDate { get; init; }
    public string? AgeBand { get; init; }
    public Sex? Sex { get; init; }
    public string? Ethnicity { get; init; }
    public string? SupportReason { get; init; }
    public string? HealthConditions { get; init; }
}

/// <summary>An enquiry as SG2 to SG4 count it.</summary>
internal sealed record ConcludedEnquiry
{
    public required Guid EpisodeId { get; init; }
    public required Guid? PersonId { get; init; }
    public required DateOnly Date { get; init; }
    public required bool IsSection42 { get; init; }
    public required CapacityAnswer? Capacity { get; init; }
    public required SupportedBy? SupportedBy { get; init; }
    public required RiskAssessmentOutcome? RiskAssessment { get; init; }
    public required RiskOutcome? RiskOutcome { get; init; }
    public required OutcomesAsked? AskedAtClose { get; init; }
    public required OutcomesAchieved? Achieved { get; init; }

    /// <summary>Type, source and place, each as far as it is known.</summary>
    public IReadOnlyList<SafeguardingRisk> Risks { get; set; } = [];
}
