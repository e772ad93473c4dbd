namespace Waymark.Text.Words;

/// <summary>What a word can do in a sentence.</summary>
[Flags]
public enum WordRoles
{
    None = 0, Stop = 1, Neutral = 2, Up = 4, Down = 8, Better = 16, Worse = 32, Mean = 64, Median = 128, Longest = 256, Shortest = 512,
    Label = 1024, Plan = 2048, People = 4096, Residual = 8192, Place = 16384, LowerIsBetter = 32768, HigherIsBetter = 65536,
    Direction = Up | Down, Statistic = Mean | Median | Longest | Shortest,
}

/// <summary>A word as it is understood: what it stands for, and what it can do. Held once for each spelling.</summary>
public sealed class Word(string text, string concept, WordRoles roles, string? place)
{
    public string Text { get; } = text;

    /// <summary>The stem, or the first word of its line in the word list.</summary>
    public string Concept { get; } = concept;
    public WordRoles Roles { get; } = roles;
    public string? Place { get; } = place;

    /// <summary>Whether it may begin a phrase, spell a number or begin a time: asked once for each spelling, not at each place.</summary>
    internal IReadOnlyList<(string[] Words, string Concept)>? Phrases { get; init; }
    internal bool MaySpellNumber { get; } = Numbers.FigureFinder.MaySpell(text);
    internal bool MayBeTime { get; } = Numbers.PeriodReader.MayBegin(text);

    public bool Is(WordRoles role) => (Roles & role) != 0;
}

/// <summary>The words of <c>words.txt</c>: an analyst may add to them without touching a rule.</summary>
public sealed class Lexicon
{
    private readonly Dictionary<string, string> same = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string[] Words, string Concept)>> phrases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WordRoles> roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WordRoles> conceptRoles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> apart = new(StringComparer.Ordinal);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, Word> words = new(StringComparer.Ordinal);

    private Lexicon(TextReader reader)
    {
        var section = "";
        var group = 0;
        while (reader.ReadLine() is { } raw)
        {
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[')
            {
                section = line.Trim('[', ']');
                continue;
            }

            Read(section, line, ref group);
        }
    }

    public static Lexicon Standard { get; } = Load();

    public static Lexicon From(TextReader reader) => new(reader);

    /// <summary>What a word stands for; any spelling gives an answer.</summary>
    public Word For(ReadOnlySpan<char> spelling) => words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(spelling, out var known) ? known : Learn(spelling.ToString());

    /// <summary>Whether figures of these two concepts cannot be one: men and women, received and completed.</summary>
    public bool Excludes(string a, string b) => apart.TryGetValue(a, out var left) && apart.TryGetValue(b, out var right) && left.Exists(right.Contains);

    /// <summary>Whether a spelling stands in the word list, rather than being stemmed.</summary>
    public bool IsKnown(string spelling) => same.ContainsKey(spelling.ToLowerInvariant()) || roles.ContainsKey(spelling.ToLowerInvariant());

    public bool IsApart(string concept) => apart.ContainsKey(concept);

    public WordRoles RolesOf(string concept) => conceptRoles.GetValueOrDefault(concept);

    private static Lexicon Load()
    {
        using var stream = typeof(Lexicon).Assembly.GetManifestResourceStream("words.txt")!;
        using var reader = new StreamReader(stream);
        return new Lexicon(reader);
    }

    private void Read(string section, string line, ref int group)
    {
        switch (section)
        {
            case "same" or "place":
                var (head, rest) = (line[..line.IndexOf(':')].Trim(), line[(line.IndexOf(':') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
                foreach (var word in rest.Append(head))
                {
                    (section == "same" ? same : places)[word] = head;
                }

                break;
            case "phrases":
                var parts = line.Split(':');
                var spelt = parts[0].Trim().Split(' ');
                if (spelt.Length == 1)
                {
                    same[spelt[0]] = parts[1].Trim();
                    break;
                }

                if (!phrases.TryGetValue(spelt[0], out var list))
                {
                    phrases[spelt[0]] = list = [];
                }

                list.Add((spelt, parts[1].Trim().Split(' ')[0]));
                list.Sort((a, b) => b.Words.Length.CompareTo(a.Words.Length));
                break;
            case "apart":
                group++;
                foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    var concept = ConceptOf(word);
                    (apart.TryGetValue(concept, out var groups) ? groups : apart[concept] = []).Add(group);
                }

                break;
            default:
                var role = Enum.Parse<WordRoles>(section.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
                foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    roles[word] = roles.GetValueOrDefault(word) | role;
                    if (role is WordRoles.LowerIsBetter or WordRoles.HigherIsBetter or WordRoles.Neutral)
                    {
                        conceptRoles[ConceptOf(word)] = conceptRoles.GetValueOrDefault(ConceptOf(word)) | role;
                    }
                }

                break;
        }
    }

    // Made-up text has no end of spellings: only so many are kept.
    private Word Learn(string spelling)
    {
        var lower = spelling.ToLowerInvariant();
        lower = lower.Replace('’', '\'');
        lower = lower.EndsWith("'s", StringComparison.Ordinal) ? lower[..^2] : lower.TrimEnd('\'');
        var concept = ConceptOf(lower);
        var word = new Word(lower, concept, roles.GetValueOrDefault(lower) | conceptRoles.GetValueOrDefault(concept), places.GetValueOrDefault(lower));
        word = new Word(lower, concept, word.Place is null ? word.Roles : word.Roles | WordRoles.Place, word.Place) { Phrases = phrases.GetValueOrDefault(lower) };
        if (words.Count < 100_000)
        {
            words[spelling] = word;
        }

        return word;
    }

    private string ConceptOf(string lower)
    {
        if (same.TryGetValue(lower, out var concept))
        {
            return concept;
        }

        var bare = lower.Contains('-', StringComparison.Ordinal) ? lower.Replace("-", "", StringComparison.Ordinal) : lower;
        var stem = Stemmer.Stem(bare);
        return same.GetValueOrDefault(bare) ?? same.GetValueOrDefault(stem) ?? stem;
    }
}
