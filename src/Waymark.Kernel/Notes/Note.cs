using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Notes;

/// <summary>A case note. Corrections keep the first text: a corrected note is a new row that names the old one.</summary>
public sealed class Note : Entity
{
    /// <summary>Visit, telephone call, e-mail, meeting, supervision, manager's decision, other: a list of policy.</summary>
    public required string Kind { get; init; }
    public required string Text { get; init; }

    /// <summary>When what it tells happened; <see cref="WrittenOn"/> is when it was written down.</summary>
    public required DateTime HappenedOn { get; init; }
    public required DateOnly HappenedDate { get; init; }
    public required DateTime WrittenOn { get; init; }
    public required Guid AuthorId { get; init; }
    public bool IsManagerDecision { get; init; }

    /// <summary>From whom it came, where it came from someone else, and whether it may be shared with the person (subject access).</summary>
    public string? CameFrom { get; init; }
    public bool IsThirdParty { get; init; }
    public Guid? CorrectsId { get; init; }
    public Guid? CorrectedById { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<Note>
    {
        public void Configure(EntityTypeBuilder<Note> builder) => builder.HasIndex(n => new { n.AuthorId, n.WrittenOn });
    }
}

/// <summary>A person or episode a note is about; one note may be about several.</summary>
public sealed class NoteSubject : Entity
{
    public required Guid NoteId { get; init; }
    public Guid? PersonId { get; set; }
    public Guid? EpisodeId { get; init; }

    /// <summary>Struck from this person's view: the note was about someone else and was moved, or the whole note was struck. Kept, with the reason.</summary>
    public DateTime? StruckOn { get; set; }
    public Guid? StruckById { get; set; }
    public string? StruckReason { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<NoteSubject>
    {
        public void Configure(EntityTypeBuilder<NoteSubject> builder)
        {
            builder.HasIndex(s => s.NoteId);
            builder.HasIndex(s => s.PersonId);
            builder.HasIndex(s => s.EpisodeId);
        }
    }
}
