using System.Globalization;
using Waymark.Text.Words;

namespace Waymark.Text.Numbers;

/// <summary>Words, numbers and marks of a passage. Markup is passed over; "7,150" is one number, "A2" and "s42" are words.</summary>
public sealed class Tokenizer(Lexicon lexicon)
{
    private const int LongestNumber = 18;

    public List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (c is ' ' or '\t' or '*' or '_' or '\u00A0' or '\u200B')
            {
                i++;
            }
            else if (c == '<' && text.IndexOf('>', i) is var close && close > 0 && close - i < 400 && i + 1 < text.Length && (char.IsAsciiLetter(text[i + 1]) || text[i + 1] == '/'))
            {
                i = close + 1;
            }
            else if (MarkerEnd(text, i) is var end && end > i)
            {
                tokens.Add(new Token { Kind = TokenKind.Marker, Start = i, End = end, Mark = c });
                i = end;
            }
            else if (char.IsAsciiDigit(c))
            {
                i = Number(text, i, tokens);
            }
            else if (char.IsLetter(c))
            {
                i = Letters(text, i, tokens);
            }
            else
            {
                tokens.Add(new Token { Kind = TokenKind.Punctuation, Start = i, End = i + 1, Mark = c });
                i++;
            }
        }

        JoinPhrases(tokens);
        return tokens;
    }

    /// <summary>End of a note's mark in the text: "[3]", "[^3]", "^{xii}", "¹", "$^{2}$"; the start itself when there is none.</summary>
    public static int MarkerEnd(string text, int i)
    {
        if (IsSuperscript(text[i]))
        {
            var end = i;
            while (end < text.Length && IsSuperscript(text[end]))
            {
                end++;
            }

            return end;
        }

        if (text[i] == '[' && i + 2 < text.Length && (text[i + 1] == '^' || char.IsAsciiDigit(text[i + 1]) || text[i + 1] is 'i' or 'v' or 'x'))
        {
            var close = text.AsSpan(i, Math.Min(8, text.Length - i)).IndexOf(']');
            return close > 1 && !text.AsSpan(i, close).Contains(' ') ? i + close + 1 : i;
        }

        if ((text[i] == '^' || text[i] == '$') && text.AsSpan(i, Math.Min(12, text.Length - i)) is var rest && rest.IndexOf('{') is 1 or 2 && rest.IndexOf('}') is > 0 and var brace)
        {
            return i + brace + 1 + (rest.Length > brace + 1 && rest[brace + 1] == '$' ? 1 : 0);
        }

        return text[i] == '^' && i + 1 < text.Length && char.IsAsciiLetter(text[i + 1]) ? i + 2 : i;
    }

    private static bool IsSuperscript(char c) => c is '¹' or '²' or '³' or 'ⁱ' or (>= '\u2070' and <= '\u2079');

    private static int Number(string text, int start, List<Token> tokens)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || (text[end] == ',' && IsGroup(text, end))))
        {
            end++;
        }

        var decimals = 0;
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            var point = end++;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            decimals = end - point - 1;
        }

        // "2A", "1D", "18th": a name or an ordinal, unless it is a scale ("£3m", "12k") or unit.
        var letters = end;
        while (letters < text.Length && char.IsLetter(text[letters]))
        {
            letters++;
        }

        var suffix = text.AsSpan(end, letters - end);
        var isScale = suffix.IsEmpty || suffix is "m" or "M" or "k" or "K" or "bn" or "p" or "pp" or "pts" or "x" or "days" or "hrs" or "hours";
        if (isScale && end - start <= LongestNumber && decimal.TryParse(text.AsSpan(start, end - start), NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            tokens.Add(new Token { Kind = TokenKind.Number, Start = start, End = end, Value = value, Decimals = decimals, HasSeparator = text.AsSpan(start, end - start).Contains(',') });
            return end;
        }

        var stop = Math.Max(letters, end);
        tokens.Add(new Token { Kind = TokenKind.Word, Start = start, End = stop, Word = Unknown(text[start..Math.Min(stop, start + 40)]), Concept = text[start..Math.Min(stop, start + 40)].ToLowerInvariant() });
        return stop;
    }

    private static Word Unknown(string text) => new(text.ToLowerInvariant(), text.ToLowerInvariant(), WordRoles.None, null);

    private static bool IsGroup(string text, int comma) =>
        comma + 3 < text.Length && char.IsAsciiDigit(text[comma + 1]) && char.IsAsciiDigit(text[comma + 2]) && char.IsAsciiDigit(text[comma + 3]) && (comma + 4 >= text.Length || !char.IsAsciiDigit(text[comma + 4]));

    private int Letters(string text, int start, List<Token> tokens)
    {
        var end = start;
        while (end < text.Length && (char.IsLetter(text[end]) || (text[end] is '-' or '\'' or '’' && end + 1 < text.Length && char.IsLetter(text[end + 1])) || (char.IsAsciiDigit(text[end]) && end > start)))
        {
            end++;
        }

        var word = lexicon.For(text.AsSpan(start, Math.Min(end - start, 60)));
        tokens.Add(new Token { Kind = TokenKind.Word, Start = start, End = end, Word = word, Concept = word.Concept, IsCapital = char.IsUpper(text[start]) });
        return end;
    }

    private static void JoinPhrases(List<Token> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Word?.Phrases is not { } phrases)
            {
                continue;
            }

            foreach (var (words, concept) in phrases)
            {
                var k = 1;
                while (k < words.Length && i + k < tokens.Count && (tokens[i + k].IsWord(words[k]) || (tokens[i + k].Kind == TokenKind.Number && words[k] == "42" && tokens[i + k].Value == 42)))
                {
                    k++;
                }

                if (k == words.Length)
                {
                    tokens[i].Concept = concept;
                    for (var n = 1; n < k; n++)
                    {
                        (tokens[i + n].Concept, tokens[i + n].Taken) = ("", tokens[i + n].Kind == TokenKind.Number);
                    }

                    break;
                }
            }
        }
    }
}
