using System.Buffers;
using System.Security.Cryptography;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Attachments;

/// <summary>A file received whole, not yet kept.</summary>
public sealed record ReceivedFile(string Path, long Length, string Sha256);

/// <summary>
/// The bytes of attachments, in <c>attachments/ab/&lt;id&gt;</c> of the data folder. A file arrives in <c>attachments/arriving</c> and moves to its place whole,
/// so that an upload killed half-way leaves nothing that anyone could open; <see cref="TidyAttachments"/> clears what a crash left behind.
/// </summary>
[Singleton]
public sealed class AttachmentFiles(DataFolder data)
{
    private const int Buffer = 81920;

    public string Root => data.Folder("attachments");
    public string Arriving => data.Folder("attachments", "arriving");

    /// <summary>Writes a stream to a file of its own, hashing as it goes.</summary>
    /// <exception cref="RefusedException">It is longer than allowed. Nothing is left.</exception>
    public async Task<ReceivedFile> ReceiveAsync(Stream content, long largest, CancellationToken cancellation)
    {
        var path = Path.Combine(Arriving, Guid.NewGuid().ToString("N"));
        var buffer = ArrayPool<byte>.Shared.Rent(Buffer);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = 0L;
        try
        {
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, Buffer, FileOptions.Asynchronous))
            {
                int read;
                while ((read = await content.ReadAsync(buffer.AsMemory(0, Buffer), cancellation)) > 0)
                {
                    length += read;
                    if (length > largest)
                    {
                        throw new RefusedException($"The file must be {largest / (1024 * 1024)} MB or smaller. Make it smaller, or send it in parts", "File");
                    }

                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
                }
            }

            return new ReceivedFile(path, length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch
        {
            File.Delete(path);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Moves a received file to its place.</summary>
    /// <returns>What <see cref="Attachment.StoredName"/> keeps: <c>ab/0198ab…</c>.</returns>
    public string Keep(ReceivedFile file, Guid id)
    {
        var name = id.ToString("N");

        // The last digits of a version 7 id are random; the first are the time and would fill one folder after another.
        var folder = name[^2..];
        data.Folder("attachments", folder);
        File.Move(file.Path, Path.Combine(Root, folder, name));
        return $"{folder}/{name}";
    }

    public FileStream Open(string storedName) => new(PathOf(storedName), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, Buffer, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public void Delete(string storedName) => File.Delete(PathOf(storedName));

    private string PathOf(string storedName) => Path.Combine(Root, storedName.Replace('/', Path.DirectorySeparatorChar));
}
