using Waymark.Text.Blocks;
using Waymark.Text.Claims;
using Waymark.Text.Numbers;

namespace Waymark.Text.Rules;

/// <summary>Marks of notes in the text and the notes themselves, set against each other: digits and Roman numbers apart.</summary>
internal static class NoteMarks
{
    public sealed record Mismatch(string Message, List<Passage> At);

    public static IEnumerable<Mismatch> Of(DocumentReading document)
    {
        var marks = new Dictionary<string, Passage>(StringComparer.Ordinal);
        var notes = new Dictionary<string, Passage>(StringComparer.Ordinal);
        foreach (var passage in document.Blocks.Passages)
        {
            var begin = 0;
            if (Entry(passage) is { } entry)
            {
                notes.TryAdd(entry.Label, passage);
                begin = entry.Length;
            }

            foreach (var mark in Marks(passage.Text, begin))
            {
                marks.TryAdd(mark, passage);
            }
        }

        foreach (var isRoman in new[] { false, true })
        {
            var (m, n) = (marks.Where(p => char.IsLetter(p.Key[0]) == isRoman).ToDictionary(), notes.Where(p => char.IsLetter(p.Key[0]) == isRoman).ToDictionary());
            if (m.Count == 0 || (n.Count == 0 && (isRoman || m.Count < 1)))
            {
                continue;
            }

            var unanswered = m.Keys.Where(k => !n.ContainsKey(k)).ToList();
            var unmarked = n.Keys.Where(k => !m.ContainsKey(k)).ToList();
            // A text whose marks were lost with its layout says nothing of notes without a mark.
            if (n.Count == 0 || unanswered.Count + unmarked.Count == 0 || (unanswered.Count == 0 && m.Count < n.Count / 2))
            {
                continue;
            }

            var message = (unanswered.Count > 0 ? $"No note for mark {string.Join(", ", unanswered)}. " : "") + (unmarked.Count > 0 ? $"No mark for note {string.Join(", ", unmarked)}." : "");
            message += Gaps(n.Keys);
            yield return new Mismatch(message.Trim(), [.. unanswered.Select(k => m[k]).Concat(unmarked.Select(k => n[k])).Distinct()]);
        }
    }

    /// <summary>Numbers left out in the list of notes itself.</summary>
    private static string Gaps(IEnumerable<string> labels)
    {
        var numbers = labels.Select(Value).Order().ToList();
        var missing = numbers.Zip(numbers.Skip(1)).Where(p => p.Second == p.First + 2).Select(p => p.First + 1).ToList();
        return missing.Count == 0 ? "" : $" The notes leave out number {string.Join(", ", missing)}.";
    }

    private static int Value(string label)
    {
        if (char.IsAsciiDigit(label[0]))
        {
            return int.TryParse(label, out var number) ? number : 0;
        }

        var (sum, last) = (0, 0);
        for (var i = label.Length - 1; i >= 0; i--)
        {
            var digit = label[i] switch { 'i' => 1, 'v' => 5, 'x' => 10, _ => 50 };
            sum += digit < last ? -digit : digit;
            last = Math.Max(last, digit);
        }

        return sum;
    }

    /// <summary>The label a note begins with, and its length.</summary>
    private static (string Label, int Length)? Entry(Passage passage)
    {
        var text = passage.Text;
        if (passage.Kind == PassageKind.Note)
        {
            var length = BlockReader.NoteMarker(text);
            var head = length > 0 ? text[..length] : text[..Math.Max(1, text.AsSpan().IndexOfAnyExceptInRange('0', '9'))];
            return Label(head) is { Length: > 0 } label ? (label, head.Length) : null;
        }

        // Endnotes in Roman numbers: "xiv See IR22 …".
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space is > 0 and < 8 && Label(text[..space]) is { Length: > 0 } roman && char.IsLetter(roman[0]) && text.Length > space + 1 && char.IsUpper(text[space + 1]) && text[0] is 'i' or 'v' or 'x' or 'l' ? (roman, space) : null;
    }

    private static IEnumerable<string> Marks(string text, int begin)
    {
        for (var i = begin; i < text.Length; i++)
        {
            if (text[i] is not ('[' or '^' or '$' or 'ⁱ' or '¹' or '²' or '³') && text[i] is < '\u2070' or > '\u2079')
            {
                continue;
            }

            var end = Tokenizer.MarkerEnd(text, i);
            if (end > i)
            {
                // "m²" and "10³" are no marks.
                var isPower = text[i] is '²' or '³' && i > 0 && ((i > 1 && text[i - 1] == '0' && text[i - 2] == '1' && (i < 3 || !char.IsAsciiDigit(text[i - 3]))) || (text[i - 1] is 'm' && (i < 2 || !char.IsLetter(text[i - 2]))));
                if (!isPower && Label(text[i..end]) is { Length: > 0 } label)
                {
                    yield return label;
                }

                i = end - 1;
            }
        }
    }

    private static string Label(string mark)
    {
        Span<char> label = stackalloc char[mark.Length];
        var n = 0;
        foreach (var c in mark)
        {
            var plain = c switch { '¹' => '1', '²' => '2', '³' => '3', 'ⁱ' => 'i', >= '\u2070' and <= '\u2079' => (char)('0' + (c - '\u2070')), _ => char.ToLowerInvariant(c) };
            if (char.IsAsciiDigit(plain) || plain is 'i' or 'v' or 'x' or 'l')
            {
                label[n++] = plain;
            }
            else if (char.IsLetter(plain))
            {
                return "";
            }
        }

        return label[..n].ToString();
    }
}
