using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Notes;

/// <summary>A note being written, kept as it is typed. On the server, since many work on shared machines; one an author and place. Gone when the note is saved.</summary>
public sealed class NoteDraft : Entity
{
    public required Guid AuthorId { get; init; }
    public Guid? PersonId { get; set; }
    public Guid? EpisodeId { get; init; }
    public required string Text { get; set; }
    public required DateTime SavedOn { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<NoteDraft>
    {
        public void Configure(EntityTypeBuilder<NoteDraft> builder) => builder.HasIndex(d => new { d.AuthorId, d.PersonId, d.EpisodeId });
    }
}
