using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Data;

/// <summary>
/// The same subject has the same pseudonym in measures, frozen figures, views and extracts, and nobody without the key can go back from it. Sixteen characters of a
/// keyed hash (96 bits); the key stands outside the database.
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
        return Convert.ToBase64String(hash[..12]).Replace('+', '-').Replace('/', '_');
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
