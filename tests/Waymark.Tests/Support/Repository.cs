namespace Waymark.Tests.Support;

/// <summary>The source tree the tests were built from, for what must agree with a document in it.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Waymark.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No Waymark.slnx above {AppContext.BaseDirectory}.");
    }
}
