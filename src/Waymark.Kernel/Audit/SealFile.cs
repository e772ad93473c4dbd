using System.Text;
using System.Text.Json;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Audit;

/// <summary>One seal as it stands in the file.</summary>
internal sealed record SealLine(long Seal, long First, long Last, int Entries, string Previous, string Hash, DateTime SealedOn)
{
    public static SealLine Of(AuditSeal seal) => new(seal.Id, seal.FirstEntryId, seal.LastEntryId, seal.Entries, seal.PreviousHash, seal.Hash, seal.SealedOn);
}

/// <summary>
/// <c>audit-seals.log</c> beside the database: a line a seal, so that seals and entries cut from the end of the database are missed. <c>WAYMARK_AUDIT_SEALS</c> names
/// another place: a disk that only appends, one that the database's administrators cannot write.
/// </summary>
[Singleton]
public sealed class SealFile(DataFolder folder)
{
    public string FullPath => Environment.GetEnvironmentVariable("WAYMARK_AUDIT_SEALS") is { Length: > 0 } elsewhere ? elsewhere : Path.Combine(folder.Path, "audit-seals.log");

    private readonly Lock writing = new();

    /// <summary>The number of the last seal in the file; 0 where there is none.</summary>
    internal long LastWritten => Read().Max(line => line?.Seal) ?? 0;

    /// <summary>Writes those that the file has not yet: whoever seals catches up on the others, so two may bring the same one.</summary>
    internal void Append(IReadOnlyCollection<AuditSeal> seals)
    {
        lock (writing)
        {
            var written = LastWritten;
            var text = string.Concat(seals.Where(s => s.Id > written).Select(s => JsonSerializer.Serialize(SealLine.Of(s), JsonSerializerOptions.Web) + "\n"));
            if (text.Length == 0)
            {
                return;
            }

            using var file = new FileStream(FullPath, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Lines in order; a line that is none (cut off, overwritten) is <c>null</c>.</summary>
    internal IEnumerable<SealLine?> Read() => File.Exists(FullPath) ? File.ReadLines(FullPath).Where(l => l.Length > 0).Select(Parse) : [];

    internal bool Exists => File.Exists(FullPath);

    private static SealLine? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<SealLine>(line, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
