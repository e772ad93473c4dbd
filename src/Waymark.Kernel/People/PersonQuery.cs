using System.Globalization;
using System.Text.RegularExpressions;

namespace Waymark.Kernel.People;

/// <summary>What someone typed to find a person, read: "okafor 1940", "amal 12/3/1940", "999 123 4560", "ox4 1aa", "01632 960123", "P-000123".</summary>
public sealed partial record PersonQuery
{
    private const int LongestText = 200;
    private const int MostWords = 5;
    private static readonly string[] Noise = ["dob", "born", "nhs", "mr", "mrs", "ms", "miss", "mx", "dr"];

    public required string Text { get; init; }

    /// <summary>Folded words of a name.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The days that a date typed may mean: two where the century was left out.</summary>
    public IReadOnlyList<DateOnly> BirthDates { get; init; } = [];
    public int? BirthYear { get; init; }
    public string? NhsNumber { get; init; }
    public string? PhoneKey { get; init; }

    /// <summary>A postcode or the first part of one, as a key.</summary>
    public string? PostcodeKey { get; init; }

    /// <summary>What may be a reference or a council's number, as typed and in capitals.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>What could not be read, in words for whoever typed it.</summary>
    public string? Problem { get; init; }

    public bool IsEmpty => Words.Count == 0 && BirthDates.Count == 0 && BirthYear is null && NhsNumber is null && PhoneKey is null && PostcodeKey is null && Numbers.Count == 0;
    public bool HasBirth => BirthDates.Count > 0 || BirthYear is not null;

    public static PersonQuery Parse(string? text, DateOnly today)
    {
        var typed = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new Reading(typed.Length > LongestText ? typed[..LongestText] : typed, today).Read();
    }

    /// <summary>Takes out of the text what has a shape of its own, the surest shape first; what is left is a name.</summary>
    private sealed class Reading(string typed, DateOnly today)
    {
        private readonly List<DateOnly> dates = [];
        private readonly List<string> numbers = [];
        private string rest = typed;
        private readonly string text = typed;
        private string? problem;
        private int? year;
        private string? nhsNumber;
        private string? phone;
        private string? postcode;

        public PersonQuery Read()
        {
            rest = MonthAsWord().Replace(rest, m => Date(m, m.Groups[1].Value, MonthOf(m.Groups[2].Value), m.Groups[3].Value));
            rest = YearFirst().Replace(rest, m => Date(m, m.Groups[3].Value, m.Groups[2].Value, m.Groups[1].Value));
            rest = DayFirst().Replace(rest, m => Date(m, m.Groups["d"].Value, m.Groups["m"].Value, m.Groups["y"].Value));
            rest = Reference().Replace(rest, m => Number(m.Value));
            rest = FullPostcode().Replace(rest, m => Postcode(m.Value));
            rest = Digits().Replace(rest, m => DigitRun(m.Value));
            rest = WithDigit().Replace(rest, m => Mixed(m.Value));
            var words = Names.Words(rest).Where(w => !Noise.Contains(w)).Select(w => w.Length > NameIndex.LongestWord ? w[..NameIndex.LongestWord] : w).Take(MostWords).ToList();
            return new PersonQuery
            {
                Text = text,
                Words = words,
                BirthDates = dates,
                BirthYear = dates.Count > 0 ? null : year,
                NhsNumber = nhsNumber,
                PhoneKey = phone,
                PostcodeKey = postcode,
                Numbers = [.. numbers.Concat(numbers.Select(n => n.ToUpperInvariant())).Distinct(StringComparer.Ordinal)],
                Problem = problem,
            };
        }

        private string Date(Match match, string dayText, string monthText, string yearText)
        {
            var (day, month, typedYear) = (Number10(dayText), Number10(monthText), Number10(yearText));
            int[] years = yearText.Length == 4 ? [typedYear] : [1900 + typedYear, 2000 + typedYear];
            var real = years.Where(y => y >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(y, month)).Select(y => new DateOnly(y, month, day)).ToList();
            if (real.Count == 0)
            {
                problem = $"{match.Value.Trim()} is not a real date, so it was left out";
                return " ";
            }

            dates.AddRange(real.Where(d => d <= today));
            problem = dates.Count == 0 ? $"{match.Value.Trim()} is still to come, so it was left out" : problem;
            return " ";
        }

        private string DigitRun(string run)
        {
            var digits = string.Concat(run.Where(char.IsAsciiDigit));
            var isCode = digits.Length == run.Length;
            if (digits.Length == 4 && isCode && Number10(digits) is var typedYear && typedYear > today.Year - PersonRules.OldestAge && typedYear <= today.Year)
            {
                year = typedYear;
                return " ";
            }

            if (digits.Length == 10 && digits[0] != '0')
            {
                if (People.NhsNumber.TryParse(digits, out var number, out var wrong))
                {
                    nhsNumber = number;
                }
                else
                {
                    problem = wrong;
                }
            }

            if (digits.Length == 8 && isCode && DateOnly.TryParseExact(digits, "ddMMyyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                && day <= today && day.Year > today.Year - PersonRules.OldestAge)
            {
                dates.Add(day);
            }

            if (digits.Length >= 6)
            {
                phone = PersonKeys.Phone(run);
            }

            return isCode ? Number(digits) : " ";
        }

        // "OX4" may start a postcode, "C1" be a council's number: both are tried.
        private string Mixed(string word)
        {
            if (StartOfPostcode().IsMatch(word))
            {
                postcode ??= PersonKeys.Postcode(word);
            }

            return Number(word);
        }

        private string Postcode(string found)
        {
            postcode = PersonKeys.Postcode(found);
            return " ";
        }

        private string Number(string found)
        {
            numbers.Add(found.Trim());
            return " ";
        }

        private static int Number10(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

        private static string MonthOf(string word) =>
            (Array.IndexOf(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], word[..3].ToLowerInvariant()) + 1).ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"(?<![\w/])([0-9]{1,2})(?:st|nd|rd|th)?[\s-]+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s,.-]+([0-9]{4}|[0-9]{2})(?![\w/])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MonthAsWord();

    [GeneratedRegex(@"(?<![\w/-])([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![\w/-])", RegexOptions.CultureInvariant)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"(?<![\w/-])(?:(?<d>[0-9]{1,2})[/.-](?<m>[0-9]{1,2})[/.-](?<y>[0-9]{4}|[0-9]{2})|(?<d>[0-9]{1,2}) (?<m>[0-9]{1,2}) (?<y>[0-9]{4}))(?![\w/-])", RegexOptions.CultureInvariant)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"(?<![\w-])[a-z]{1,4}-[a-z0-9-]*[0-9][a-z0-9-]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"(?<!\w)[a-z]{1,2}[0-9][a-z0-9]?\s?[0-9][a-z]{2}(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FullPostcode();

    [GeneratedRegex(@"^[a-z]{1,2}[0-9][a-z0-9]?[0-9]?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StartOfPostcode();

    [GeneratedRegex(@"(?<!\w)\+?\(?[0-9][0-9()\s-]*(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"\S*[0-9]\S*", RegexOptions.CultureInvariant)]
    private static partial Regex WithDigit();
}
