using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Forms;

/// <summary>A completed form: the questions as asked with the answers, as stored bytes, and their hash. Never changed; a later revision supersedes it.</summary>
public sealed class FormRevision : Entity
{
    public required string FormKey { get; init; }
    public required int FormVersion { get; init; }
    /// <summary>Set once: by the act that opens an episode from a form that was on none, where it is set afterwards.</summary>
    public Guid? EpisodeId { get; set; }
    public Guid? VisitId { get; init; }
    public Guid? TaskId { get; init; }

    /// <summary>The person it is about, for a form on no episode.</summary>
    public Guid? PersonId { get; set; }
    public Guid? DraftId { get; init; }

    /// <summary>Counts from 1 within the form of one episode, or of one person.</summary>
    public required int Number { get; init; }

    /// <summary>JSON: title, sections, questions with their words, answers as text and as shown (<see cref="FormContent"/>).</summary>
    public required string Content { get; init; }

    /// <summary>SHA-256 of the UTF-8 bytes of <see cref="Content"/>, hex.</summary>
    public required string Hash { get; init; }
    public required Guid CompletedById { get; init; }
    public required DateTime CompletedOn { get; init; }
    public required DateOnly CompletedDate { get; init; }
    public required string? ExitKey { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<FormRevision>
    {
        public void Configure(EntityTypeBuilder<FormRevision> builder)
        {
            builder.HasIndex(r => new { r.EpisodeId, r.FormKey, r.Number });
            builder.HasIndex(r => new { r.PersonId, r.FormKey });
        }
    }
}
