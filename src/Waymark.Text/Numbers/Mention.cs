using Waymark.Text.Blocks;

namespace Waymark.Text.Numbers;

public enum Unit { Count, Percent, Points, Money, Duration, Rate, Factor }

public enum Bound { Exact, About, Over, Under }

public enum Statistic { None, Mean, Median, Longest, Shortest }

/// <summary>A figure as it is printed, and what it counts.</summary>
public sealed class Mention
{
    public required Passage Passage { get; init; }

    /// <summary>Tokens of the statement that are the figure with its unit.</summary>
    public required int First { get; init; }
    public required int Last { get; set; }

    /// <summary>Its words as they stand: "£1.2m", "28.4%".</summary>
    public required string Printed { get; set; }

    /// <summary>In the unit's own terms: pounds, days, per cent; of a rate, so many in <see cref="Per"/>.</summary>
    public required decimal Value { get; set; }

    /// <summary>What one step of the last digit printed is worth: 0.1 for "28.4", 100,000 for "£1.2m", 1 for "592".</summary>
    public required decimal Step { get; set; }
    public Unit Unit { get; set; }
    public decimal Per { get; set; }

    /// <summary>"week" of so many hours a week.</summary>
    public string? Every { get; set; }
    public Bound Bound { get; set; }
    public Period? Period { get; set; }
    public string? Place { get; set; }
    public Statistic Statistic { get; set; }

    /// <summary>A target, forecast or aim: what is not yet.</summary>
    public bool IsPlanned { get; set; }

    /// <summary>"a third", "1 in 5": said roundly.</summary>
    public bool IsFraction { get; set; }
    public bool IsSpelt { get; set; }

    /// <summary>One end of a range ("from 84 to 122 a month").</summary>
    public bool IsRange { get; set; }

    /// <summary>How much something changed, not how much it is.</summary>
    public bool IsChange { get; set; }

    /// <summary>In brackets behind another figure.</summary>
    public bool IsBracketed { get; set; }

    /// <summary>Directly followed by words of its own: "412 people".</summary>
    public bool HasNoun { get; set; }

    /// <summary>Plus or minus before it.</summary>
    public int Sign { get; set; }

    /// <summary>Concepts of what it counts, without words that tell nothing.</summary>
    public IReadOnlySet<string> Topic { get; set; } = new HashSet<string>();

    /// <summary>Names within it ("North", "Bicester"): another name is another figure.</summary>
    public IReadOnlySet<string> Names { get; set; } = new HashSet<string>();

    /// <summary>Ages and lengths that mark it off: "age:65+", "over:12w".</summary>
    public IReadOnlySet<string> Marks { get; set; } = new HashSet<string>();

    /// <summary>Of a table: which column, from 0.</summary>
    public int Column { get; set; } = -1;

    public bool IsValue => !IsRange && !IsChange && Unit is not (Unit.Points or Unit.Factor);

    /// <summary>The least and the greatest that would be printed so.</summary>
    public (decimal Least, decimal Greatest) Span => (Value - (Step / 2), Value + (Step / 2));

    /// <summary>Whether the two figures can be one number printed twice, more or less roundly.</summary>
    public bool Agrees(Mention other)
    {
        var step = Math.Max(Step, other.Step);
        if (Bound == Bound.Over || other.Bound == Bound.Over)
        {
            var (low, high) = Bound == Bound.Over ? (this, other) : (other, this);
            return high.Value >= low.Value - (step / 2) && high.Value <= low.Value * 1.25m;
        }

        var rough = IsFraction || other.IsFraction ? Math.Max(Value, other.Value) * 0.1m : Bound != Bound.Exact || other.Bound != Bound.Exact ? Math.Max(Value, other.Value) * 0.05m : 0;
        // Cut off rather than rounded: 337 for 337.8.
        var (coarse, fine) = Step >= other.Step ? (this, other) : (other, this);
        return Math.Abs(Value - other.Value) <= (step * 0.51m) + rough || (coarse.Step > fine.Step && fine.Value - coarse.Value >= 0 && fine.Value - coarse.Value < step);
    }
}

/// <summary>A passage with its numbers together.</summary>
public sealed class Statement
{
    private IReadOnlySet<string>? topic;

    public required Passage Passage { get; init; }
    public required List<Token> Tokens { get; init; }
    public required List<PeriodMention> Periods { get; init; }
    public required List<Mention> Mentions { get; init; }

    /// <summary>Concepts of the whole sentence, for what follows it.</summary>
    public IReadOnlySet<string> Topic => topic ??= TopicOf();
    public required Func<IReadOnlySet<string>> TopicOf { get; init; }

    public string Text => Passage.Text;

    /// <summary>Lower-case word of a token, a mark as itself, or nothing outside the sentence.</summary>
    public string Word(int i) => i < 0 || i >= Tokens.Count ? "" : Tokens[i].Word?.Text ?? (Tokens[i].Kind == TokenKind.Punctuation ? Tokens[i].Mark.ToString() : "");

    /// <summary>The last token before a figure that is no "about", "the", "£" or sign.</summary>
    public int Before(int i)
    {
        var k = i - 1;
        while (k >= 0 && (Word(k) is "about" or "around" or "approximately" or "some" or "just" or "over" or "nearly" or "almost" or "only" or "the" or "an" or "a" or "roughly" or "circa" or "c" or "under" or "well" or "£" or "+" or "-" or "–" or "more" && !(Word(k) == "more" && Word(k + 1) == "than") || Word(k) is "than" && Word(k - 1) is "more" or "less" && Tokens[k].End > 0 && IsApproximate(k - 1)))
        {
            k--;
        }

        return k;
    }

    // "with more than 3,600": the comparison belongs to the number; "more than the 5,630": it does not.
    private bool IsApproximate(int more) => Word(more + 2) != "the";
}
