using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;
using Waymark.Kernel.SubjectAccess;

namespace Waymark.Safeguarding.Concerns;

/// <summary>How a concern reached the council.</summary>
public enum ConcernChannel { Public, Professional, Provider, FrontDoor, OtherCouncil }

/// <summary>
/// What lists and measures read of a concern, promoted from its forms: one row an episode. The four times are kept apart: it happened, somebody identified it, they
/// raised it, the council received it (the episode's <see cref="Kernel.Pathways.Episode.ReceivedOn"/>).
/// </summary>
public sealed class ConcernRecord : Entity
{
    public required Guid EpisodeId { get; init; }
    [ThirdParty]
    public required ConcernChannel Channel { get; init; }
    [ThirdParty]
    public required ConcernSource Source { get; set; }

    /// <summary>The agency that raised it, for feedback on its concerns. As typed.</summary>
    [ThirdParty]
    public string? SourceName { get; set; }

    /// <summary>Made with the page it was sent from: the same page sent twice is one concern.</summary>
    public Guid? SentKey { get; init; }
    [ThirdParty]
    public bool IsAnonymous { get; set; }

    /// <summary>By someone who works for what it is about. Never to be shown in that organisation's account; only the sender sees a receipt.</summary>
    [ThirdParty]
    public bool IsWhistleblower { get; set; }

    /// <summary>The referrer asks that their name is told to nobody outside the council.</summary>
    [ThirdParty]
    public bool KeepsReferrerSecret { get; set; }

    public DateTime? HappenedOn { get; set; }

    /// <summary>Only the day is known of when it happened.</summary>
    public DateOnly? HappenedDate { get; set; }
    public required DateTime IdentifiedOn { get; set; }
    public required DateTime RaisedOn { get; set; }

    /// <summary>London day of <see cref="RaisedOn"/>: the Safeguarding Adults Collection counts concerns by the day they are raised.</summary>
    public required DateOnly RaisedDate { get; set; }

    public RiskLocation? Location { get; set; }
    public RiskSource? RiskSource { get; set; }

    /// <summary>In this council's area: the place of abuse decides who leads and who counts.</summary>
    public YesNoUnknown InThisArea { get; set; } = YesNoUnknown.NotKnown;

    /// <summary>MSP: asked what they want, at the concern.</summary>
    public OutcomesAsked? OutcomesAsked { get; set; }
    public CapacityAnswer? Capacity { get; set; }

    /// <summary>It is about how an organisation works: the safeguarding team enquires, whoever knows the person.</summary>
    public bool IsOrganisational { get; set; }

    /// <summary>SG-14: what the guidance said and which version of it; it never decides.</summary>
    public string? MatrixResult { get; set; }
    public string? MatrixVersion { get; set; }
    public string? MatrixAnswers { get; set; }

    // The emergency screen.
    public bool? NeedsEmergencyAction { get; set; }
    public DateTime? ScreenedOn { get; set; }
    public Guid? ScreenedById { get; set; }

    // Triage: each limb of section 42(1), and the decision.
    public Limb? HasNeeds { get; set; }
    public Limb? AtRisk { get; set; }
    public Limb? CannotProtect { get; set; }

    /// <summary>Key of the exit taken, one of those of <see cref="ConcernPathway"/>: <c>section-42</c>, <c>other-enquiry</c>, <c>joined-enquiry</c> …; null until decided.</summary>
    public string? Outcome { get; set; }
    public DateTime? DecidedOn { get; set; }
    public DateOnly? DecidedDate { get; set; }
    public Guid? DecidedById { get; set; }
    public TriageEnquirer? Enquirer { get; set; }
    public string? ImmediateProtection { get; set; }
    public DateOnly? FeedbackDate { get; set; }

    /// <summary>How good the concern was, for the agency that raised it (null until judged), with words for them.</summary>
    public ConcernQuality? Quality { get; set; }
    public string? QualityWords { get; set; }

    /// <summary>SG-7: work was done on it that belongs to an enquiry, while it was still a concern.</summary>
    public bool HadEnquiryWork { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<ConcernRecord>
    {
        public void Configure(EntityTypeBuilder<ConcernRecord> builder)
        {
            builder.HasIndex(c => c.EpisodeId).IsUnique();
            builder.HasIndex(c => c.SentKey).IsUnique();
            builder.HasIndex(c => c.RaisedDate);
            builder.HasIndex(c => c.DecidedDate);
        }
    }
}

/// <summary>A type of abuse or neglect, with its source and place where they are known, of a concern or an enquiry: one row for each that was recorded.</summary>
public sealed class SafeguardingRisk : LeafRow
{
    /// <summary>The concern or the enquiry.</summary>
    public required Guid EpisodeId { get; init; }
    public required AbuseType Type { get; init; }
    public RiskSource? Source { get; init; }
    public RiskLocation? Location { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<SafeguardingRisk>
    {
        public void Configure(EntityTypeBuilder<SafeguardingRisk> builder) => builder.HasIndex(r => r.EpisodeId);
    }
}
