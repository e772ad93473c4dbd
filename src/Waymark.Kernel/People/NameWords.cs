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
/// Two words of one person's names, or one by itself. A search for one word or two, with a year of birth or without, is then a look-up of a key, however many
/// Smiths there are. Kept by <see cref="NameIndex"/>.
/// </summary>
public sealed class PersonWord
{
    /// <summary>The key <c>PairOf</c> makes.</summary>
    public required long Pair { get; init; }

    /// <summary>0 when the birth date is unknown.</summary>
    public required int BirthYear { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>The key of a word by itself.</summary>
    public static long PairOf(long wordId) => wordId;

    /// <summary>The key of two words, in whichever order.</summary>
    public static long PairOf(long wordId, long otherId) => checked((Math.Max(wordId, otherId) << 31) | Math.Min(wordId, otherId));

    private sealed class Configuration : IEntityTypeConfiguration<PersonWord>
    {
        public void Configure(EntityTypeBuilder<PersonWord> builder)
        {
            builder.HasKey(w => new { w.Pair, w.BirthYear, w.PersonId });
            builder.Property(w => w.Pair).ValueGeneratedNever();
            builder.HasIndex(w => w.PersonId);
        }
    }
}
