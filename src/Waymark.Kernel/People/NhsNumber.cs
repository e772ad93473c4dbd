namespace Waymark.Kernel.People;

/// <summary>
/// An NHS number: ten digits, the last of which checks the first nine (NHS Data Dictionary: weights 10 to 2, modulo 11). Numbers that begin with 999 are
/// kept for tests and are never given to a person; the demo county uses only those.
/// </summary>
public static class NhsNumber
{
    /// <summary>Reads a number as people write it, with spaces or hyphens.</summary>
    /// <param name="number">Ten digits when it can be read, else empty.</param>
    /// <param name="problem">What is wrong and how to mend it, or <c>null</c>.</param>
    public static bool TryParse(string? text, out string number, out string? problem)
    {
        var digits = Clean(text);
        number = "";
        if (digits.Length == 0 || digits.Any(c => !char.IsAsciiDigit(c)))
        {
            problem = "NHS number must be 10 numbers, like 999 123 4560";
            return false;
        }

        if (digits.Length != 10)
        {
            problem = $"NHS number must be 10 numbers; this has {digits.Length}";
            return false;
        }

        if (!HasRightCheckDigit(digits))
        {
            problem = "NHS number is not a real one: its last number does not fit the others. Check each number";
            return false;
        }

        (number, problem) = (digits, null);
        return true;
    }

    /// <summary>True when the ten digits pass the check; a check value of 10 is never given out.</summary>
    public static bool HasRightCheckDigit(string tenDigits) => CheckDigit(tenDigits.AsSpan(0, 9)) is { } check && tenDigits[9] - '0' == check;

    /// <summary>The check digit for nine digits, or <c>null</c> where the nine make no number.</summary>
    public static int? CheckDigit(ReadOnlySpan<char> nineDigits)
    {
        var sum = 0;
        for (var i = 0; i < 9; i++)
        {
            sum += (nineDigits[i] - '0') * (10 - i);
        }

        var check = 11 - (sum % 11);
        return check switch { 11 => 0, 10 => null, _ => check };
    }

    /// <summary>"999 123 4560".</summary>
    public static string Format(string tenDigits) => tenDigits.Length == 10 ? $"{tenDigits[..3]} {tenDigits[3..6]} {tenDigits[6..]}" : tenDigits;

    /// <summary>The test number with this serial (0 to 999,999), or <c>null</c> where it makes none; about one in eleven does not.</summary>
    public static string? ForTest(int serial)
    {
        var nine = $"999{serial:000000}";
        return CheckDigit(nine) is { } check ? nine + (char)('0' + check) : null;
    }

    private static string Clean(string? text) => string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '‐' or '‑' or '–')));
}
