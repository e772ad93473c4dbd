namespace Waymark.Kernel.People;

/// <summary>What a person can be found by beside their name, written one way however it was typed.</summary>
public static class PersonKeys
{
    /// <summary>Digits only, as dialled within the country: <c>"+44 (0)1632 960123"</c> is <c>"01632960123"</c>. Null when there is none.</summary>
    public static string? Phone(string? text)
    {
        var digits = string.Concat((text ?? "").Where(char.IsAsciiDigit));
        if (digits.Length == 0)
        {
            return null;
        }

        return (text!.TrimStart().StartsWith('+') ? digits : digits.StartsWith("0044", StringComparison.Ordinal) ? digits[2..] : null) is { } abroad && abroad.StartsWith("44", StringComparison.Ordinal)
            ? "0" + abroad[2..].TrimStart('0')
            : digits;
    }

    /// <summary>Upper case, no spaces: <c>"ox4 1aa"</c> is <c>"OX41AA"</c>. Null when there is none.</summary>
    public static string? Postcode(string? text)
    {
        var key = string.Concat((text ?? "").Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return key.Length == 0 ? null : key;
    }

    /// <summary>A postcode as it is written: <c>"ox41aa"</c> is <c>"OX4 1AA"</c>; other text as it came.</summary>
    public static string? WrittenPostcode(string? text) => Postcode(text) is { Length: >= 5 and <= 7 } key ? $"{key[..^3]} {key[^3..]}" : string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
