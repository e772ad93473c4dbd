namespace Waymark.Text.Numbers;

/// <summary>A period and the tokens that name it.</summary>
public sealed record PeriodMention(Period Period, int First, int Last);

/// <summary>Finds dates, months, years, quarters, stretches and relative times among tokens, and marks their numbers as taken.</summary>
internal static class PeriodReader
{
    private static readonly string[] Months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    public static List<PeriodMention> Read(List<Token> tokens, string text)
    {
        var found = new List<PeriodMention>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Taken)
            {
                continue;
            }

            if (At(tokens, text, i) is { } period)
            {
                for (var k = period.First; k <= period.Last; k++)
                {
                    (tokens[k].Taken, tokens[k].Concept) = (true, "");
                }

                found.Add(period);
                i = period.Last;
            }
        }

        return Stretches(found, tokens);
    }

    internal static bool MayBegin(string text) => text is "q1" or "q2" or "q3" or "q4" or "quarter" or "previous" or "preceding" or "prior" or "a" or "one" or "year" or "last" or "past"
        || Array.Exists(Months, m => m == text || (text.Length is 3 or 4 && m.StartsWith(text, StringComparison.Ordinal)));

    private static PeriodMention? At(List<Token> tokens, string text, int i)
    {
        var t = tokens[i];
        if (t.Kind == TokenKind.Number)
        {
            return Numeric(tokens, i) ?? DayMonth(tokens, i) ?? Financial(tokens, i) ?? Year(tokens, text, i);
        }

        if (t.Word is not { MayBeTime: true })
        {
            return null;
        }

        var word = t.Word!.Text;
        if (MonthOf(t) is { } month && i + 1 < tokens.Count)
        {
            var at = i + 1;
            if (YearAt(tokens, at) is { } year)
            {
                return new PeriodMention(Period.Month(year, month), i, at);
            }

            // "March 31, 2024"
            return Day(tokens, at) is not null && at + 2 < tokens.Count && tokens[at + 1].Mark == ',' && YearAt(tokens, at + 2) is { } last && Date(last, month, (int)tokens[at].Value) is { } day
                ? new PeriodMention(new Period(PeriodKind.Point, day, day), i, at + 2) : null;
        }

        if (word is "q1" or "q2" or "q3" or "q4" && i + 1 < tokens.Count)
        {
            return Financial(tokens, i + 1) is { } f ? new PeriodMention(Quarter(f.Period.From.Year, word[1] - '0'), i, f.Last) : null;
        }

        if (word == "quarter" && i + 1 < tokens.Count && tokens[i + 1] is { Kind: TokenKind.Number, Value: >= 1 and <= 4, Decimals: 0 } number)
        {
            var next = i + 2 < tokens.Count && (tokens[i + 2].IsWord("of") || tokens[i + 2].Mark == ',') ? i + 3 : i + 2;
            return next < tokens.Count && Financial(tokens, next) is { } f ? new PeriodMention(Quarter(f.Period.From.Year, (int)number.Value), i, f.Last) : new PeriodMention(Period.Relative(0), i, i + 1);
        }

        return RelativeAt(tokens, i, word);
    }

    private static PeriodMention? RelativeAt(List<Token> tokens, int i, string word)
    {
        string At(int k) => i + k < tokens.Count ? tokens[i + k].Word?.Text ?? (tokens[i + k].Kind == TokenKind.Number ? tokens[i + k].Value.ToString(System.Globalization.CultureInfo.InvariantCulture) : "") : "";
        if (word is "previous" or "preceding" or "prior" && At(1) is "year" or "quarter" or "period" or "month")
        {
            return new PeriodMention(Period.Relative(1), i, i + 1);
        }

        if (word is "a" or "one" && At(1) is "year" or "quarter" or "month" && At(2) is "ago" or "earlier" or "before" or "previously")
        {
            return new PeriodMention(Period.Relative(1), i, i + 2);
        }

        if (word == "year" && At(1) is "before" or "earlier")
        {
            return new PeriodMention(Period.Relative(1), i, i + 1);
        }

        // "Last year" is the year before where something is set against it; else it is the year reported.
        if (word == "last" && At(1) == "year" && Enumerable.Range(1, 7).Any(b => i - b >= 0 && tokens[i - b].Word?.Text is "compared" or "than" or "from" or "against" or "on"))
        {
            return new PeriodMention(Period.Relative(1), i, i + 1);
        }

        if (word is "last" or "past" && At(1) is "12" or "twelve" && At(2) == "months")
        {
            return new PeriodMention(Period.Relative(0), i, i + 2);
        }

        return null;
    }

    private static PeriodMention? Numeric(List<Token> tokens, int i)
    {
        // 31/03/2024
        if (i + 4 < tokens.Count && tokens[i + 1].Mark is '/' or '.' && tokens[i + 3].Mark == tokens[i + 1].Mark && tokens[i + 2].Kind == TokenKind.Number && YearAt(tokens, i + 4) is { } year
            && Date(year, (int)Math.Min(99, tokens[i + 2].Value), (int)Math.Min(99, tokens[i].Value)) is { } day)
        {
            return new PeriodMention(new Period(PeriodKind.Point, day, day), i, i + 4);
        }

        return null;
    }

    private static PeriodMention? DayMonth(List<Token> tokens, int i)
    {
        if (Day(tokens, i) is not { } day || i + 1 >= tokens.Count || MonthOf(tokens[i + 1]) is not { } month)
        {
            return null;
        }

        return i + 2 < tokens.Count && YearAt(tokens, i + 2) is { } year && Date(year, month, day) is { } date
            ? new PeriodMention(new Period(PeriodKind.Point, date, date), i, i + 2) : new PeriodMention(Period.Relative(0), i, i + 1);
    }

    /// <summary>2023/24, 2023-24, 2023/2024, 23/24, "2022 to 2023".</summary>
    private static PeriodMention? Financial(List<Token> tokens, int i)
    {
        if (i + 2 >= tokens.Count || tokens[i].Kind != TokenKind.Number || tokens[i].Decimals > 0 || tokens[i].HasSeparator || tokens[i + 2] is not { Kind: TokenKind.Number, Decimals: 0, HasSeparator: false })
        {
            return null;
        }

        var (first, second) = (tokens[i].Value, tokens[i + 2].Value);
        var mark = tokens[i + 1].Mark;
        if (mark is '/' or '-' or '–' || (tokens[i + 1].IsWord("to") && first is >= 1990 and < 2060 && second == first + 1))
        {
            var from = first is >= 1990 and < 2060 ? (int)first : first is >= 10 and < 60 && mark == '/' ? 2000 + (int)first : 0;
            if (from > 0 && (second == (from + 1) % 100 || second == from + 1) && (second >= 10 || tokens[i + 2].End - tokens[i + 2].Start == 2 || from % 10 == 9 || (second < 10 && first > 2000)))
            {
                return new PeriodMention(Period.FinancialYear(from), i, i + 2);
            }
        }

        return null;
    }

    private static PeriodMention? Year(List<Token> tokens, string text, int i)
    {
        if (tokens[i] is not { Decimals: 0, HasSeparator: false, Value: >= 1990 and < 2060 } t || t.End - t.Start != 4 || (t.Start > 0 && text[t.Start - 1] is '£' or '+'))
        {
            return null;
        }

        var after = i + 1 < tokens.Count ? tokens[i + 1] : null;
        var before = i > 0 ? tokens[i - 1] : null;
        var named = before is null or { Kind: TokenKind.Punctuation, Mark: '(' or ',' or '|' or ':' or '–' or '-' or '\'' } || before.Word?.Text is "in" or "between" or "since" or "by" or "from" or "to" or "and" or "for" or "until" or "during" or "at" or "of" or "early" or "late" or "spring" or "summer" or "autumn" or "winter" or "christmas" or "census" or "survey" or "december";
        named |= before?.Word?.Text == "the" && after?.Word?.Text is "census" or "and" or "survey" or "report";
        named |= after?.Mark is '–' or '-' && i + 2 < tokens.Count && YearAt(tokens, i + 2) is not null;
        var alone = after is null or { Kind: TokenKind.Punctuation, Mark: not ('%' or '/') } || after.Word?.Text is not ("people" or "carers" or "adults" or "calls" or "hours" or "residents" or "contacts" or "visits" or "days");
        return named && alone ? new PeriodMention(Period.CalendarYear((int)t.Value), i, i) : null;
    }

    /// <summary>"July 2023 to June 2024", "year to 31 March 2024", "October to December 2023" are one period.</summary>
    private static List<PeriodMention> Stretches(List<PeriodMention> found, List<Token> tokens)
    {
        var joined = new List<PeriodMention>();
        foreach (var p in found)
        {
            if (p.Period.Kind == PeriodKind.Point && p.First >= 2 && MonthsBefore(tokens, p) is { } opened)
            {
                joined.Add(opened);
                continue;
            }

            if (joined.Count > 0 && joined[^1] is { Period.IsDated: true } from && p.Period.IsDated && p.First - from.Last == 2 && Joins(tokens, from, p) && from.Period.From < p.Period.To)
            {
                joined[^1] = new PeriodMention(new Period(PeriodKind.Span, from.Period.From, p.Period.To), from.First, p.Last);
                continue;
            }

            joined.Add(p.Period.Kind == PeriodKind.Point && IsYearTo(tokens, p.First) ? p with { Period = new Period(PeriodKind.Span, p.Period.To.AddYears(-1).AddDays(1), p.Period.To) } : p);
        }

        return joined;
    }

    // "between A and B" and "from A to B" of two points are stretches only where one month each is named; "from 9 in A to 5 in B" has figures between.
    private static bool Joins(List<Token> tokens, PeriodMention from, PeriodMention to) =>
        tokens[from.Last + 1] is var t && (t.Mark is '–' or '-' || t.IsWord("to") || (t.IsWord("and") && from.First > 0 && tokens[from.First - 1].IsWord("between"))) && from.Period.Kind == to.Period.Kind;

    // "October to December 2023", "July–September 2023": the first month takes its year from the second.
    private static PeriodMention? MonthsBefore(List<Token> tokens, PeriodMention p)
    {
        var (link, first) = (tokens[p.First - 1], tokens[p.First - 2]);
        if (!(link.IsWord("to") || link.Mark is '–' or '-' || (link.IsWord("and") && p.First >= 3 && tokens[p.First - 3].IsWord("between"))) || MonthOf(first) is not { } month || first.Taken)
        {
            return null;
        }

        first.Concept = "";
        first.Taken = true;
        var year = month > p.Period.To.Month ? p.Period.To.Year - 1 : p.Period.To.Year;
        return new PeriodMention(new Period(PeriodKind.Span, new DateOnly(year, month, 1), p.Period.To), p.First - 2, p.Last);
    }

    private static bool IsYearTo(List<Token> tokens, int i) => i >= 2 && tokens[i - 1].Word?.Text is "to" or "ended" or "ending" && tokens[i - 2].IsWord("year");

    private static Period Quarter(int year, int quarter)
    {
        var from = new DateOnly(year, 4, 1).AddMonths(3 * (quarter - 1));
        return new Period(PeriodKind.Span, from, from.AddMonths(3).AddDays(-1));
    }

    private static int? Day(List<Token> tokens, int i) => tokens[i] switch
    {
        { Kind: TokenKind.Number, Decimals: 0, Value: >= 1 and <= 31 } t => (int)t.Value,
        { Kind: TokenKind.Word, Word.Text: var text } when text.Length is 3 or 4 && char.IsAsciiDigit(text[0]) && text[^2..] is "st" or "nd" or "rd" or "th" && int.TryParse(text[..^2], out var day) && day is >= 1 and <= 31 => day,
        _ => null,
    };

    private static int? YearAt(List<Token> tokens, int i) => i < tokens.Count && tokens[i] is { Kind: TokenKind.Number, Decimals: 0, HasSeparator: false } t
        ? t.Value is >= 1990 and < 2060 && t.End - t.Start == 4 ? (int)t.Value : t.Value is >= 10 and < 60 && t.End - t.Start == 2 ? 2000 + (int)t.Value : null : null;

    private static int? MonthOf(Token token)
    {
        if (token.Word is not { } word || word.Text.Length < 3 || (!token.IsCapital && word.Text != "sept"))
        {
            return null;
        }

        var i = Array.FindIndex(Months, m => m == word.Text || (word.Text.Length is 3 or 4 && m.StartsWith(word.Text, StringComparison.Ordinal)));
        return i < 0 ? null : i + 1;
    }

    private static DateOnly? Date(int year, int month, int day) => month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
}
