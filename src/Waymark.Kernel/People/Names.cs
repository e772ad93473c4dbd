using System.Globalization;
using System.Text;

namespace Waymark.Kernel.People;

/// <summary>Names folded for sorting and matching, the same in C# on both engines.</summary>
public static class Names
{
    /// <summary>Lower case, accents and punctuation taken off, white space single: <c>"Ó Briain-Smith"</c> is <c>"o briain smith"</c>.</summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || c is '\'' or '’' or '`')
            {
                continue;
            }

            if (Plain(c) is { } plain)
            {
                folded.Append(plain);
            }
            else if (char.IsLetterOrDigit(c))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
            else if (folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().TrimEnd();
    }

    // Letters that Unicode does not take apart, as people type them on a British keyboard.
    private static string? Plain(char c) => c switch
    {
        'ø' or 'Ø' => "o",
        'ł' or 'Ł' => "l",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'ß' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'þ' or 'Þ' => "th",
        'ı' => "i",
        _ => null,
    };

    /// <summary>The distinct words of folded names, in order.</summary>
    public static IReadOnlyList<string> Words(params IEnumerable<string?> names) =>
        [.. names.SelectMany(n => Fold(n).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];

    /// <summary>Family name, then given name, folded.</summary>
    public static string SortKey(string familyName, string givenName) => $"{Fold(familyName)} {Fold(givenName)}".Trim();

    /// <summary>Whole years from <paramref name="birth"/> to <paramref name="day"/>; someone born on 29 February has a birthday on 1 March in other years.</summary>
    public static int Age(DateOnly birth, DateOnly day)
    {
        var age = day.Year - birth.Year;
        return (day.Month, day.Day).CompareTo((birth.Month, birth.Day)) < 0 ? age - 1 : age;
    }
}
