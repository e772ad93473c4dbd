using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Data;

/// <summary>The folder beside the database: keys, seals, attachments, extracts. Never inside the web root.</summary>
public sealed record DataFolder(string Path)
{
    /// <summary>A folder inside, made when it is not there.</summary>
    public string Folder(params ReadOnlySpan<string> names)
    {
        var folder = System.IO.Path.Combine([Path, .. names]);
        Directory.CreateDirectory(folder);
        return folder;
    }
}

/// <summary>
/// Keys that must not stand in the database they protect. From the environment (<c>WAYMARK_KEY_PSEUDONYM</c>, base64, the same on every node), else from a file in
/// the data folder that is made on first need and readable by its owner only.
/// </summary>
[Singleton]
public sealed class SecretKeys(DataFolder folder)
{
    private readonly ConcurrentDictionary<string, byte[]> keys = new(StringComparer.Ordinal);

    /// <param name="name">Lower case, a word: <c>pseudonym</c>.</param>
    public byte[] Get(string name) => keys.GetOrAdd(name, Read);

    private byte[] Read(string name)
    {
        if (Environment.GetEnvironmentVariable($"WAYMARK_KEY_{name.ToUpperInvariant()}") is { Length: > 0 } given)
        {
            var key = Convert.FromBase64String(given);
            return key.Length >= 32 ? key : throw new InvalidOperationException($"WAYMARK_KEY_{name.ToUpperInvariant()} holds {key.Length} bytes; it needs 32 or more, in base64.");
        }

        var file = Path.Combine(folder.Path, "keys", $"{name}.key");
        if (!File.Exists(file))
        {
            Make(file);
        }

        return Convert.FromBase64String(File.ReadAllText(file).Trim());
    }

    /// <summary>Two processes that start together must end with one key: the file is written aside and moved only where none stands.</summary>
    private static void Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var aside = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(aside, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        }

        try
        {
            File.Move(aside, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(aside);
        }
    }
}
