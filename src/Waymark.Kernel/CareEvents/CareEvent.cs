using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.CareEvents;

/// <summary>
/// A Request, Assessment, Service or Review in the terms of the national Client Level Data specification. Idea 4 of the kernel: casework writes it in its
/// own transaction, an import writes it with every column as submitted.
/// </summary>
public sealed class CareEvent : LeafRow
{
    public required Guid PersonId { get; set; }
    public required CareEventKind Kind { get; init; }

    /// <summary>Which system says so: <c>waymark</c> or the council's name for its other one. The council declares which is master by kind and date.</summary>
    public required string Source { get; init; }

    /// <summary>The event's reference at its source; unique with it.</summary>
    public required string Reference { get; init; }
    public required DateOnly StartDate { get; init; }

    /// <summary>Null only for a Service that is still provided.</summary>
    public DateOnly? EndDate { get; set; }
    public string? ClientType { get; init; }
    public string? SupportReason { get; init; }
    public string? RouteOfAccess { get; init; }
    public string? AssessmentType { get; init; }
    public string? ServiceType { get; init; }
    public string? ServiceComponent { get; init; }
    public string? DeliveryMechanism { get; init; }
    public string? Outcome { get; set; }
    public string? TeamKey { get; init; }
    public Guid? EpisodeId { get; init; }
    public Guid? SubmissionId { get; init; }

    /// <summary>Every column as submitted, JSON, for an imported event.</summary>
    public string? Columns { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<CareEvent>
    {
        public void Configure(EntityTypeBuilder<CareEvent> builder)
        {
            builder.HasIndex(e => new { e.PersonId, e.Kind });
            builder.HasIndex(e => new { e.Kind, e.StartDate });
            builder.HasIndex(e => e.EpisodeId);
        }
    }
}

public enum CareEventKind { Request, Assessment, Service, Review }
