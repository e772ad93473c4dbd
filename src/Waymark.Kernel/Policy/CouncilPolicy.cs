using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Policy;

/// <summary>
/// What the council's policy says on a day. A file holds from its day on for the keys it names; among files that name a key the latest day wins, then the
/// latest loaded; beneath all stand the defaults that the modules ship, which are nobody's policy. A key that no default has is a mistake in code and throws.
/// </summary>
/// <remarks>Most requests ask the database nothing: see <see cref="PolicyCache"/>.</remarks>
[Scoped]
public sealed class CouncilPolicy(WaymarkDb db, PolicyCache cache)
{
    private List<PolicyContent>? loaded;

    /// <summary>Files not withdrawn, the one that wins first; the defaults last.</summary>
    public IReadOnlyList<PolicyContent> Files => loaded ??= cache.Read(db);

    /// <summary>A limit, or null when the policy says that there is none.</summary>
    public PolicyLimit? LimitAt(string key, DateOnly day) => At(key, day, c => c.Limits);
    public decimal NumberAt(string key, DateOnly day) => At(key, day, c => c.Numbers);
    public IReadOnlyList<PolicyItem> ListAt(string key, DateOnly day) => At(key, day, c => c.Lists);
    public PolicyTable TableAt(string key, DateOnly day) => At(key, day, c => c.Tables);
    public string TextAt(string key, DateOnly day) => At(key, day, c => c.Texts);

    /// <summary>The words for a stored key of a list: as on the day, else as any file ever had them, else the key itself.</summary>
    public string TitleOf(string list, string? key, DateOnly day)
    {
        if (key is null)
        {
            return "";
        }

        var item = ListAt(list, day).FirstOrDefault(i => i.Key == key)
            ?? Files.Where(f => f.Lists.ContainsKey(list)).SelectMany(f => f.Lists[list]).FirstOrDefault(i => i.Key == key);
        return item?.Title ?? key;
    }

    /// <summary>The file whose word holds for a key on a day.</summary>
    public PolicyContent SourceOf(string key, DateOnly day) => Files.First(f => f.EffectiveFrom <= day && f.Keys.Contains(key));

    /// <summary>Forgets what this request read, after a file was loaded or withdrawn in it.</summary>
    internal void Reread()
    {
        cache.Forget();
        loaded = null;
    }

    private T At<T>(string key, DateOnly day, Func<PolicyContent, IReadOnlyDictionary<string, T>> part)
    {
        foreach (var file in Files)
        {
            if (file.EffectiveFrom <= day && part(file).TryGetValue(key, out var value))
            {
                return value;
            }
        }

        throw new KeyNotFoundException($"No policy default has the key '{key}'; the module that asks for it must ship one.");
    }
}

/// <summary>
/// Policy files as parsed. A file never changes, so its text is read once a process; which files stand is asked again after <see cref="FreshFor"/>, so that a file loaded
/// on another node or by the command line holds within seconds. One loaded here holds at once.
/// </summary>
[Singleton]
public sealed class PolicyCache(Catalogue catalogue)
{
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);
    private volatile Standing? standing;
    private readonly ConcurrentDictionary<Guid, PolicyContent> files = new();

    /// <summary>The modules' defaults, always in force, beneath every file.</summary>
    public IReadOnlyList<PolicyContent> Defaults { get; } = [.. catalogue.Modules.SelectMany(m => m.PolicyDefaults).Select(Default)];

    // Read without await: forms and lists ask in the middle of rendering, and the statement returns a handful of ids.
    internal List<PolicyContent> Read(WaymarkDb db)
    {
        // Elapsed time of this process, not the time of day, which tests stop.
        if (standing is { } known && Environment.TickCount64 - known.ReadAt < FreshFor.TotalMilliseconds)
        {
            return known.Files;
        }

        var readAt = Environment.TickCount64;
        var ids = db.PolicyFiles.AsNoTracking().Where(f => f.WithdrawnOn == null).OrderByDescending(f => f.EffectiveFrom).ThenByDescending(f => f.LoadedOn).ThenByDescending(f => f.Id)
            .Select(f => f.Id).ToList();
        if (ids.Where(id => !files.ContainsKey(id)).ToList() is { Count: > 0 } unread)
        {
            foreach (var file in db.PolicyFiles.AsNoTracking().Where(f => unread.Contains(f.Id)).ToList())
            {
                files[file.Id] = PolicyReader.Read(file.Json).Content ?? throw new InvalidOperationException($"The policy file '{file.Name}' was stored and can no longer be read.");
            }
        }

        List<PolicyContent> all = [.. ids.Select(id => files[id]), .. Defaults];
        standing = new Standing(readAt, all);
        return all;
    }

    internal void Forget() => standing = null;

    private sealed record Standing(long ReadAt, List<PolicyContent> Files);

    private static PolicyContent Default(string json)
    {
        var (content, faults) = PolicyReader.Read(json);
        return content is null
            ? throw new InvalidOperationException($"A shipped policy default has a fault: {string.Join(" ", faults)}")
            : content with { EffectiveFrom = DateOnly.MinValue };
    }
}
