using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Audit;

/// <summary>What was done, by whom, to what. Inserted in the act's own transaction; never updated or deleted.</summary>
public sealed class AuditEntry : LeafRow
{
    public required DateTime OccurredOn { get; init; }

    /// <summary>Null for the system.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Verb and noun: <c>allocate-episode</c>.</summary>
    public required string Act { get; init; }
    public required string SubjectKind { get; init; }
    public required string SubjectId { get; init; }
    public Guid? PersonId { get; init; }

    /// <summary>JSON of what changed; ids and keys rather than personal data, so that erasure leaves the chain whole.</summary>
    public required string Detail { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> builder)
        {
            builder.HasIndex(a => new { a.SubjectKind, a.SubjectId });
            builder.HasIndex(a => a.PersonId);
            builder.HasIndex(a => a.OccurredOn);
        }
    }
}

/// <summary>
/// A batch of entries chained by a keyed hash to the batch before it; also written to a file beside the database. It names its entries, since on PostgreSQL a
/// transaction may commit a lower id after a higher one was sealed: the late one goes into the next seal.
/// </summary>
public sealed class AuditSeal : LeafRow
{
    public required long FirstEntryId { get; init; }
    public required long LastEntryId { get; init; }
    public required int Entries { get; init; }

    /// <summary>Ids of the entries, ascending: <c>1-480,483</c>.</summary>
    public required string EntryIds { get; init; }

    /// <summary>Sixteen bytes an entry in the order of the ids, base64: by them the very entry that was changed is named.</summary>
    public required string EntryHashes { get; init; }

    /// <summary>Of the seal before; unique, so that there is one chain.</summary>
    public required string PreviousHash { get; init; }
    public required string Hash { get; init; }
    public required DateTime SealedOn { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<AuditSeal>
    {
        public void Configure(EntityTypeBuilder<AuditSeal> builder)
        {
            builder.HasIndex(s => s.PreviousHash).IsUnique();
            builder.HasIndex(s => s.LastEntryId);
        }
    }
}
