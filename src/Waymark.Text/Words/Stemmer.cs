namespace Waymark.Text.Words;

/// <summary>Takes the ending off a word, so that "referral" in the plural is still one. Light on purpose: two words made one by mistake would make two figures one.</summary>
internal static class Stemmer
{
    public static string Stem(string word)
    {
        if (word.Length <= 3)
        {
            return word;
        }

        var stem = word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4 ? word[..^3] + "y"
            : word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal) ? word[..^2]
            : word.EndsWith('s') && word[^2] is not ('s' or 'u' or 'i') ? word[..^1] : word;
        stem = stem.EndsWith("ing", StringComparison.Ordinal) && stem.Length > 6 ? Undouble(stem[..^3]) : stem.EndsWith("ed", StringComparison.Ordinal) && stem.Length > 5 ? Undouble(stem[..^2]) : stem;
        return stem.Length > 4 && stem[^1] == 'e' ? stem[..^1] : stem;
    }

    private static string Undouble(string stem) => stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'e') ? stem[..^1] : stem;
}
