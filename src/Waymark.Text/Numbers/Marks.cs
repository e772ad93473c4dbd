using System.Globalization;
using Waymark.Text.Words;

namespace Waymark.Text.Numbers;

/// <summary>
/// Sets apart numbers that are no figures: names ("Table 3"), times, telephone numbers; and ages and thresholds, which mark a figure off from another ("65 and over",
/// "more than 28 days") and become concepts with a colon in them.
/// </summary>
internal static class Marks
{
    public static void SetApart(List<Token> tokens, string text)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i] is not { Kind: TokenKind.Number, Taken: false } t)
            {
                continue;
            }

            var before = Word(tokens, i - 1);
            var after = Word(tokens, i + 1);
            if (IsLabel(tokens, i) || after is "am" or "pm" or "noon" || (t.Decimals == 2 && after == "o'clock") || (text[t.Start] == '0' && t is { Decimals: 0, Value: > 0 })
                || (after == "/" && t.Value == 24 && Word(tokens, i + 2).Length == 0) || (t.Decimals == 0 && Glued(tokens, i, "-") && Word(tokens, i + 2) is "hour" or "year" or "day" or "week" or "month" or "minute" or "bed" or "year-old" or "weekly" or "monthly"))
            {
                t.Taken = true;
                continue;
            }

            if (Age(tokens, i, before, after))
            {
                continue;
            }

            Threshold(tokens, i);
        }
    }

    private static bool IsLabel(List<Token> tokens, int i)
    {
        var k = i - 1;
        // "Tables 1 and 2", "Figures 1-3": the second is a name as well.
        if (k >= 1 && (Word(tokens, k) is "and" or "to" or "or" or "," or "-" or "–" or "&" or "/") && tokens[k - 1] is { Kind: TokenKind.Number, Taken: true } && k >= 2 && IsLabelWord(tokens[k - 2]))
        {
            return true;
        }

        if (k >= 0 && Word(tokens, k) is "." or ":" && k >= 1 && IsLabelWord(tokens[k - 1]) && Word(tokens, k) == ".")
        {
            k--;
        }

        return k >= 0 && IsLabelWord(tokens[k]) && !tokens[i].HasSeparator && tokens[i].Value < 1000 + (Word(tokens, k) is "act" ? 2000 : 0) && Word(tokens, i + 1) is not ("%" or "per") && tokens[i].Decimals <= 2
            && !(Word(tokens, k) is "no" or "schedule" or "note" or "form" or "part" or "standard" or "action" or "issue" or "committee" or "chart" or "map" or "option" or "group" or "level" or "reference" or "stage" or "strand" or "objective" && !(tokens[k].IsCapital || Word(tokens, i + 1) is "" or "," or "." or ")"));
    }

    private static bool IsLabelWord(Token token) => token.Word is { } word && (word.Is(WordRoles.Label) || (word.Text.EndsWith('s') && token.IsCapital && Lexicon.Standard.For(word.Text.AsSpan()[..^1]).Is(WordRoles.Label)));

    private static bool Age(List<Token> tokens, int i, string before, string after)
    {
        var t = tokens[i];
        if (t.Decimals > 0 || t.Value is < 5 or > 110 || t.HasSeparator)
        {
            return false;
        }

        // "18 to 64", "18-64", "between 25 and 64"
        if (i + 2 < tokens.Count && (after is "to" or "-" or "–" || (after == "and" && before == "between")) && tokens[i + 2] is { Kind: TokenKind.Number, Decimals: 0, Value: <= 110 } top && top.Value > t.Value
            && ((before is "aged" or "ages" or "age" or "people" or "adults" or "those" or "for" or "(" or "admissions" or "population" or "carers" or "group" or "were" or "are" && IsAgeBand(t.Value, top.Value)) && Word(tokens, i + 3) is not ("%" or "days" or "weeks" or "calls" or "hours" or "months")
                || Word(tokens, i - 2) is "aged" || Word(tokens, i + 3) is "year" or "years" or "olds" or "year-olds" or "population" || t.Value is 18 or 16 or 17 && top.Value is 64 or 65 or 24 or 25))
        {
            Take(tokens, i, i + 2, $"age:{t.Value}-{top.Value}");
            return true;
        }

        var aged = before is "aged" or "age" or "ages" || (Word(tokens, i - 2) is "aged" or "age" && before is "over" or "under" or "above" or "below");
        if (after == "and" && Word(tokens, i + 2) is "over" or "above" or "older")
        {
            Take(tokens, i, i + 2, $"age:{t.Value}+");
            return true;
        }

        if (after == "and" && Word(tokens, i + 2) is "under" or "below" or "younger")
        {
            Take(tokens, i, i + 2, $"age:-{t.Value}");
            return true;
        }

        if (after == "+" && t.Value is >= 16 and <= 95 && (t.Value % 5 == 0 || t.Value is 16 or 18) && Word(tokens, i + 2) is not "providers" && (aged || t.Value != 100))
        {
            Take(tokens, i, i + 1, $"age:{t.Value}+");
            return true;
        }

        if (before is "over" or "under" or "above" && (aged || (t.Value is 18 or 65 or 75 or 85 or 60 or 50 or 55 or 80 or 25 or 90 or 40 or 70 && Word(tokens, i - 2) is "people" or "those" or "residents" or "adults" or "women" or "men" or "carers" or "of" or "were" or "are" or "was"
            && after is "" or "," or "." or ";" or ")" or "and" or "who" or "were" or "are" or "said" or "in" or "had" or "have" or "with" or "by" or "receiving" or "living")))
        {
            Take(tokens, i, i, before == "under" ? $"age:-{t.Value}" : $"age:{t.Value}+");
            return true;
        }

        if (aged || (after is "year" or "years" && Word(tokens, i + 2) is "old" or "olds" or "of"))
        {
            Take(tokens, i, i, $"age:{t.Value}");
            return true;
        }

        return false;
    }

    private static bool IsAgeBand(decimal from, decimal to) => (from % 5 == 0 || from is 18 or 16) && to % 5 is 4 or 0 && to - from is >= 4 and <= 50;

    /// <summary>"more than 28 days", "within 21 days", "91 days after": no length of anything measured here.</summary>
    private static void Threshold(List<Token> tokens, int i)
    {
        var k = Word(tokens, i + 1) is "working" or "calendar" ? i + 2 : i + 1;
        if (Word(tokens, k) is not ("day" or "days" or "week" or "weeks" or "month" or "months" or "year" or "years" or "hour" or "hours"))
        {
            return;
        }

        // 72 hours is a limit; 3,600 hours is an amount.
        if (tokens[i].Value > 72 && Word(tokens, k).StartsWith('h'))
        {
            return;
        }

        var before = Word(tokens, i - 1);
        var unit = Word(tokens, k)[0];
        var (mark, first) = before switch
        {
            "over" or "beyond" or "after" or "exceeding" or "above" => ("over", i - 1),
            "than" when Word(tokens, i - 2) is "more" or "longer" or "greater" => ("over", i - 2),
            "least" => ("over", i - 2),
            "within" or "in" or "under" or "inside" or "of" when before != "of" || Word(tokens, k + 1) is "receipt" or "referral" => ("within", i - 1),
            "than" when Word(tokens, i - 2) is "less" or "fewer" => ("within", i - 2),
            "every" or "for" or "past" or "last" or "next" or "first" or "previous" or "these" or "those" or "each" => ("for", i - 1),
            _ => (Word(tokens, k + 1) is "after" or "later" or "before" or "post" or "following" or "of" or "ago" or "or" && before is not ("was" or "is" or "of" or "at" or "to" or "from") && Word(tokens, k + 1) is not "of" ? "at" : "", i),
        };
        if (mark.Length > 0 && !HasStatistic(tokens, first, k))
        {
            Take(tokens, first, k, $"{mark}:{tokens[i].Value.ToString(CultureInfo.InvariantCulture)}{unit}");
        }
    }

    // "the average wait is over 6 weeks": a figure after all.
    private static bool HasStatistic(List<Token> tokens, int first, int last)
    {
        for (var k = Math.Max(0, first - 8); k < Math.Min(tokens.Count, last + 3); k++)
        {
            if (k > first && k <= last)
            {
                continue;
            }

            if (tokens[k].Is(WordRoles.Statistic) && k < first)
            {
                return true;
            }

            if (tokens[k].Kind == TokenKind.Number && k < first)
            {
                return false;
            }
        }

        return false;
    }

    private static void Take(List<Token> tokens, int first, int last, string concept)
    {
        for (var k = Math.Max(0, first); k <= last; k++)
        {
            (tokens[k].Taken, tokens[k].Concept) = (true, "");
        }

        tokens[Math.Max(0, first)].Concept = concept;
    }

    private static bool Glued(List<Token> tokens, int i, string mark) => Word(tokens, i + 1) == mark && i + 2 < tokens.Count && tokens[i + 1].End == tokens[i + 2].Start && tokens[i].End == tokens[i + 1].Start;

    private static string Word(List<Token> tokens, int i) => i < 0 || i >= tokens.Count ? "" : tokens[i].Word?.Text ?? (tokens[i].Kind == TokenKind.Punctuation ? tokens[i].Mark.ToString() : "");
}
