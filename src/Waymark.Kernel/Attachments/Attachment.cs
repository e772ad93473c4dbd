using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Attachments;

/// <summary>A file on a person or an episode. The bytes stand outside the web root under <see cref="StoredName"/>; the name as sent is only a label.</summary>
public sealed class Attachment : Entity
{
    public Guid? PersonId { get; set; }
    public Guid? EpisodeId { get; init; }
    public required string FileName { get; init; }

    /// <summary>As found from the content, never as claimed.</summary>
    public required string ContentType { get; init; }
    public required long Length { get; init; }
    public required string StoredName { get; init; }
    public required string Sha256 { get; init; }
    public required Guid AddedById { get; init; }
    public required DateTime AddedOn { get; init; }

    /// <summary>London day of <see cref="AddedOn"/>, for the story.</summary>
    public required DateOnly AddedDate { get; init; }
    public string? CameFrom { get; init; }
    public bool IsThirdParty { get; init; }
    public DateTime? StruckOn { get; set; }
    public string? StruckReason { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<Attachment>
    {
        public void Configure(EntityTypeBuilder<Attachment> builder)
        {
            builder.HasIndex(a => a.PersonId);
            builder.HasIndex(a => a.EpisodeId);
        }
    }
}
