using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Forms;

/// <summary>
/// Answers as people type them and as records hold them. Dates are three parts joined as typed ("31/7/2024"), money is pounds in text and pence in the
/// record, choices are the name of the value, several choices are joined by commas. Reading forgives spaces, commas, a pound sign and a month's name.
/// </summary>
public static partial class AnswerText
{
    public const char ListSeparator = ',';

    /// <summary>A row's own id, given to a property of this name where the row has one.</summary>
    public const string RowIdProperty = "RowId";
    public const int MaxRows = 200;

    internal static readonly IReadOnlyList<Choice> YesNo = [new("Yes", "Yes"), new("No", "No")];

    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");
    private static readonly string[] Months = [.. British.DateTimeFormat.MonthNames.Take(12).Select(m => m.ToLowerInvariant())];

    /// <summary>Joins the three boxes of a date as typed; nothing in any of them is nothing.</summary>
    public static string JoinDate(string? day, string? month, string? year)
    {
        string[] parts = [day?.Trim() ?? "", month?.Trim() ?? "", year?.Trim() ?? ""];
        return parts.All(p => p.Length == 0) ? "" : string.Join('/', parts);
    }

    /// <summary>The three boxes of a date as it was typed; text that is not three parts stands in the first.</summary>
    public static (string Day, string Month, string Year) SplitDate(string text)
    {
        var last = text.LastIndexOf('/');
        var middle = last > 0 ? text.LastIndexOf('/', last - 1) : -1;
        return middle < 0 ? (text, "", "") : (text[..middle], text[(middle + 1)..last], text[(last + 1)..]);
    }

    /// <summary>Reads a date; <paramref name="problem"/> says what is wrong and how to mend it.</summary>
    public static DateOnly? ReadDate(string text, out string? problem)
    {
        var (dayText, monthText, yearText) = SplitDate(text);
        var missing = new List<string>();
        AddIfEmpty(missing, "day", dayText);
        AddIfEmpty(missing, "month", monthText);
        AddIfEmpty(missing, "year", yearText);
        if (missing.Count > 0)
        {
            problem = $"the date needs a {string.Join(" and a ", missing)}, for example 31 7 2024";
            return null;
        }

        if (!YearShape().IsMatch(yearText))
        {
            problem = "the year needs four numbers, for example 2024";
            return null;
        }

        var month = Month(monthText);
        if (!int.TryParse(dayText, NumberStyles.None, CultureInfo.InvariantCulture, out var day) || month is null)
        {
            problem = $"“{text}” is not a date; write day, month and year as numbers, for example 31 7 2024";
            return null;
        }

        var year = int.Parse(yearText, CultureInfo.InvariantCulture);
        if (year < 1 || day < 1 || day > DateTime.DaysInMonth(year, month.Value))
        {
            problem = $"there is no {text} in the calendar; check the day and the month";
            return null;
        }

        problem = null;
        return new DateOnly(year, month.Value, day);
    }

    /// <summary>Reads a time of day: "22:10", "22.10", "2210", "9:05 pm", "9pm".</summary>
    public static TimeOnly? ReadTime(string text, out string? problem)
    {
        var match = TimeShape().Match(text.Trim());
        var (hour, minute) = match.Success
            ? (int.Parse(match.Groups["hour"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["minute"] is { Length: > 0 } m ? int.Parse(m.ValueSpan, CultureInfo.InvariantCulture) : 0)
            : (-1, 0);
        var half = match.Groups["half"].Value.ToLowerInvariant();
        if (hour < 0 || (half.Length == 0 && match.Groups["minute"].Length == 0))
        {
            problem = $"“{text}” is not a time; write it by the 24-hour clock, for example 22:10";
            return null;
        }

        if (minute > 59 || hour > 23 || (half.Length > 0 && hour is 0 or > 12))
        {
            problem = $"there is no {text} on the clock; write it by the 24-hour clock, for example 22:10";
            return null;
        }

        problem = null;
        return new TimeOnly(half switch { "pm" => hour == 12 ? 12 : hour + 12, "am" => hour == 12 ? 0 : hour, _ => hour }, minute);
    }

    public static string WriteTime(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string WriteDate(DateOnly date) => $"{date.Day}/{date.Month}/{date.Year:0000}";

    /// <summary>Reads pounds, with or without pence, as pence.</summary>
    public static long? ReadMoney(string text, out string? problem)
    {
        var plain = Spaces().Replace(text, "").Replace(",", "", StringComparison.Ordinal).TrimStart('£');
        if (!MoneyShape().IsMatch(plain))
        {
            problem = $"“{text}” is not an amount; write pounds, with or without pence, for example 1234 or 1234.50";
            return null;
        }

        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var pounds) || Math.Abs(pounds) > 1_000_000_000_000m)
        {
            problem = "the amount is larger than any this can hold; check it";
            return null;
        }

        problem = null;
        return (long)(pounds * 100);
    }

    public static string WriteMoney(long pence) => (pence / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    public static long? ReadNumber(string text, long least, long most, out string? problem)
    {
        var plain = Spaces().Replace(text, "").Replace(",", "", StringComparison.Ordinal);
        if (!NumberShape().IsMatch(plain))
        {
            problem = $"“{text}” is not a whole number; write it in figures, for example 12";
            return null;
        }

        if (!long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
        {
            problem = "the number is larger than any this can hold; check it";
            return null;
        }

        problem = null;
        return number;
    }

    /// <summary>Text as it is stored: line ends as one character, and nothing that a database cannot hold (a null character, half a surrogate pair).</summary>
    public static string Clean(string text)
    {
        if (text.AsSpan().IndexOfAny('\r', '\0') < 0 && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').EnumerateRunes())
        {
            if (rune.Value != 0)
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    private static void AddIfEmpty(List<string> missing, string part, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            missing.Add(part);
        }
    }

    private static int? Month(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number is >= 1 and <= 12 ? number : null;
        }

        var index = text.Length < 3 ? -1 : Array.FindIndex(Months, m => m.StartsWith(text, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : index + 1;
    }

    [GeneratedRegex(@"^(?<hour>[0-9]{1,2})(?:[:. ]?(?<minute>[0-9]{2}))?\s*(?<half>am|pm)?$", RegexOptions.IgnoreCase)]
    private static partial Regex TimeShape();

    [GeneratedRegex(@"^[0-9]{4}$")]
    private static partial Regex YearShape();

    [GeneratedRegex(@"^-?[0-9]{1,20}(\.[0-9]{1,2})?$")]
    private static partial Regex MoneyShape();

    [GeneratedRegex(@"^-?[0-9]{1,30}$")]
    private static partial Regex NumberShape();

    [GeneratedRegex(@"\s")]
    private static partial Regex Spaces();
}
