using System.Text;

namespace Waymark.Kernel.People;

/// <summary>
/// How a name sounds, after the manner of Metaphone (Philips, 1990) with what the names of England need: <c>mohammed</c> and <c>muhamad</c>, <c>okafor</c>
/// and <c>occafour</c>, <c>smith</c> and <c>smyth</c>, <c>macdonald</c> and <c>mcdonald</c> have one key. Only letters a to z sound; other scripts give an empty key.
/// </summary>
public static class NameSound
{
    private static readonly (string From, string To)[] Starts =
        [("kn", "n"), ("gn", "n"), ("pn", "n"), ("wr", "r"), ("ps", "s"), ("pf", "f"), ("mac", "mk"), ("mc", "mk"), ("x", "s"), ("wh", "w"), ("rh", "r")];

    // Longer spellings first.
    private static readonly (string From, string To)[] Spellings =
    [
        ("tsch", "X"), ("sch", "X"), ("tch", "X"), ("cz", "X"), ("sz", "X"), ("ch", "X"), ("sh", "X"), ("tio", "X"), ("sio", "X"),
        ("ough", ""), ("augh", ""), ("igh", "a"), ("dge", "j"), ("dj", "j"), ("gh", "k"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("kh", "k"), ("bh", "f"),
        ("ck", "k"), ("qu", "k"), ("ce", "s"), ("ci", "s"), ("cy", "s"), ("ge", "j"), ("gi", "j"), ("gy", "j"),
        ("x", "ks"), ("c", "k"), ("q", "k"), ("z", "s"), ("v", "f"), ("d", "t"), ("b", "p"),
    ];

    /// <param name="word">One folded word (see <see cref="Names.Fold"/>).</param>
    public static string Key(string word)
    {
        if (word.Length == 0 || word.Any(c => c is < 'a' or > 'z'))
        {
            return "";
        }

        foreach (var (from, to) in Starts)
        {
            if (word.StartsWith(from, StringComparison.Ordinal))
            {
                word = to + word[from.Length..];
                break;
            }
        }

        var key = new StringBuilder(word.Length);
        for (var i = 0; i < word.Length;)
        {
            var (sounds, taken) = Next(word, i);
            foreach (var sound in sounds)
            {
                Append(key, sound, i == 0);
            }

            i += taken;
        }

        return key.ToString();
    }

    private static (string Sounds, int Taken) Next(string word, int at)
    {
        foreach (var (from, to) in Spellings)
        {
            if (string.CompareOrdinal(word, at, from, 0, from.Length) == 0)
            {
                // "ce" is s and leaves its vowel to be read.
                return (to, from.Length == 2 && from[1] is 'e' or 'i' or 'y' ? 1 : from.Length);
            }
        }

        return (word[at].ToString(), 1);
    }

    // A vowel sounds only where the name starts with it, h, w and y not after the start; the same consonant twice running sounds once.
    private static void Append(StringBuilder key, char sound, bool first)
    {
        var isVowel = sound is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
        if (isVowel)
        {
            if (first)
            {
                key.Append('a');
            }

            return;
        }

        if (sound is 'h' or 'w' && !first)
        {
            return;
        }

        if (key.Length == 0 || key[^1] != sound)
        {
            key.Append(sound);
        }
    }
}
