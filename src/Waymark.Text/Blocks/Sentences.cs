namespace Waymark.Text.Blocks;

/// <summary>Splits a paragraph into sentences.</summary>
internal static class Sentences
{
    private static readonly HashSet<string> Short = new(StringComparer.OrdinalIgnoreCase) { "e.g", "i.e", "eg", "ie", "dr", "mr", "mrs", "ms", "no", "nos", "fig", "figs", "c", "ca", "approx", "st", "vs", "v", "para", "paras", "cllr", "prof", "etc", "dept", "ref", "s", "ss", "p", "pp", "inc", "ltd", "est" };

    public static IEnumerable<(int Start, int End)> Split(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '.' or '?' or '!' && EndsAt(text, start, ref i))
            {
                yield return (start, i + 1);
                start = i + 1;
                while (start < text.Length && text[start] == ' ')
                {
                    start++;
                }

                i = start - 1;
            }
        }

        if (start < text.Length)
        {
            yield return (start, text.Length);
        }
    }

    // Moves to the last mark of the sentence: the closing quote, bracket or note marker belongs to it.
    private static bool EndsAt(string text, int start, ref int i)
    {
        var end = i;
        while (end + 1 < text.Length && IsTrailing(text, end + 1))
        {
            end++;
        }

        if (end + 1 >= text.Length)
        {
            i = end;
            return true;
        }

        if (text[end + 1] != ' ')
        {
            return false;
        }

        var next = end + 2;
        while (next < text.Length && text[next] is ' ' or '"' or '“' or '‘' or '\'' or '(' or '*' or '[' or '£' or '_')
        {
            next++;
        }

        if (next >= text.Length || !(char.IsUpper(text[next]) || char.IsDigit(text[next])))
        {
            return false;
        }

        if (text[i] == '!' && i >= 5 && text.AsSpan(i - 5, 5) is "Error")
        {
            return false;
        }

        if (text[i] == '.' && end == i)
        {
            var word = i;
            while (word > start && (char.IsLetter(text[word - 1]) || text[word - 1] == '.'))
            {
                word--;
            }

            if (Short.Contains(text[word..i]) || (i - word == 1 && char.IsUpper(text[word]) && !char.IsDigit(text[next])))
            {
                return false;
            }
        }

        i = end;
        return true;
    }

    private static bool IsTrailing(string text, int i) => text[i] is '"' or '”' or '’' or ')' or ']' or '*' or '¹' or '²' or '³' or '⁴' or '⁵' or '⁶' or '⁷' or '⁸' or '⁹' or '⁰' or '.'
        || (text[i] == '[' && text.IndexOf(']', i) is var close && close > 0 && close - i <= 5 && Skip(text, i, close))
        || (char.IsAsciiDigit(text[i]) && text[i - 1] != ' ' && IsInMarker(text, i))
        || (text[i] == '^' && IsInMarker(text, i + 1));

    private static bool Skip(string text, int open, int close) => !text[open..close].Contains(' ', StringComparison.Ordinal);

    private static bool IsInMarker(string text, int i)
    {
        var open = text.LastIndexOf('[', Math.Min(i, text.Length - 1), Math.Min(i, 6));
        return open >= 0 && text.IndexOf(']', open) is var close && close > open && close - open <= 6;
    }
}
