using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.FrontDoor.Prioritisation;

/// <summary>A use of the tool: what was answered, what came of it, by which version of the table (FC-2). Never changed; a supervisor's priority stands beside it.</summary>
public sealed class PrioritisationRecord : Entity
{
    public required Guid EpisodeId { get; init; }

    /// <summary>Question key to answer, JSON.</summary>
    public required string Answers { get; init; }
    public required string Priority { get; init; }
    public required string Reason { get; init; }
    public required string TableVersion { get; init; }
    public required Guid ById { get; init; }
    public required DateTime PrioritisedOn { get; init; }

    /// <summary>FC-3: what the supervisor made of it, with the reason where it differs.</summary>
    public string? ScreenedPriority { get; set; }
    public string? ScreenedReason { get; set; }
    public Guid? ScreenedById { get; set; }
    public DateTime? ScreenedOn { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<PrioritisationRecord>
    {
        public void Configure(EntityTypeBuilder<PrioritisationRecord> builder) => builder.HasIndex(p => p.EpisodeId);
    }
}
