using FuzzySharp;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.People;

/// <summary>A word of someone's name that fits a word typed.</summary>
/// <param name="Score">1 the same, 0.95 begins with it, below that as much alike as they are.</param>
public readonly record struct WordMatch(long WordId, string Word, double Score);

/// <summary>
/// The words of people's names, in memory: which of them fit a word typed with a slip, by its start, or by its sound. Words are only ever added, so keeping
/// up is reading the few that are new (a small statement, on every node). About 0.5 KB a word; a county of 750,000 has some 60,000.
/// </summary>
[Singleton]
public sealed class NameVocabulary(TimeProvider time)
{
    /// <summary>Words less alike than this are other names.</summary>
    public const double Alike = 0.75;

    /// <summary>A long transaction of another node may commit words whose ids are behind those already read: once in this time the words are counted.</summary>
    private static readonly TimeSpan CountedEvery = TimeSpan.FromMinutes(1);

    /// <summary>How long a search goes on with the words it has, when it knows those typed.</summary>
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(5);

    private const int LongestStart = 4;

    private readonly Lock guard = new();
    private readonly Dictionary<string, long> ids = new(StringComparer.Ordinal);
    private readonly List<(long Id, string Word)> words = [];
    private readonly Postings starts = new();
    private readonly Postings sounds = new();
    private readonly Postings slips = new();
    private long last;
    private DateTimeOffset countedOn;
    private DateTimeOffset readOn;

    /// <summary>
    /// Reads the words added since. Who has a new name is found at once: a word typed that is not known makes it read, and otherwise it reads now and then.
    /// </summary>
    public async Task RefreshAsync(WaymarkDb db, IReadOnlyList<string> typed, CancellationToken cancellation = default)
    {
        if (IsFresh(typed))
        {
            return;
        }

        await ReadAsync(db, last, cancellation);
        readOn = time.GetUtcNow();
        if (time.GetUtcNow() is var now && now - countedOn > CountedEvery)
        {
            countedOn = now;
            if (await db.NameWords.CountAsync(cancellation) != words.Count)
            {
                await ReadAsync(db, 0, cancellation);
            }
        }
    }

    private bool IsFresh(IReadOnlyList<string> typed)
    {
        lock (guard)
        {
            return time.GetUtcNow() - readOn < ReadEvery && typed.All(ids.ContainsKey);
        }
    }

    private async Task ReadAsync(WaymarkDb db, long after, CancellationToken cancellation)
    {
        var fresh = await db.NameWords.AsNoTracking().Where(w => w.Id > after).OrderBy(w => w.Id).Select(w => new { w.Id, w.Word }).ToListAsync(cancellation);
        lock (guard)
        {
            foreach (var word in fresh)
            {
                Add(word.Id, word.Word);
                last = Math.Max(last, word.Id);
            }
        }
    }

    /// <summary>The words that fit, the best first.</summary>
    /// <param name="typed">One folded word.</param>
    /// <param name="most">No more than these.</param>
    /// <param name="wide">With slips and sounds; else only the word and those that begin with it.</param>
    public IReadOnlyList<WordMatch> Like(string typed, int most, bool wide = true)
    {
        lock (guard)
        {
            var found = new Dictionary<int, double>();
            foreach (var place in starts.At(Start(typed)))
            {
                if (words[place].Word.StartsWith(typed, StringComparison.Ordinal))
                {
                    found[place] = words[place].Word.Length == typed.Length ? 1 : 0.95;
                }
            }

            if (wide)
            {
                AddAlike(typed, found);
            }

            return [.. found.Select(f => new WordMatch(words[f.Key].Id, words[f.Key].Word, f.Value)).OrderByDescending(m => m.Score).ThenBy(m => m.Word.Length).ThenBy(m => m.Word, StringComparer.Ordinal).Take(most)];
        }
    }

    /// <summary>How well a word of a name fits a word typed, 0 to 1.</summary>
    public static double Score(string typed, string word)
    {
        if (typed == word)
        {
            return 1;
        }

        if (word.StartsWith(typed, StringComparison.Ordinal))
        {
            return 0.95;
        }

        if (typed.Length < 2 || word.Length < 2)
        {
            return 0;
        }

        var alike = Fuzz.Ratio(typed, word) / 100d;
        var key = NameSound.Key(typed);
        var sameSound = key.Length > 0 && key == NameSound.Key(word);

        // The same sound lifts what is spelt somewhat alike; a short sound (lee, low, leah) says little by itself.
        return sameSound ? Math.Min(0.94, key.Length > 1 ? 0.6 + (0.35 * alike) : 0.3 + (0.6 * alike)) : Math.Min(0.9, alike);
    }

    private void AddAlike(string typed, Dictionary<int, double> found)
    {
        var key = NameSound.Key(typed);
        var candidates = key.Length > 0 ? sounds.At(Hash(key)) : [];
        foreach (var slip in Slips(typed))
        {
            candidates = candidates.Concat(slips.At(Hash(slip)));
        }

        foreach (var place in candidates)
        {
            if (!found.ContainsKey(place) && Score(typed, words[place].Word) is >= Alike and var score)
            {
                found[place] = score;
            }
        }
    }

    private void Add(long id, string word)
    {
        if (!ids.TryAdd(word, id))
        {
            return;
        }

        var place = words.Count;
        words.Add((id, word));
        for (var length = 1; length <= Math.Min(LongestStart, word.Length); length++)
        {
            starts.Add(Hash(word.AsSpan(0, length)), place);
        }

        if (NameSound.Key(word) is { Length: > 0 } key)
        {
            sounds.Add(Hash(key), place);
        }

        foreach (var slip in Slips(word))
        {
            slips.Add(Hash(slip), place);
        }
    }

    private static int Start(string typed) => Hash(typed.AsSpan(0, Math.Min(LongestStart, typed.Length)));

    /// <summary>The word and what is left when one letter is missed: two words that share one differ by a letter left out, put in, changed or swapped.</summary>
    private static IEnumerable<string> Slips(string word)
    {
        yield return word;
        if (word.Length is < 3 or > 30)
        {
            yield break;
        }

        for (var i = 0; i < word.Length; i++)
        {
            if (i == 0 || word[i] != word[i - 1])
            {
                yield return word.Remove(i, 1);
            }
        }
    }

    private static int Hash(ReadOnlySpan<char> text) => string.GetHashCode(text, StringComparison.Ordinal);

    /// <summary>Lists of places by hash, packed: millions of little lists would cost ten times the memory.</summary>
    private sealed class Postings
    {
        private readonly Dictionary<int, int> heads = [];
        private readonly List<(int Place, int Next)> links = [];

        public void Add(int hash, int place)
        {
            links.Add((place, heads.GetValueOrDefault(hash, -1)));
            heads[hash] = links.Count - 1;
        }

        public IEnumerable<int> At(int hash)
        {
            for (var at = heads.GetValueOrDefault(hash, -1); at >= 0; at = links[at].Next)
            {
                yield return links[at].Place;
            }
        }
    }
}
