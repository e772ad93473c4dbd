using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.People;

/// <summary>A distinct folded word of people's names. Words are few beside people (tens of thousands in a county), so they are also held in memory (<see cref="NameVocabulary"/>).</summary>
public sealed class NameWord : LeafRow
{
    public required string Word { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<NameWord>
    {
        public void Configure(EntityTypeBuilder<NameWord> builder) => builder.HasIndex(w => w.Word).IsUnique();
    }
}

/// <summary>
/// A pair of words of one person's names, in either order; a name of one word pairs with 0. A search for two words is then a look-up, however many Smiths
/// there are. Kept by <see cref="NameIndex"/>.
/// </summary>
public sealed class PersonWord
{
    public required long WordId { get; init; }

    /// <summary>Another word of the same person, or 0.</summary>
    public required long WithId { get; init; }

    /// <summary>0 when the birth date is unknown.</summary>
    public required int BirthYear { get; init; }
    public required Guid PersonId { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<PersonWord>
    {
        public void Configure(EntityTypeBuilder<PersonWord> builder)
        {
            builder.HasKey(w => new { w.WordId, w.WithId, w.BirthYear, w.PersonId });
            builder.HasIndex(w => w.PersonId);
        }
    }
}
