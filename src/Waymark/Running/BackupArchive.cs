using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Waymark.Kernel.Access;

namespace Waymark.Host.Running;

/// <summary>What an archive says of itself: enough to check every byte of it before anything is put back.</summary>
/// <param name="Format">1.</param>
/// <param name="Engine"><c>sqlite</c> or <c>postgresql</c>.</param>
/// <param name="Schema">The last migration of the database in it.</param>
internal sealed record BackupManifest(int Format, string Engine, string Schema, DateTime MadeOn, IReadOnlyList<BackupFile> Files);

internal sealed record BackupFile(string Path, long Length, string Sha256);

/// <summary>One file that holds a whole site: the database and what stands beside it (attachments, audit seals, keys). A zip file, so that any tool opens it.</summary>
internal static class BackupArchive
{
    public const string Sqlite = "database/waymark.db";
    public const string Postgres = "database/waymark.pgdump";
    private const string FilesFolder = "files/";
    private const string ManifestName = "manifest.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Files of the data folder that belong to a backup: all but the database itself, its lock, and uploads under way.</summary>
    public static IEnumerable<(string Full, string Path)> FilesBeside(string dataFolder) =>
        Directory.EnumerateFiles(dataFolder, "*", SearchOption.AllDirectories)
            .Select(full => (Full: full, Path: Path.GetRelativePath(dataFolder, full).Replace('\\', '/')))
            .Where(f => !f.Path.StartsWith("waymark.db", StringComparison.Ordinal) && f.Path != "waymark.lock" && !f.Path.StartsWith("attachments/arriving/", StringComparison.Ordinal))
            .Select(f => (f.Full, FilesFolder + f.Path));

    /// <summary>Writes beside the target and moves it there when whole: a backup that was killed leaves no file of that name.</summary>
    public static async Task<BackupManifest> WriteAsync(string target, string engine, string schema, DateTime madeOn, IEnumerable<(string Full, string Path)> files)
    {
        var aside = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            BackupManifest manifest;
            await using (var stream = new FileStream(aside, Secretly(FileMode.CreateNew)))
            await using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
            {
                var written = new List<BackupFile>();
                foreach (var (full, path) in files)
                {
                    // Kept for its name's sake: a file may go between the list and the copy.
                    if (File.Exists(full))
                    {
                        written.Add(await AddAsync(zip, full, path));
                    }
                }

                manifest = new BackupManifest(1, engine, schema, madeOn, written);
                await using var entry = await zip.CreateEntry(ManifestName).OpenAsync();
                await JsonSerializer.SerializeAsync(entry, manifest, Json);
            }

            File.Move(aside, target, overwrite: false);
            return manifest;
        }
        finally
        {
            File.Delete(aside);
        }
    }

    /// <summary>Takes the archive apart into an empty folder, checking every file against the manifest.</summary>
    /// <returns>The manifest; the database stands at <c>database/…</c> and the rest under <c>files/</c>.</returns>
    /// <exception cref="RefusedException">It is no archive of Waymark, or not whole.</exception>
    public static async Task<BackupManifest> ExtractAsync(string archive, string folder)
    {
        try
        {
            await using var stream = File.OpenRead(archive);
            await using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            await using var entry = zip.GetEntry(ManifestName) is { } found ? await found.OpenAsync() : throw new RefusedException($"{archive} is not a backup of Waymark: it has no {ManifestName}.");
            var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(entry, Json);
            if (manifest is not { Format: 1 })
            {
                throw new RefusedException($"{archive} is of a form that this version does not know ({manifest?.Format}). Restore it with the version that made it, or a later one.");
            }

            foreach (var file in manifest.Files)
            {
                await ExtractAsync(zip, file, folder, archive);
            }

            return manifest;
        }
        catch (Exception error) when (error is InvalidDataException or JsonException)
        {
            throw new RefusedException($"{archive} is not a backup of Waymark, or is damaged: it cannot be read as an archive.");
        }
    }

    private static async Task ExtractAsync(ZipArchive zip, BackupFile file, string folder, string archive)
    {
        var target = Path.GetFullPath(Path.Combine(folder, file.Path));
        if (!target.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || zip.GetEntry(file.Path) is not { } entry)
        {
            throw new RefusedException($"{archive} is damaged: {file.Path} is not in it.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await using (var source = await entry.OpenAsync())
        await using (var stream = new FileStream(target, Secretly(FileMode.CreateNew)))
        {
            await source.CopyToAsync(stream);
        }

        await using var written = File.OpenRead(target);
        if (written.Length != file.Length || Convert.ToHexStringLower(await SHA256.HashDataAsync(written)) != file.Sha256)
        {
            throw new RefusedException($"{archive} is damaged: {file.Path} is not as it was written.");
        }
    }

    private static async Task<BackupFile> AddAsync(ZipArchive zip, string full, string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = 0L;
        await using var source = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using var entry = await zip.CreateEntry(path, CompressionLevel.Fastest).OpenAsync();
        var buffer = new byte[81920];
        int read;
        while ((read = await source.ReadAsync(buffer)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            length += read;
            await entry.WriteAsync(buffer.AsMemory(0, read));
        }

        return new BackupFile(path, length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static FileStreamOptions Secretly(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
