using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.People;

/// <summary>A record that may be the same person, and why, the strongest reason first.</summary>
public sealed record PossibleDuplicate(PersonHit Person, IReadOnlyList<string> Why, double Weight)
{
    /// <summary>"same NHS number; same postcode".</summary>
    public string Reasons => string.Join("; ", Why);
}

/// <summary>Says whether someone about to be recorded may have a record already.</summary>
[Scoped]
public sealed class Duplicates(WaymarkDb db, NameVocabulary vocabulary, RecordAccess access)
{
    private const int Most = 10;
    private const int MostCandidates = 100;

    /// <summary>Less than this is a coincidence.</summary>
    private const double Likely = 0.6;

    /// <param name="details">As typed so far; with little typed there is little to say.</param>
    /// <param name="except">The record itself, when it is there already.</param>
    public async Task<ShownRows<PossibleDuplicate>> ForAsync(PersonDetails details, Guid? except = null, CancellationToken cancellation = default)
    {
        var typed = new Typed(details);
        if (typed.IsTooLittle)
        {
            return new([], 0, 0);
        }

        if (typed.Words.Count > 0)
        {
            await vocabulary.RefreshAsync(db, typed.Words, cancellation);
        }

        var ids = Candidates(typed);
        var people = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id) && p.Id != except && p.MergedIntoId == null).ToListAsync(cancellation);
        var withheld = await access.FieldsOfAsync([.. people.Select(p => p.Id)]);
        var found = people.Select(p => Judge(typed, p, withheld.GetValueOrDefault(p.Id, FieldSight.All))).OfType<PossibleDuplicate>()
            .OrderByDescending(d => d.Weight).ThenBy(d => d.Person.SortKey, StringComparer.Ordinal).Take(Most).ToList();
        return await access.RowsForAsync(found, d => d.Person.Id);
    }

    private IQueryable<Guid> Candidates(Typed typed)
    {
        var parts = new List<IQueryable<Guid>> { db.People.Where(p => typed.NhsNumber != null && p.NhsNumber == typed.NhsNumber).Select(p => p.MergedIntoId ?? p.Id) };
        if (typed.BirthDate is { } born)
        {
            parts.Add(db.People.Where(p => p.BirthDate == born).Select(p => p.Id).Take(2 * MostCandidates));
        }

        if (typed.PhoneKey is { } phone)
        {
            parts.Add(db.People.Where(p => p.PhoneKey == phone).Select(p => p.Id).Take(MostCandidates));
        }

        if (typed.PostcodeKey is { } postcode)
        {
            parts.Add(db.People.Where(p => p.PostcodeKey == postcode).Select(p => p.Id).Take(MostCandidates));
        }

        var given = WordIds(typed.Given);
        var family = WordIds(typed.Family);
        if (given.Count > 0 && family.Count > 0)
        {
            long[] pairs = [.. given.SelectMany(g => family.Where(f => f != g).Select(f => PersonWord.PairOf(g, f))).Distinct()];
            parts.Add(db.PersonWords.Where(w => EF.Parameter(pairs).Contains(w.Pair)).Select(w => w.PersonId).Take(2 * MostCandidates));
        }

        return parts.Aggregate((all, part) => all.Concat(part));

        List<long> WordIds(IReadOnlyList<string> words) => [.. words.SelectMany(w => vocabulary.Like(w, 15)).Where(m => m.Score != 0.95).Select(m => m.WordId).Distinct().Take(20)];
    }

    private static PossibleDuplicate? Judge(Typed typed, Person person, FieldSight sight)
    {
        var why = new List<string>();
        var weight = 0d;
        if (typed.NhsNumber is not null && person.NhsNumber == typed.NhsNumber)
        {
            Because(1, "same NHS number");
        }

        var name = Likeness(typed, person);
        var nameSays = name switch { >= 0.99 => "has the same name", >= 0.9 => "sounds the same", >= NameVocabulary.Alike => "has a name much like it", _ => null };
        var birth = typed.BirthDate is { } born && person.BirthDate is { } theirs ? PersonMatch.Near(born, theirs) : -1;
        if (birth == 1)
        {
            Because(nameSays is null ? 0.2 : 0.6 + (name * 0.3), nameSays is null ? "same birth date" : $"same birth date and {nameSays}");
        }
        else if (nameSays is not null)
        {
            Because(
                birth switch { > 0 => 0.5 + (name * 0.2), 0 => 0.1, _ => name * 0.62 },
                birth switch { > 0 => $"{nameSays} and nearly the same birth date", 0 => $"{nameSays}, another birth date", _ => $"{nameSays}; a birth date is not known" });
        }

        if (typed.PostcodeKey is not null && sight.Shows(RestrictedFields.Address) && person.PostcodeKey == typed.PostcodeKey)
        {
            Because(nameSays is null || birth == 0 ? 0.1 : 0.4, "same postcode");
        }

        if (typed.PhoneKey is not null && sight.Shows(RestrictedFields.Phone) && person.PhoneKey == typed.PhoneKey)
        {
            Because(nameSays is null || birth == 0 ? 0.1 : 0.4, "same telephone number");
        }

        return weight >= Likely ? new PossibleDuplicate(Hit(person, sight), why, weight) : null;

        void Because(double by, string reason)
        {
            weight += by;
            why.Add(reason);
        }
    }

    /// <summary>0 to 1: given and family name, also the other way round.</summary>
    private static double Likeness(Typed typed, Person person)
    {
        if (typed.Given.Count == 0 || typed.Family.Count == 0)
        {
            return 0;
        }

        var given = Names.Words(person.GivenName, person.PreferredName);
        var family = Names.Words(person.FamilyName);
        return Math.Max(Math.Min(Best(typed.Given, given), Best(typed.Family, family)), Math.Min(Best(typed.Given, family), Best(typed.Family, given)));

        static double Best(IReadOnlyList<string> typed, IReadOnlyList<string> words) => typed.Max(t => words.Count == 0 ? 0 : words.Max(w => Alike(t, w)));

        // The same sound is as good as the same spelling here; a mere beginning is not.
        static double Alike(string typed, string word) =>
            typed == word ? 1
            : NameSound.Key(typed) is { Length: > 1 } key && key == NameSound.Key(word) ? Math.Max(0.9, Math.Min(0.98, NameVocabulary.Score(typed, word)))
            : FuzzySharp.Fuzz.Ratio(typed, word) / 100d;
    }

    private static PersonHit Hit(Person person, FieldSight sight) => new()
    {
        Id = person.Id,
        Reference = person.Reference,
        GivenName = person.GivenName,
        FamilyName = person.FamilyName,
        PreferredName = person.PreferredName,
        SortKey = person.SortKey,
        BirthDate = person.BirthDate,
        DeathDate = person.DeathDate,
        NhsNumber = person.NhsNumber,
        CouncilId = person.CouncilId,
        Address = sight.Show(RestrictedFields.Address, person.Address),
        Postcode = sight.Shows(RestrictedFields.Address) ? person.Postcode : null,
    };

    private sealed class Typed(PersonDetails details)
    {
        public IReadOnlyList<string> Given { get; } = Names.Words(details.GivenName, details.PreferredName);
        public IReadOnlyList<string> Family { get; } = Names.Words(details.FamilyName);
        public IReadOnlyList<string> Words => [.. Given, .. Family];
        public DateOnly? BirthDate => details.BirthDate;
        public string? NhsNumber { get; } = People.NhsNumber.TryParse(details.NhsNumber, out var number, out _) ? number : null;
        public string? PhoneKey { get; } = PersonKeys.Phone(details.Phone) is { Length: > 5 } key ? key : null;
        public string? PostcodeKey { get; } = PersonKeys.Postcode(details.Postcode) is { Length: > 4 } key ? key : null;
        public bool IsTooLittle => NhsNumber is null && (Words.Count == 0 || (BirthDate is null && PhoneKey is null && PostcodeKey is null && (Given.Count == 0 || Family.Count == 0)));
    }
}
