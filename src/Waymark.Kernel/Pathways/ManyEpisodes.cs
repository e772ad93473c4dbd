using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Pathways;

/// <summary>An episode as a page showed it.</summary>
public readonly record struct SeenEpisode(Guid Id, int Version)
{
    /// <summary>Written into a page's checkbox and read back: <c>id:version</c>; null when it is neither.</summary>
    public static SeenEpisode? Parse(string? text) => text?.Split(':') is [var id, var version] && Guid.TryParse(id, out var guid) && int.TryParse(version, out var number) ? new(guid, number) : null;

    public override string ToString() => $"{Id}:{Version}";
}

/// <summary>What one act over many items did: references done, and those refused with the reason.</summary>
public sealed record ManyOutcome(IReadOnlyList<string> Done, IReadOnlyList<(string Reference, string Why)> Refused);

/// <summary>Does one act to many episodes in one transaction. An item that refuses is left as it was and reported; the others are done together.</summary>
[Scoped]
public sealed class ManyEpisodes(EpisodeDesk desk)
{
    public const int Most = 500;

    /// <param name="act">Throws <see cref="RefusedException"/> before it changes anything, or does all.</param>
    public async Task<ManyOutcome> RunAsync(IReadOnlyCollection<SeenEpisode> seen, string permission, Func<TakenEpisode, Task> act)
    {
        if (seen.Count == 0)
        {
            throw new RefusedException("Select at least one row.", "Rows");
        }

        if (seen.Count > Most)
        {
            throw new RefusedException($"Select {Most} rows at most, and do the rest after.", "Rows");
        }

        var versions = seen.DistinctBy(s => s.Id).ToDictionary(s => s.Id, s => s.Version);
        var (done, refused) = (new List<TakenEpisode>(), new List<(string, string)>());
        foreach (var taken in await desk.TakeManyAsync(versions.Keys))
        {
            try
            {
                desk.Check(taken, permission);
                await desk.CheckOpenAsync(taken);
                await desk.CheckVersionAsync(taken.Episode, versions[taken.Episode.Id]);
                await act(taken);
                done.Add(taken);
            }
            catch (RefusedException why)
            {
                refused.Add((taken.Episode.Reference, why.Message));
            }
        }

        await desk.SaveAsync(done.Select(t => t.Episode));
        return new ManyOutcome([.. done.Select(t => t.Episode.Reference)], refused);
    }
}
