using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Assessment.CareActAssessment;

/// <summary>What an approved assessment found, promoted from its form so that measures and lists need not read it. One for each assessment carried out.</summary>
public sealed class AssessmentRecord : Entity
{
    public required Guid EpisodeId { get; init; }
    public required Guid PersonId { get; set; }
    public required Guid RevisionId { get; init; }
    public required DateOnly StartedDate { get; init; }

    /// <summary>The day it was approved, on which it ended.</summary>
    public required DateOnly EndedDate { get; init; }
    public required bool IsEligible { get; init; }

    /// <summary>Of the ten, those the person cannot achieve.</summary>
    public required int OutcomesNotAchieved { get; init; }
    public required bool HasSubstantialDifficulty { get; init; }

    /// <summary><c>took-part</c> or <c>referred</c>, where an advocate was due; <c>null</c> where none was.</summary>
    public string? Advocate { get; init; }

    /// <summary>Whether the carer is able and willing to go on; <c>null</c> where there is none.</summary>
    public string? CarerFooting { get; init; }
    public DateOnly? WrittenDate { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<AssessmentRecord>
    {
        public void Configure(EntityTypeBuilder<AssessmentRecord> builder)
        {
            builder.HasIndex(r => r.EpisodeId);
            builder.HasIndex(r => r.PersonId);
        }
    }
}
