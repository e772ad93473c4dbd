using Waymark.Text.Blocks;
using Waymark.Text.Numbers;
using Waymark.Text.Words;

namespace Waymark.Text.Claims;

/// <summary>Passages to statements: each figure gets what it counts, its time, its place and its statistic from its part of the sentence.</summary>
public sealed partial class StatementReader(Lexicon lexicon, IReadOnlySet<string> localNames)
{
    /// <summary>A cell longer than this holds words, not a figure.</summary>
    private const int LongestFigure = 45;
    private static readonly HashSet<string> Empty = [];
    private readonly Tokenizer tokenizer = new(lexicon);

    /// <summary>Statement of a sentence or heading; of one without a number, its tokens and words only.</summary>
    public Statement Read(Passage passage)
    {
        var tokens = tokenizer.Read(passage.Text);
        var periods = PeriodReader.Read(tokens, passage.Text);
        var mentions = FigureFinder.Find(passage, passage.Text, tokens, isCell: false);
        var statement = new Statement { Passage = passage, Tokens = tokens, Periods = periods, Mentions = mentions, TopicOf = () => Concepts(tokens, 0, tokens.Count, mentions).Topic };
        if (mentions.Count > 0)
        {
            Roles.Assign(statement);
            Attach(statement);
        }

        return statement;
    }

    private void Attach(Statement s)
    {
        var parts = Segments.Of(s);
        Mention? host = null;
        var leadEnd = s.Mentions[0].First;
        var startsWithOf = s.Word(0) is "of" or "among" or "amongst";
        foreach (var (mention, from, to) in parts)
        {
            mention.HasNoun = mention.Last + 1 < s.Tokens.Count && s.Tokens[mention.Last + 1] is { Kind: TokenKind.Word, Taken: false } next && !next.Is(WordRoles.Stop) && next.Concept.Length > 0;
            var own = Concepts(s.Tokens, from, TopicEnd(s, mention, from, to), s.Mentions);
            var weak = own.Topic.Count == 0 && own.Names.Count == 0;
            if (mention.IsBracketed && host is null && weak)
            {
                own = Concepts(s.Tokens, 0, mention.First, s.Mentions);
            }

            var source = mention.IsBracketed || weak ? host : null;
            mention.Topic = source?.Topic ?? own.Topic;
            mention.Names = source is null ? own.Names : own.Names.Count > 0 ? own.Names : source.Names;
            mention.Marks = source is null || own.Marks.Count > 0 ? own.Marks : source.Marks;
            mention.Statistic = StatisticOf(s.Tokens, from, to) is var stat && stat != Statistic.None && mention.Unit is not Unit.Percent ? stat : source is not null && SameKind(source, mention) ? source.Statistic : Statistic.None;
            mention.Place = PlaceIn(s, mention, from, to);
            mention.Period = PeriodIn(s, mention, from, to) ?? (mention.IsBracketed ? host?.Period : null);
            mention.IsPlanned = IsPlanned(s, from, to) || (source is { IsPlanned: true } && mention.Period is null);
            if (mention.Unit == Unit.Percent && startsWithOf && mention.First >= leadEnd && !mention.IsBracketed)
            {
                mention.Topic = new HashSet<string>(mention.Topic.Concat(parts[0].Mention.Topic));
            }

            if (mention.Unit == Unit.Count && source is { Unit: Unit.Rate or Unit.Money or Unit.Duration or Unit.Percent } && !mention.HasNoun && !mention.IsBracketed && s.Word(s.Before(mention.First)) is "to" or "from" or "with" or "of" or "at" or "against" && !(source!.Unit == Unit.Rate && mention.Value >= source.Per))
            {
                (mention.Unit, mention.Per) = source!.Unit == Unit.Rate ? (Unit.Rate, source.Per) : (mention.Unit, 0);
            }

            ReadRate(s, mention, from, to);
            mention.Every = EveryIn(s, mention, to);
            host = mention.IsBracketed ? host : mention;
        }

        LeadPeriod(s, leadEnd);
    }

    // What stands behind "…, so" or "…, which" tells a new thing; behind a figure that had its subject before it, so does anything after a comma.
    private static int TopicEnd(Statement s, Mention mention, int from, int to)
    {
        if (mention.IsBracketed)
        {
            return to;
        }

        var hasSubject = !mention.HasNoun && Enumerable.Range(from, Math.Max(0, mention.First - from)).Any(k => s.Tokens[k].Word is { } w && !w.Is(WordRoles.Stop | WordRoles.Neutral));
        for (var k = mention.Last + 1; k < Math.Min(to, s.Tokens.Count); k++)
        {
            if (s.Word(k) is "," or "–" or ";" && (hasSubject || s.Word(k + 1) is "so" or "which" or "but" or "because" or "and" or "although" or "as" or "a" or "an"))
            {
                return k;
            }
        }

        return to;
    }

    private static bool SameKind(Mention a, Mention b) => a.Unit == b.Unit;

    // "a rate of 12.5 per 100,000" stands at the figure; "admission rates per 100,000 fell from 438.8" before it.
    private static void ReadRate(Statement s, Mention mention, int from, int to)
    {
        if (mention.Unit != Unit.Count || mention.HasNoun)
        {
            return;
        }

        if (mention.Step < 1 && Enumerable.Range(1, 3).Any(b => s.Word(mention.First - b) == "rate") && s.Mentions.Find(m => m.Unit == Unit.Rate) is { } like)
        {
            (mention.Unit, mention.Per) = (Unit.Rate, like.Per);
            return;
        }

        for (var k = from; k + 1 < to; k++)
        {
            if (s.Word(k) == "per" && s.Tokens[k + 1] is { Kind: TokenKind.Number, Value: >= 1000, Taken: false } per && (k > mention.Last || k < mention.First))
            {
                (mention.Unit, mention.Per) = (Unit.Rate, per.Value);
            }
        }
    }

    private static string? EveryIn(Statement s, Mention mention, int to)
    {
        for (var k = mention.Last + 1; k < Math.Min(to + 1, mention.Last + 7); k++)
        {
            var word = s.Word(k);
            if (word is "weekly" or "monthly" or "daily" or "annually" or "yearly")
            {
                return word[..^2] switch { "dai" => "day", "annual" => "year", var w => w };
            }

            if (word is "a" or "per" or "each" or "every" && s.Word(k + 1) is "week" or "month" or "day" or "year" or "annum")
            {
                return s.Word(k + 1) == "annum" ? "year" : s.Word(k + 1);
            }
        }

        return null;
    }

    // A time named before the first figure holds for all that name none.
    private static void LeadPeriod(Statement s, int leadEnd)
    {
        var lead = s.Periods.Find(p => p.Last < leadEnd)?.Period ?? (s.Periods.Count == 1 && s.Periods[0].Period.Kind != PeriodKind.Relative ? s.Periods[0].Period : null);
        // The year of England's figure, or of the one before, is not lent to the figure set against it.
        var owner = s.Mentions.Find(m => m.Period is not null && ReferenceEquals(m.Period, lead));
        var isTheirs = owner is not null && (owner.Place is not null || owner.IsBracketed || s.Word(s.Before(owner.First)) is "from" or "with" or "than" or "against" || (s.Word(s.Before(owner.First)) == "to" && s.Word(s.Before(owner.First) - 1) is "compared" or "comparison"));
        foreach (var m in s.Mentions.Where(m => m.Period is null))
        {
            m.Period = isTheirs && m.Place is null && !(owner!.IsBracketed && m.IsBracketed) ? null : lead;
        }
    }

    private static Period? PeriodIn(Statement s, Mention mention, int from, int to)
    {
        Period? best = null;
        var nearest = int.MaxValue;
        foreach (var p in s.Periods)
        {
            if (p.Last >= from && p.First < to && (mention.IsBracketed || !s.Mentions.Exists(m => m.IsBracketed && m != mention && Inside(s.Tokens, p.First, m))))
            {
                var distance = p.First > mention.Last ? p.First - mention.Last : (mention.First - p.Last) + 3;
                if (distance < nearest)
                {
                    (best, nearest) = (p.Period, distance);
                }
            }
        }

        return best;
    }

    private static bool IsPlanned(Statement s, int from, int to)
    {
        for (var k = Math.Max(0, from); k < Math.Min(to, s.Tokens.Count); k++)
        {
            if (s.Tokens[k].Concept.Length > 0 && s.Tokens[k].Is(WordRoles.Plan) && (s.Word(k) is not ("plan" or "projects" or "objective") || s.Word(k + 1) is "of" or "was" or "is") && !(s.Word(k) == "estimated" || s.Word(k) == "target" && s.Word(k + 1) is "group"))
            {
                return true;
            }
        }

        return false;
    }

    private static string? PlaceOf(List<Token> tokens) => tokens.Find(t => t.Word?.Place is not null)?.Word!.Place;

    private static string? PlaceIn(Statement s, Mention mention, int from, int to)
    {
        string? place = null;
        for (var k = from; k < Math.Min(to, s.Tokens.Count); k++)
        {
            if (s.Tokens[k].Word?.Place is not { } named || s.Tokens[k].Concept.Length == 0 || (named == "england" && s.Word(k + 1) == "nhs") || (s.Word(k - 1) == "nhs") || s.Word(k) == "english" || s.Word(k + 1) is "survey" or "living" or "guidance" or "outcomes" or "framework" or "collection" or "data")
            {
                continue;
            }

            // "72%, above the England average (70%)": England's is the figure in brackets.
            var compared = k > mention.Last && Enumerable.Range(1, 4).Any(b => k - b > mention.Last && s.Word(k - b) is "than" or "above" or "below" or "with" or "to" or "against" or "v" or "vs");
            place = compared && (!mention.IsBracketed || s.Mentions.Exists(o => o.IsBracketed && o.First > mention.Last && o.Last < k)) ? place : named;
        }

        if (place is null && mention.IsBracketed && !s.Mentions.Exists(o => o != mention && o.IsBracketed && o.Unit == mention.Unit && o.First > mention.Last && o.First - mention.Last < 8))
        {
            for (var k = mention.First - 1; k > Math.Max(0, mention.First - 6); k--)
            {
                if (s.Tokens[k].Kind == TokenKind.Number)
                {
                    break;
                }

                place ??= s.Tokens[k].Word?.Place;
            }
        }

        return place;
    }

    private static Statistic StatisticOf(List<Token> tokens, int from, int to)
    {
        var found = Statistic.None;
        for (var k = Math.Max(0, from); k < Math.Min(to, tokens.Count); k++)
        {
            if (tokens[k].Word is not { } word || tokens[k].Concept.Length == 0)
            {
                continue;
            }

            var next = k + 1 < tokens.Count ? tokens[k + 1].Word?.Text : null;
            var previous = k > 0 ? tokens[k - 1].Word : null;
            found = word.Is(WordRoles.Mean) && !(previous?.Place is not null || previous?.Text is "above" or "below" or "than" or "an") ? Statistic.Mean
                : word.Is(WordRoles.Mean) && previous?.Text == "an" && next is "of" or "wait" or "waiting" or "length" or "time" or "stay" ? Statistic.Mean
                : word.Is(WordRoles.Median) ? Statistic.Median : word.Is(WordRoles.Longest) ? Statistic.Longest : word.Is(WordRoles.Shortest) ? Statistic.Shortest : found;
        }

        return found;
    }

    private readonly record struct ConceptSet(HashSet<string> Topic, HashSet<string> Names, HashSet<string> Marks);

    private ConceptSet Concepts(List<Token> tokens, int from, int to, List<Mention> mentions)
    {
        var (topic, names, marks) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        var hasBrackets = mentions.Exists(m => m.IsBracketed);
        for (var k = Math.Max(0, from); k < Math.Min(to, tokens.Count); k++)
        {
            var t = tokens[k];
            if (t.Concept.Contains(':', StringComparison.Ordinal))
            {
                marks.Add(t.Concept);
                continue;
            }

            // A phrase is judged as a whole: "care" tells nothing, "care home" does.
            var isPhrase = t.Word is not null && t.Concept != t.Word.Concept;
            if (t.Kind != TokenKind.Word || t.Taken || t.Concept.Length < 2 || (char.IsAsciiDigit(t.Concept[0]) && t.Concept.Length < 4) || !isPhrase && t.Word!.Is(WordRoles.Stop | WordRoles.Neutral | WordRoles.Place | WordRoles.Better | WordRoles.Worse | WordRoles.Statistic) || (!isPhrase && t.Is(WordRoles.Direction | WordRoles.Plan) && !lexicon.IsApart(t.Concept)) || IsFigure(mentions, k) || hasBrackets && mentions.Exists(m => m.IsBracketed && (m.First < from || m.Last >= to || !InBracketOf(tokens, from, m)) && Inside(tokens, k, m)))
            {
                continue;
            }

            if ((lexicon.RolesOf(t.Concept) & WordRoles.Neutral) != 0 || localNames.Contains(t.Concept))
            {
                continue;
            }

            (t.IsCapital && k > 0 && IsName(tokens, k) ? names : topic).Add(t.Concept);
        }

        return new ConceptSet(topic, names, marks);
    }

    // Words in brackets with a figure of their own speak of that figure.
    private static bool Inside(List<Token> tokens, int k, Mention m)
    {
        for (var i = Math.Min(k, m.First); i < Math.Max(k, m.First); i++)
        {
            if (tokens[i].Mark is '(' or ')')
            {
                return false;
            }
        }

        return true;
    }

    private static bool InBracketOf(List<Token> tokens, int from, Mention m) => tokens[from].Mark == '(' && from < m.First && Inside(tokens, from + 1, m);

    private static bool IsFigure(List<Mention> mentions, int k) => mentions.Exists(m => k >= m.First && k <= m.Last);

    private static bool IsName(List<Token> tokens, int k) => tokens[k].Word!.Roles == WordRoles.None && tokens[k].Concept == tokens[k].Word!.Concept && tokens[k - 1].Kind == TokenKind.Word && tokens[k].Word!.Text.Length > 3
        && tokens[k].Word!.Text is not ("act" or "care" or "social" or "board" or "hub" or "framework" or "home" or "first" or "strategy" or "safeguarding" or "adults" or "direct" or "payments" or "team");
}
