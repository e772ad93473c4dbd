using Waymark.Text.Blocks;

namespace Waymark.Text.Numbers;

/// <summary>Numbers among tokens that are figures, with their unit. Ages, thresholds, labels, times and telephone numbers are set apart.</summary>
internal static class FigureFinder
{
    private static readonly Dictionary<string, int> Small = Names("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen");
    private static readonly Dictionary<string, int> Tens = new() { ["twenty"] = 20, ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50, ["sixty"] = 60, ["seventy"] = 70, ["eighty"] = 80, ["ninety"] = 90 };
    private static readonly Dictionary<string, int> Fractions = new() { ["half"] = 2, ["third"] = 3, ["thirds"] = 3, ["quarter"] = 4, ["quarters"] = 4, ["fifth"] = 5, ["fifths"] = 5, ["tenth"] = 10, ["tenths"] = 10, ["sixth"] = 6, ["eighth"] = 8 };
    private static readonly Dictionary<string, decimal> Factors = new() { ["doubled"] = 2, ["doubling"] = 2, ["trebled"] = 3, ["tripled"] = 3, ["quadrupled"] = 4, ["halved"] = 0.5m, ["halving"] = 0.5m };
    private static readonly Dictionary<string, decimal> Lengths = new() { ["day"] = 1, ["days"] = 1, ["week"] = 7, ["weeks"] = 7, ["month"] = 30.4m, ["months"] = 30.4m, ["year"] = 365, ["years"] = 365, ["minutes"] = 1 / 1440m, ["minute"] = 1 / 1440m };

    public static List<Mention> Find(Passage passage, string text, List<Token> tokens, bool isCell)
    {
        Marks.SetApart(tokens, text);
        var found = new List<Mention>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].Taken && (At(passage, text, tokens, i, isCell) ?? Spelt(passage, text, tokens, i)) is { } mention)
            {
                mention.Printed = text[tokens[Symbol(tokens, mention.First)].Start..tokens[mention.Last].End];
                found.Add(mention);
                i = mention.Last;
            }
        }

        return found;
    }

    internal static bool MaySpell(string text) => text is "a" or "one" || Small.ContainsKey(text) || Tens.ContainsKey(text) || Fractions.ContainsKey(text) || Factors.ContainsKey(text)
        || (text.IndexOf('-', StringComparison.Ordinal) is > 0 and var hyphen && (Small.ContainsKey(text[..hyphen]) || Tens.ContainsKey(text[..hyphen])));

    private static int Symbol(List<Token> tokens, int i) => i > 0 && tokens[i - 1].Mark == '£' ? i - 1 : i;

    private static Mention? At(Passage passage, string text, List<Token> tokens, int i, bool isCell)
    {
        var t = tokens[i];
        if (t.Kind != TokenKind.Number)
        {
            return null;
        }

        if (Out(tokens, i) is { } ratio)
        {
            return Make(passage, i, ratio.Last, 100 * t.Value / ratio.Whole, ratio.Whole >= 100 ? 1 : 5, Unit.Percent, isFraction: ratio.Whole < 100);
        }

        var mention = Make(passage, i, i, t.Value, Pow(t.Decimals), Unit.Count, false);
        var money = i > 0 && tokens[i - 1].Mark == '£';
        mention.Unit = money ? Unit.Money : Unit.Count;
        mention.Sign = Sign(tokens, text, i, isCell);
        Scale(mention, tokens, ref i);
        ReadUnit(mention, tokens, i, money);
        mention.Bound = BoundOf(tokens, money ? mention.First - 1 : mention.First, mention.Last);
        return mention;
    }

    private static void Scale(Mention mention, List<Token> tokens, ref int i)
    {
        if (i + 1 < tokens.Count && tokens[i + 1].Word?.Text is "m" or "million" or "bn" or "billion" or "k" or "thousand" && (tokens[i + 1].Start == tokens[i].End || tokens[i + 1].Word!.Text.Length > 2))
        {
            var scale = tokens[i + 1].Word!.Text[0] switch { 'm' => 1_000_000m, 'b' => 1_000_000_000m, _ => 1_000m };
            (mention.Value, mention.Step, mention.Last) = (mention.Value * scale, mention.Step * scale, i + 1);
            i++;
        }
    }

    private static void ReadUnit(Mention mention, List<Token> tokens, int i, bool money)
    {
        string W(int k) => i + k < tokens.Count ? tokens[i + k].Word?.Text ?? (tokens[i + k].Kind == TokenKind.Punctuation ? tokens[i + k].Mark.ToString() : "") : "";
        if (W(1) == "%" || W(1) == "percent" || (W(1) == "per" && W(2) == "cent"))
        {
            mention.Last = i + (W(1) == "per" ? 2 : 1);
            mention.Unit = Unit.Percent;
            if (W(mention.Last - i + 1) is "point" or "points")
            {
                (mention.Unit, mention.Last) = (Unit.Points, mention.Last + 1);
            }
        }
        else if (W(1) is "percentage" && W(2) is "points" or "point")
        {
            (mention.Unit, mention.Last) = (Unit.Points, i + 2);
        }
        else if (W(1) is "pp" or "ppt" or "ppts" or "pts")
        {
            (mention.Unit, mention.Last) = (Unit.Points, i + 1);
        }
        else if (W(1) == "p" && tokens[i + 1].Start == tokens[i].End)
        {
            (mention.Unit, mention.Value, mention.Step, mention.Last) = (Unit.Money, mention.Value / 100, mention.Step / 100, i + 1);
        }
        else if (!money && Lengths.TryGetValue(W(1) is "working" or "calendar" ? W(2) : W(1), out var length))
        {
            (mention.Unit, mention.Value, mention.Step, mention.Last) = (Unit.Duration, mention.Value * length, mention.Step * length, i + (W(1) is "working" or "calendar" ? 2 : 1));
        }

        var next = mention.Last + 1;
        if (mention.Unit == Unit.Count && !money)
        {
            // "352 applications per 100,000"
            for (var k = next; k < Math.Min(next + 4, tokens.Count - 1) && tokens[k].Kind == TokenKind.Word; k++)
            {
                if (k > next && tokens[k].IsWord("per") && tokens[k + 1] is { Kind: TokenKind.Number, Value: >= 1000 } of)
                {
                    (mention.Unit, mention.Per, of.Taken) = (Unit.Rate, of.Value, true);
                    return;
                }
            }
        }

        if (next + 1 < tokens.Count && tokens[next].Word?.Text == "per" && tokens[next + 1] is { Kind: TokenKind.Number, Value: >= 100 } per)
        {
            (mention.Unit, mention.Per, mention.Last) = (Unit.Rate, per.Value, next + 1);
            per.Taken = true;
        }
    }

    /// <summary>"1 in 5", "73 in every 100", "three out of four": how many in how many.</summary>
    private static (decimal Whole, int Last)? Out(List<Token> tokens, int i)
    {
        var k = i + 1;
        if (k < tokens.Count && tokens[k].IsWord("out"))
        {
            k++;
        }

        if (k + 1 >= tokens.Count || !(tokens[k].IsWord("in") || (k > i + 1 && tokens[k].IsWord("of"))))
        {
            return null;
        }

        k += tokens[k + 1].IsWord("every") ? 2 : 1;
        if (k >= tokens.Count || tokens[k].Taken || Plain(tokens, k) is not { } whole || whole is not (2 or 3 or 4 or 5 or 6 or 7 or 8 or 9 or 10 or 12 or 20 or 50 or 100 or 1000) || Plain(tokens, i) is not { } part || part >= whole)
        {
            return null;
        }

        return (whole, k);
    }

    private static decimal? Plain(List<Token> tokens, int i) => tokens[i] is { Kind: TokenKind.Number, Decimals: 0 } t && !(i + 1 < tokens.Count && tokens[i + 1].Mark == '%') ? t.Value
        : tokens[i].Word is { } word && Small.TryGetValue(word.Text, out var n) && n > 0 ? n : null;

    private static Mention? Spelt(Passage passage, string text, List<Token> tokens, int i)
    {
        if (tokens[i].Word is not { MaySpellNumber: true } word || tokens[i].Concept.Length == 0)
        {
            return null;
        }

        if (Factors.TryGetValue(word.Text, out var factor))
        {
            var mention = Make(passage, i, i, factor, 0, Unit.Factor, true);
            mention.IsChange = true;
            mention.Bound = BoundOf(tokens, i, i);
            return mention;
        }

        if (Fraction(tokens, i) is { } fraction)
        {
            var mention = Make(passage, i, fraction.Last, fraction.Share, 0, Unit.Percent, true);
            mention.Bound = BoundOf(tokens, i, i);
            return mention;
        }

        if (SpeltNumber(tokens, i) is not { } number)
        {
            return null;
        }

        if (Out(tokens, i) is { } ratio)
        {
            return Make(passage, i, ratio.Last, 100m * number.Value / ratio.Whole, ratio.Whole >= 100 ? 1 : 5, Unit.Percent, ratio.Whole < 100);
        }

        if (number.Value < 2 || (i > 0 && tokens[i - 1].Word?.Text is "these" or "those" or "other" or "all"))
        {
            return null;
        }

        // "three times the 18": a factor.
        var spelt = Make(passage, i, number.Last, number.Value, 1, Unit.Count, false);
        spelt.IsSpelt = true;
        var at = number.Last;
        Scale(spelt, tokens, ref at);
        ReadUnit(spelt, tokens, at, false);
        if (spelt.Last + 2 < tokens.Count && tokens[spelt.Last + 1].IsWord("times") && tokens[spelt.Last + 2].Word?.Text is "the" or "as")
        {
            (spelt.Unit, spelt.IsChange, spelt.IsFraction, spelt.Last, spelt.Step) = (Unit.Factor, true, true, spelt.Last + 1, 0);
        }

        spelt.Bound = BoundOf(tokens, i, spelt.Last);
        return spelt;
    }

    private static (int Value, int Last)? SpeltNumber(List<Token> tokens, int i)
    {
        var text = tokens[i].Word!.Text;
        if (Small.TryGetValue(text, out var small))
        {
            return i + 1 < tokens.Count && tokens[i + 1].IsWord("hundred") ? (small * 100, i + 1) : (small, i);
        }

        if (Tens.TryGetValue(text, out var tens))
        {
            return (tens, i);
        }

        var hyphen = text.IndexOf('-', StringComparison.Ordinal);
        return hyphen > 0 && Tens.TryGetValue(text[..hyphen], out tens) && Small.TryGetValue(text[(hyphen + 1)..], out small) && small < 10 ? (tens + small, i) : null;
    }

    /// <summary>"half", "a third", "two thirds", "three-quarters": as a share, where it is one.</summary>
    private static (decimal Share, int Last)? Fraction(List<Token> tokens, int i)
    {
        var text = tokens[i].Word!.Text;
        var (numerator, at) = text is "a" or "one" or "two" or "three" or "four" && i + 1 < tokens.Count && tokens[i + 1].Word is not null
            ? (text switch { "two" => 2, "three" => 3, "four" => 4, _ => 1 }, i + 1) : (1, i);
        var name = tokens[at].Word!.Text;
        if (text.Contains('-', StringComparison.Ordinal) && text.Split('-') is [var head, var tail] && Small.TryGetValue(head, out var many) && many is > 0 and < 10 && Fractions.ContainsKey(tail))
        {
            (numerator, name, at) = (many, tail, i);
        }

        if (!Fractions.TryGetValue(name, out var parts) || numerator >= parts || (at == i && numerator == 1 && name != "half"))
        {
            return null;
        }

        var after = at + 1 < tokens.Count ? tokens[at + 1] : null;
        var before = i > 0 ? tokens[i - 1].Word?.Text : null;
        var isShare = after is null or { Kind: TokenKind.Punctuation } || after.Word?.Text is "of" or "fewer" or "more" or "less" or "higher" or "lower" or "in" or "said" or "were" or "had" or "are" or "have" or "say" or "told" or "felt" or "to" or "since" || before == "by";
        return isShare && before is not ("first" or "second" or "the" or "last" or "this") ? (100m * numerator / parts, at) : null;
    }

    private static Bound BoundOf(List<Token> tokens, int first, int last)
    {
        string W(int k) => k >= 0 && k < tokens.Count ? tokens[k].Word?.Text ?? "" : "";
        var i = first - (W(first - 1) is "the" or "an" or "a" ? 2 : 1);
        if (last + 1 < tokens.Count && tokens[last + 1].Mark == '+')
        {
            return Bound.Over;
        }

        return W(i) switch
        {
            "over" or "exceeding" or "above" or "exceed" => Bound.Over,
            "than" when W(i - 1) == "more" => Bound.Over,
            "than" when W(i - 1) is "less" or "fewer" => Bound.Under,
            "least" => Bound.Over,
            "under" or "below" => Bound.Under,
            "to" when W(i - 1) == "up" => Bound.Under,
            "about" or "around" or "approximately" or "some" or "nearly" or "almost" or "roughly" or "circa" or "c" or "approx" or "close" or "estimated" or "just" => Bound.About,
            _ => Bound.Exact,
        };
    }

    private static int Sign(List<Token> tokens, string text, int i, bool isCell)
    {
        var k = i > 0 && tokens[i - 1].Mark == '£' ? i - 2 : i - 1;
        if (k < 0)
        {
            return 0;
        }

        var apart = tokens[k].Start > 0 && text[tokens[k].Start - 1] is not (' ' or '(' or '|');
        return apart ? 0 : tokens[k].Mark switch { '+' => 1, '-' or '–' or '−' when tokens[k].End == tokens[k + 1].Start && (isCell || k == 0 || text[tokens[k].Start - 1] == '(') => -1, _ => 0 };
    }

    private static Mention Make(Passage passage, int first, int last, decimal value, decimal step, Unit unit, bool isFraction) =>
        new() { Passage = passage, First = first, Last = last, Printed = "", Value = value, Step = step, Unit = unit, IsFraction = isFraction };

    private static decimal Pow(int decimals)
    {
        var step = 1m;
        for (var i = 0; i < decimals && i < 12; i++)
        {
            step /= 10;
        }

        return step;
    }

    private static Dictionary<string, int> Names(string words) => words.Split(' ').Select((w, i) => (w, i)).ToDictionary(p => p.w, p => p.i);
}
