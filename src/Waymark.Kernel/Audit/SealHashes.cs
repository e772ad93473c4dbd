using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Audit;

/// <summary>The keyed hashes of the audit (HMAC-SHA256). The key stands outside the database, so that who may write the database cannot make a seal.</summary>
[Singleton]
public sealed class SealHashes(SecretKeys keys)
{
    public const string KeyName = "audit";

    /// <summary>Before the first seal.</summary>
    public const string Start = "start";

    internal const int EntryBytes = 16;

    /// <summary>Of what an entry says, without its id: an entry found under another's id is then known.</summary>
    internal string Of(AuditEntry entry)
    {
        var text = JsonSerializer.Serialize(new object?[]
        {
            entry.OccurredOn.ToString("O", CultureInfo.InvariantCulture), entry.UserId, entry.Act, entry.SubjectKind, entry.SubjectId, entry.PersonId, entry.Detail,
        });
        return Convert.ToBase64String(HMACSHA256.HashData(keys.Get(KeyName), Encoding.UTF8.GetBytes(text)), 0, EntryBytes);
    }

    internal string Of(string previousHash, DateTime sealedOn, string entryIds, string entryHashes) => Convert.ToHexStringLower(HMACSHA256.HashData(
        keys.Get(KeyName), Encoding.UTF8.GetBytes($"{previousHash}|{sealedOn.ToString("O", CultureInfo.InvariantCulture)}|{entryIds}|{entryHashes}")));

    internal static string Join(IEnumerable<string> entryHashes) => Convert.ToBase64String([.. entryHashes.SelectMany(Convert.FromBase64String)]);

    internal static IReadOnlyList<string> Split(string joined) => [.. Convert.FromBase64String(joined).Chunk(EntryBytes).Select(Convert.ToBase64String)];
}
