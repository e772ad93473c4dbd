using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Retention;

/// <summary>A person's record is not disposed of while one stands: a claim, an inquiry, an inquest.</summary>
public sealed class LegalHold : Entity
{
    public required Guid PersonId { get; set; }
    public required string Reason { get; init; }

    /// <summary>To be looked at again then; it holds until it is released all the same.</summary>
    public DateOnly? ReviewDate { get; init; }
    public required Guid PlacedById { get; init; }
    public required DateTime PlacedOn { get; init; }
    public Guid? ReleasedById { get; set; }
    public DateTime? ReleasedOn { get; set; }
    public string? ReleasedReason { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<LegalHold>
    {
        public void Configure(EntityTypeBuilder<LegalHold> builder) => builder.HasIndex(h => h.PersonId);
    }
}

public enum DisposalState { Proposed, Declined, Done }

/// <summary>The disposal of what is held about one person: proposed by one, decided by another, and afterwards the log of what went. Names nobody.</summary>
public sealed class Disposal : Entity
{
    public required Guid PersonId { get; init; }

    /// <summary>The council's reference for the person, which its letters bear.</summary>
    public required string Reference { get; init; }

    /// <summary>The rule under which it was due, as the policy said on the day.</summary>
    public required string Rule { get; init; }
    public required DateOnly LastActivityDate { get; init; }
    public required DisposalState State { get; set; }
    public required Guid ProposedById { get; init; }
    public required DateTime ProposedOn { get; init; }
    public Guid? DecidedById { get; set; }
    public DateTime? DecidedOn { get; set; }
    public string? Words { get; set; }

    /// <summary>JSON: table to number of rows removed.</summary>
    public string? Removed { get; set; }

    /// <summary>Stored names of files that are still to be deleted from the disk, one a line; empty once they are.</summary>
    public string? FilesLeft { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<Disposal>
    {
        public void Configure(EntityTypeBuilder<Disposal> builder)
        {
            builder.HasIndex(d => d.PersonId);
            builder.HasIndex(d => new { d.State, d.ProposedOn });
        }
    }
}
