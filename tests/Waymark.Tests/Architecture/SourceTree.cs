namespace Waymark.Tests.Architecture;

/// <summary>The sources that the tests were built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find();

    /// <summary>Paths from the root with forward slashes, and what stands in them.</summary>
    public static IEnumerable<(string Path, string Text)> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(full => (Path: Path.GetRelativePath(Root, full).Replace('\\', '/'), full))
            .Where(f => !f.Path.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .OrderBy(f => f.Path, StringComparer.Ordinal)
            .Select(f => (f.Path, File.ReadAllText(f.full)));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Waymark.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Waymark.slnx stands in no folder above the tests.");
    }
}
