using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Data;

/// <summary>
/// The same subject has the same pseudonym in measures, frozen figures, views and extracts, and nobody without the key can go back from it. Sixteen letters and digits of a
/// keyed hash (80 bits); the key stands outside the database.
/// </summary>
[Singleton]
public sealed class Pseudonyms(SecretKeys keys)
{
    public const string KeyName = "pseudonym";

    /// <param name="subject">An id; letters of any case, so that both engines' ways of writing a Guid agree.</param>
    public string Of(string subject)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(keys.Get(KeyName), Encoding.UTF8.GetBytes(subject.ToLowerInvariant()), hash);
        return Base32(hash[..10]);
    }

    /// <summary>Letters and digits only, so that no spreadsheet takes it for a formula or a number.</summary>
    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        const string Alphabet = "abcdefghjkmnpqrstuvwxyz123456789";
        var text = new StringBuilder(16);
        int bits = 0, held = 0;
        foreach (var value in bytes)
        {
            bits = (bits << 8) | value;
            for (held += 8; held >= 5; held -= 5)
            {
                text.Append(Alphabet[(bits >> (held - 5)) & 31]);
            }

            bits &= (1 << held) - 1;
        }

        return text.ToString();
    }

    public string Of(Guid subject) => Of(subject.ToString());
}

/// <summary>A pseudonym kept for the analysts' views, which cannot hash with a key they do not have. Filled by a job and before each extract.</summary>
public sealed class Pseudonym
{
    /// <summary>Id of a person or an episode.</summary>
    public required Guid SubjectId { get; init; }
    public required string Key { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<Pseudonym>
    {
        public void Configure(EntityTypeBuilder<Pseudonym> builder) => builder.HasKey(p => p.SubjectId);
    }
}
