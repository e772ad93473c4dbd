namespace Waymark.Kernel.People;

/// <summary>What was found out about pairs of words in one search: the same few family names come again and again.</summary>
public sealed class Likeness
{
    private readonly Dictionary<(string, string), double> known = [];

    public double Of(string typed, string word)
    {
        if (!known.TryGetValue((typed, word), out var score))
        {
            known[(typed, word)] = score = NameVocabulary.Score(typed, word);
        }

        return score;
    }
}

/// <summary>How well a person fits what was typed, and why. Pure: names of the person come folded.</summary>
public static class PersonMatch
{
    /// <summary>Below this someone does not fit what was typed.</summary>
    public const double Fits = 0.5;

    /// <param name="held">Numbers typed that led to the person by way of another record: "NHS number".</param>
    /// <param name="names">The folded words of the person's current names.</param>
    /// <param name="others">Folded words of other names that the viewer may see.</param>
    /// <returns>Null when the person does not fit.</returns>
    public static (double Score, IReadOnlyList<string> Why)? Of(PersonQuery query, PersonHit person, IReadOnlyList<string> held, IReadOnlyList<string> names, IReadOnlyList<string> others, Likeness likeness)
    {
        var why = new List<string>();
        var certain = Identifiers(query, person, held, why);
        var parts = new List<double>();
        if (query.Words.Count > 0)
        {
            var name = Name(query.Words, names, others, likeness, why);
            if (name < NameVocabulary.Alike && !certain)
            {
                return null;
            }

            parts.Add(name);
        }

        if (query.HasBirth)
        {
            var birth = Birth(query, person.BirthDate, why);
            if (birth < Fits && !certain)
            {
                return null;
            }

            parts.Add(birth);
        }

        if (query.PostcodeKey is { } postcode)
        {
            var isThere = person.PostcodeKey?.StartsWith(postcode, StringComparison.Ordinal) ?? false;
            parts.Add(isThere ? 1 : 0);
            if (isThere)
            {
                why.Add("postcode");
            }
        }

        return certain ? (1 + (parts.Count == 0 ? 0 : parts.Average() / 10), why)
            : parts.Count > 0 && parts.Average() is var score && score >= Fits ? (score, why)
            : null;
    }

    private static bool Identifiers(PersonQuery query, PersonHit person, IReadOnlyList<string> held, List<string> why)
    {
        why.AddRange(held);
        if (query.NhsNumber is not null && person.NhsNumber == query.NhsNumber)
        {
            why.Add("NHS number");
        }

        if (query.Numbers.Contains(person.Reference))
        {
            why.Add("reference");
        }

        if (person.CouncilId is not null && query.Numbers.Contains(person.CouncilId))
        {
            why.Add("council's number");
        }

        if (query.PhoneKey is not null && (person.PhoneKey?.StartsWith(query.PhoneKey, StringComparison.Ordinal) ?? false))
        {
            why.Add("telephone");
        }

        return why.Count > 0;
    }

    /// <summary>Every word typed must fit a word of the person; of three or more, one may fit none.</summary>
    private static double Name(IReadOnlyList<string> typed, IReadOnlyList<string> names, IReadOnlyList<string> others, Likeness likeness, List<string> why)
    {
        var best = typed.Select(t => Best(t, names, others, likeness)).ToList();
        var misses = best.Count(b => b.Score < NameVocabulary.Alike);
        if (misses > (typed.Count > 2 ? 1 : 0))
        {
            return 0;
        }

        var other = best.Find(b => b.IsOther && b.Score >= NameVocabulary.Alike);
        var near = best.Find(b => b.Score is >= NameVocabulary.Alike and < 0.95);
        why.Add(other.Word is not null ? $"another name: {Capital(other.Word)}"
            : near.Word is null ? "name"
            : NameSound.Key(near.Word) is { Length: > 0 } key && key == NameSound.Key(near.Typed) ? $"sounds like {Capital(near.Typed)}"
            : $"name like {Capital(near.Typed)}");

        // What was typed first counts a little more, and one who has just these names comes before one who has more.
        return best.Average(b => b.Score) - (0.01 * Math.Max(0, names.Count - typed.Count));
    }

    private static (string Typed, string? Word, double Score, bool IsOther) Best(string typed, IReadOnlyList<string> names, IReadOnlyList<string> others, Likeness likeness)
    {
        var best = (typed, (string?)null, 0d, false);
        foreach (var word in names)
        {
            if (likeness.Of(typed, word) is var score && score > best.Item3)
            {
                best = (typed, word, score, false);
            }
        }

        foreach (var word in others)
        {
            if (likeness.Of(typed, word) - 0.02 is var score && score > best.Item3)
            {
                best = (typed, word, score, true);
            }
        }

        return best;
    }

    private static double Birth(PersonQuery query, DateOnly? born, List<string> why)
    {
        if (born is not { } day)
        {
            why.Add("date of birth not known");
            return Fits;
        }

        if (query.BirthYear is { } year)
        {
            if (day.Year != year)
            {
                return 0;
            }

            why.Add("year of birth");
            return 1;
        }

        var best = query.BirthDates.Max(d => Near(d, day));
        if (best >= Fits)
        {
            why.Add(best == 1 ? "date of birth" : "date of birth nearly the same");
        }

        return best;
    }

    /// <summary>How near two dates are as people mistype them: 1 the same; day and month the other way round; one part different.</summary>
    public static double Near(DateOnly typed, DateOnly born)
    {
        if (typed == born)
        {
            return 1;
        }

        if (typed.Year == born.Year && typed.Day == born.Month && typed.Month == born.Day)
        {
            return 0.8;
        }

        var same = (typed.Year == born.Year ? 1 : 0) + (typed.Month == born.Month ? 1 : 0) + (typed.Day == born.Day ? 1 : 0);
        return same == 2 && Math.Abs(typed.Year - born.Year) is 0 or 1 or 10 or 100 ? 0.7 : 0;
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
