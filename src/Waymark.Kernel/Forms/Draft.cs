using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Forms;

/// <summary>Answers being given, saved field by field as typed. No version, no revision; two workers see each other's answers.</summary>
public sealed class Draft : Entity
{
    public required string FormKey { get; init; }
    public required int FormVersion { get; init; }
    public Guid? EpisodeId { get; init; }

    /// <summary>The stage visit or task it completes, so that a stage entered again starts a new draft.</summary>
    public Guid? VisitId { get; init; }
    public Guid? TaskId { get; init; }
    public required Guid StartedById { get; init; }
    public required DateTime StartedOn { get; init; }
    public DateTime? CompletedOn { get; set; }
    public DateTime? DiscardedOn { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<Draft>
    {
        public void Configure(EntityTypeBuilder<Draft> builder) => builder.HasIndex(d => new { d.EpisodeId, d.FormKey });
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

/// <summary>A completed form: the questions as asked with the answers, as stored bytes, and their hash. Never changed; a later revision supersedes it.</summary>
public sealed class FormRevision : Entity
{
    public required string FormKey { get; init; }
    public required int FormVersion { get; init; }
    public Guid? EpisodeId { get; init; }
    public Guid? VisitId { get; init; }
    public Guid? TaskId { get; init; }
    public required int Number { get; init; }

    /// <summary>JSON: title, sections, questions with their words, answers as text and as shown.</summary>
    public required string Content { get; init; }

    /// <summary>SHA-256 of the UTF-8 bytes of <see cref="Content"/>, hex.</summary>
    public required string Hash { get; init; }
    public required Guid CompletedById { get; init; }
    public required DateTime CompletedOn { get; init; }
    public required DateOnly CompletedDate { get; init; }
    public required string? ExitKey { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<FormRevision>
    {
        public void Configure(EntityTypeBuilder<FormRevision> builder) => builder.HasIndex(r => new { r.EpisodeId, r.FormKey, r.Number });
    }
}
