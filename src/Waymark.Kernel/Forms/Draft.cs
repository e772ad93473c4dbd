using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Forms;

/// <summary>Answers being given, saved field by field as typed. No version, no revision; two workers see each other's answers.</summary>
public sealed class Draft : Entity
{
    public required string FormKey { get; init; }
    public required int FormVersion { get; init; }
    public Guid? EpisodeId { get; set; }

    /// <summary>The stage visit or task it completes, so that a stage entered again starts a new draft.</summary>
    public Guid? VisitId { get; init; }
    public Guid? TaskId { get; init; }

    /// <summary>The person it is about, for a form on no episode.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>What may have only one open draft: form, visit, task or person in one text. Unique; <c>null</c> once closed, and for forms of which several may be open.</summary>
    public string? Slot { get; set; }

    /// <summary>JSON of the questions as asked when it was started, so that a later version can say what changed.</summary>
    public string? Asked { get; init; }

    /// <summary>Raised by one at every save, apart from <see cref="Entity.Version"/>: a page asks for what was saved after the number it has seen.</summary>
    public int SaveNumber { get; set; }
    public DateTime? LastSavedOn { get; set; }
    public Guid? LastSavedById { get; set; }
    public required Guid StartedById { get; init; }
    public required DateTime StartedOn { get; init; }
    public DateTime? CompletedOn { get; set; }
    public DateTime? DiscardedOn { get; set; }

    /// <summary>Who completed or discarded it.</summary>
    public Guid? ClosedById { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<Draft>
    {
        public void Configure(EntityTypeBuilder<Draft> builder)
        {
            builder.HasIndex(d => new { d.EpisodeId, d.FormKey });
            builder.HasIndex(d => d.PersonId);
            builder.HasIndex(d => d.Slot).IsUnique();
        }
    }
}

/// <summary>One answer of a draft as text. <see cref="Row"/> is empty, or the id of a row of a repeating group.</summary>
public sealed class DraftAnswer
{
    public required Guid DraftId { get; init; }
    public required string Question { get; init; }
    public string Row { get; init; } = "";
    public required string Text { get; set; }
    public required DateTime SavedOn { get; set; }
    public required Guid SavedById { get; set; }

    /// <summary>The <see cref="Draft.SaveNumber"/> that wrote it.</summary>
    public int SaveNumber { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<DraftAnswer>
    {
        public void Configure(EntityTypeBuilder<DraftAnswer> builder) => builder.HasKey(a => new { a.DraftId, a.Question, a.Row });
    }
}

/// <summary>What a later save wrote over, with who wrote it and when. Kept only when another person's answer was overwritten.</summary>
public sealed class OverwrittenAnswer : LeafRow
{
    public required Guid DraftId { get; init; }
    public required string Question { get; init; }
    public string Row { get; init; } = "";
    public required string Text { get; init; }
    public required DateTime SavedOn { get; init; }
    public required Guid SavedById { get; init; }
    public required DateTime OverwrittenOn { get; init; }
    public required Guid OverwrittenById { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<OverwrittenAnswer>
    {
        public void Configure(EntityTypeBuilder<OverwrittenAnswer> builder) => builder.HasIndex(a => a.DraftId);
    }
}
