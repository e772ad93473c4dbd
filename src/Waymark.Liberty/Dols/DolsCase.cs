using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Liberty.Dols;

/// <summary>
/// What the law, the measures and the national return need of one application, beside its episode: one row an application (<c>standards.md</c> 4.1). What was said in
/// full stands in the forms.
/// </summary>
public sealed class DolsCase : Entity
{
    public required Guid EpisodeId { get; init; }
    public Guid? PersonId { get; set; }

    /// <summary>The care home or hospital, where it is known here; its users see this application and no other's.</summary>
    public Guid? AuthorityId { get; set; }
    public required string AuthorityName { get; set; }
    public required PlaceKind Place { get; init; }
    public string? CqcLocation { get; init; }

    /// <summary>The council runs the place itself: its own staff may then not be the best interests assessor.</summary>
    public bool IsOwnPlace { get; set; }
    public required Funding Funding { get; init; }
    public required RequestKind Kind { get; init; }

    /// <summary>The person as the managing authority named them, until the record is found.</summary>
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public DateOnly? BirthDate { get; init; }

    /// <summary>The request as it was sent; null for one that came from another system.</summary>
    public Guid? RevisionId { get; init; }
    public required DateOnly ReceivedDate { get; init; }

    /// <summary>Demographics that only the national collection asks, as the managing authority gave them.</summary>
    public DisabilityGroup? Disability { get; init; }
    public string? Religion { get; init; }
    public string? Orientation { get; init; }

    public DateTime? UrgentGivenOn { get; init; }

    /// <summary>Last day of the urgent authorisation, an extension included.</summary>
    public DateOnly? UrgentUntilDate { get; set; }
    public int UrgentExtendedDays { get; set; }
    public string? UrgentExtensionReason { get; set; }

    /// <summary>The day all that had to be assessed was, and the work went to the signatory; what a backlog contract counts.</summary>
    public DateOnly? AssessedDate { get; set; }

    /// <summary>The day the application ended: signed, or closed without a decision. Null while open; one sent to the wrong body never completes.</summary>
    public DateOnly? CompletedDate { get; set; }
    public DolsStatus? Status { get; set; }
    public bool? WasFullyAssessed { get; set; }

    /// <summary>Why it was not granted, or why it was closed: a requirement not met, or a change of circumstances.</summary>
    public NotGrantedReason? NotGranted { get; set; }
    public Guid? SignedById { get; set; }

    /// <summary>Key of the <see cref="DeprivationTest"/> that held on the day it was decided.</summary>
    public string? TestKey { get; set; }

    public DateOnly? AuthorisedFromDate { get; set; }

    /// <summary>Last day of the standard authorisation as granted.</summary>
    public DateOnly? AuthorisedUntilDate { get; set; }
    public DateOnly? AuthorisationEndedDate { get; set; }
    public EndReason? EndReason { get; set; }

    /// <summary>The rights of the person: a challenge under section 21A of the Act.</summary>
    public DateOnly? ChallengedDate { get; set; }

    /// <summary>Looked at again under the law that holds since 2 June 2026, and what came of it.</summary>
    public DateOnly? LookedAgainDate { get; set; }
    public string? LookedAgainOutcome { get; set; }

    public bool HasConditions { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<DolsCase>
    {
        public void Configure(EntityTypeBuilder<DolsCase> builder)
        {
            builder.HasIndex(c => c.EpisodeId).IsUnique();
            builder.HasIndex(c => c.PersonId);
            builder.HasIndex(c => c.AuthorityId);
            builder.HasIndex(c => c.CompletedDate);
            builder.HasIndex(c => c.ReceivedDate);
        }
    }
}

/// <summary>A use of the prioritisation table: what was ticked, in the words of the version that asked, and what came of it. Never changed; a later use is a row of its own.</summary>
public sealed class DolsPriority : Entity
{
    public required Guid EpisodeId { get; init; }

    /// <summary>Keys of the criteria ticked, comma separated, and their words.</summary>
    public required string Criteria { get; init; }
    public required string Words { get; init; }
    public required int Score { get; init; }

    /// <summary><c>red</c>, <c>amber</c> or <c>green</c>.</summary>
    public required string Rag { get; init; }
    public required string TableVersion { get; init; }
    public required Guid ById { get; init; }
    public required DateTime SetOn { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<DolsPriority>
    {
        public void Configure(EntityTypeBuilder<DolsPriority> builder) => builder.HasIndex(p => p.EpisodeId);
    }
}

/// <summary>One of the six assessments, as it was found.</summary>
public sealed class DolsAssessment : Entity
{
    public required Guid EpisodeId { get; init; }
    public required string Kind { get; init; }
    public required Guid AssessorId { get; init; }
    public required bool IsMet { get; init; }
    public required DateOnly AssessedDate { get; init; }

    /// <summary>The day of an earlier assessment that stands in its place.</summary>
    public DateOnly? EquivalentDate { get; init; }

    /// <summary>Of the best interests assessment only: whether the arrangements deprive the person of liberty.</summary>
    public bool? IsDeprived { get; init; }

    /// <summary>Of the best interests assessment only: the longest the authorisation may be.</summary>
    public int? MostMonths { get; init; }
    public string? TestKey { get; init; }
    public required Guid RevisionId { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<DolsAssessment>
    {
        public void Configure(EntityTypeBuilder<DolsAssessment> builder) => builder.HasIndex(a => a.EpisodeId);
    }
}
