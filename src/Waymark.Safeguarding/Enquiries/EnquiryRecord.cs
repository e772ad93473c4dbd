using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;

namespace Waymark.Safeguarding.Enquiries;

/// <summary>
/// What lists and measures read of an enquiry, promoted from its forms: one row an episode. Its risks (type, source, place) are rows of
/// <see cref="Concerns.SafeguardingRisk"/>; the concerns it comes from are links from them to its episode.
/// </summary>
public sealed class EnquiryRecord : Entity
{
    public required Guid EpisodeId { get; init; }

    /// <summary>Under section 42, or another enquiry.</summary>
    public required bool IsSection42 { get; init; }

    /// <summary>The day of the decision: the Safeguarding Adults Collection counts enquiries started by it.</summary>
    public required DateOnly StartedDate { get; init; }

    /// <summary>The day it was concluded, by which the collection counts SG2 to SG4; null while it is open.</summary>
    public DateOnly? ConcludedDate { get; set; }

    /// <summary>How the adult is protected until a worker has it.</summary>
    public required string? InterimProtection { get; set; }

    /// <summary>The place of abuse is in another council's area, or another council leads: named. Only the council where the abuse occurred counts it.</summary>
    public string? LedBy { get; set; }
    public bool CountsHere { get; set; } = true;

    /// <summary>Another council that pays for or arranges the adult's care.</summary>
    public string? PlacedBy { get; set; }

    /// <summary>It is into how an organisation works; its adults, if any are named, are parties.</summary>
    public bool IsOrganisational { get; set; }

    // Making Safeguarding Personal: asked at planning and at close; the answer at close is the collection's.
    public OutcomesAsked? AskedAtPlanning { get; set; }
    public OutcomesAsked? AskedAtClose { get; set; }
    public OutcomesAchieved? Achieved { get; set; }

    public CapacityAnswer? Capacity { get; set; }
    public SupportedBy? SupportedBy { get; set; }

    /// <summary>Names of <see cref="HealthCondition"/>, comma separated, as recorded at planning.</summary>
    public string? HealthConditions { get; set; }

    public RiskAssessmentOutcome? RiskAssessment { get; set; }

    /// <summary>Where a risk was identified: remained, reduced or removed.</summary>
    public RiskOutcome? RiskOutcome { get; set; }
    public EnquiryEnd? Ended { get; set; }
    public bool? HasProtectionPlan { get; set; }
    public DateOnly? ProtectionReviewDate { get; set; }

    /// <summary>What the referrer of a concern was told at the end, and when.</summary>
    public DateOnly? FeedbackDate { get; set; }

    /// <summary>To be considered for a Safeguarding Adults Review (section 44).</summary>
    public bool? ReviewConsidered { get; set; }

    /// <summary>SG-5: the day to which more time was agreed, why, and by whom. The limit itself stands, and a breach of it stays one.</summary>
    public DateOnly? ExtendedTo { get; set; }
    public string? ExtensionReason { get; set; }
    public Guid? ExtendedById { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<EnquiryRecord>
    {
        public void Configure(EntityTypeBuilder<EnquiryRecord> builder)
        {
            builder.HasIndex(e => e.EpisodeId).IsUnique();
            builder.HasIndex(e => e.StartedDate);
            builder.HasIndex(e => e.ConcludedDate);
        }
    }
}

/// <summary>How the making of enquiries ended.</summary>
public enum EnquiryEnd
{
    [Choice("The enquiries were made")] Made,
    [Choice("They ceased at the adult's request", Hint = "With capacity, no coercion, and nobody else at risk")] CeasedAtRequest,
    [Choice("The adult has died", Hint = "Consider a Safeguarding Adults Review")] Died,
    [Choice("Another council leads now")] LedElsewhere,
}
