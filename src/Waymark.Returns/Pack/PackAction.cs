using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Returns.Pack;

/// <summary>What a weekly meeting said somebody would do. It stays in the pack until it is done or dropped, with why.</summary>
public sealed class PackAction : Entity
{
    /// <summary>Key of the list the meeting was about.</summary>
    public required string ListKey { get; init; }
    public required string Text { get; init; }

    /// <summary>Who does it, as the meeting named them.</summary>
    public required string Owner { get; init; }
    public required DateOnly RaisedDate { get; init; }
    public required DateOnly DueDate { get; init; }
    public required PackActionState State { get; set; }
    public string? Outcome { get; set; }
    public DateOnly? EndedDate { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<PackAction>
    {
        public void Configure(EntityTypeBuilder<PackAction> builder) => builder.HasIndex(a => a.ListKey);
    }
}

public enum PackActionState { Open, Done, Dropped }
