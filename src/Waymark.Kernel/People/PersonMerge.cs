using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.People;

/// <summary>Two records made one, as a list of what was moved, so that it can be undone when they turn out to be two people.</summary>
public sealed class PersonMerge : Entity
{
    /// <summary>The record that stays.</summary>
    public required Guid KeptId { get; init; }

    /// <summary>The record that went into it; its row stays, marked with <see cref="Person.MergedIntoId"/>.</summary>
    public required Guid MergedId { get; init; }
    public required string Reason { get; init; }
    public required Guid ById { get; init; }
    public required DateTime MergedOn { get; init; }

    /// <summary>London day of <see cref="MergedOn"/>, for the story.</summary>
    public required DateOnly MergedDate { get; init; }
    public DateTime? UndoneOn { get; set; }
    public Guid? UndoneById { get; set; }
    public string? UndoneReason { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<PersonMerge>
    {
        public void Configure(EntityTypeBuilder<PersonMerge> builder)
        {
            builder.HasIndex(m => m.KeptId);
            builder.HasIndex(m => m.MergedId);
        }
    }
}

/// <summary>One thing a merge did. A row that moved has <see cref="Column"/> and no values; a field that changed has both values; a row that was made has neither.</summary>
public sealed class PersonMergeMove : LeafRow
{
    public required Guid MergeId { get; init; }
    public required PersonMergeMoveKind Kind { get; init; }
    public required string Table { get; init; }
    public required string RowId { get; init; }
    public string? Column { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<PersonMergeMove>
    {
        public void Configure(EntityTypeBuilder<PersonMergeMove> builder) => builder.HasIndex(m => m.MergeId);
    }
}

public enum PersonMergeMoveKind { RowMoved, FieldChanged, RowMade }
