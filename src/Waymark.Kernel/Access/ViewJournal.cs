using System.Text.Json;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Access;

/// <summary>
/// Views that are not yet in the database, in a file of this process's own: a process that is killed loses none. The next one to start reads what the dead left.
/// Why: <c>docs/decisions/0010-view-log.md</c>.
/// </summary>
[Singleton]
public sealed class ViewJournal(DataFolder folder) : IDisposable
{
    private FileStream? file;

    private string Folder => Path.Combine(folder.Path, "views");

    /// <summary>Handed to the operating system, not forced to the disk: outlives the process, not a loss of power.</summary>
    internal void Append(ViewLogEntry view)
    {
        file ??= Open();
        file.Write(Line(view));
        file.Flush();
    }

    /// <summary>The database has the rest.</summary>
    internal void Keep(IReadOnlyList<ViewLogEntry> waiting)
    {
        file?.SetLength(0);
        foreach (var view in waiting)
        {
            Append(view);
        }
    }

    /// <summary>Views left by processes that are gone, with what forgets them once they are saved. A file that another process holds open is let be.</summary>
    internal IReadOnlyList<(IReadOnlyList<ViewLogEntry> Views, Action Forget)> LeftByOthers()
    {
        if (!Directory.Exists(Folder))
        {
            return [];
        }

        var left = new List<(IReadOnlyList<ViewLogEntry>, Action)>();
        foreach (var path in Directory.EnumerateFiles(Folder, "*.journal").Where(p => p != file?.Name))
        {
            try
            {
                using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                using var reader = new StreamReader(stream);
                left.Add(([.. Read(reader)], () => File.Delete(path)));
            }
            catch (IOException)
            {
                // Its process lives, or another that starts now has it.
            }
        }

        return left;
    }

    public void Dispose()
    {
        if (file is { } open)
        {
            var isEmpty = open.Length == 0;
            open.Dispose();
            if (isEmpty)
            {
                File.Delete(open.Name);
            }
        }
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(Folder);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Folder, $"{Guid.CreateVersion7():N}.journal"), options);
    }

    private static byte[] Line(ViewLogEntry view) => [.. JsonSerializer.SerializeToUtf8Bytes(view), (byte)'\n'];

    /// <summary>A last line that the process did not finish is not a view that was shown: the page waits for its line.</summary>
    private static IEnumerable<ViewLogEntry> Read(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            if (line.EndsWith('}'))
            {
                yield return JsonSerializer.Deserialize<ViewLogEntry>(line)!;
            }
        }
    }
}
