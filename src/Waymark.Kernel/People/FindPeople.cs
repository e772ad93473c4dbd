using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.People;

/// <summary>
/// Finds people by what is typed. The database gives at most a few hundred candidates by look-ups that do not grow with the county; they are judged here.
/// One statement, mostly; others only for words that are new, for other names, and for people whom a restriction may keep from the viewer.
/// </summary>
[Scoped]
public sealed class FindPeople(WaymarkDb db, CareClock clock, NameVocabulary vocabulary, RecordAccess access, MergedPeople merged)
{
    /// <summary>Who needs more than these types more of the name, or a date of birth.</summary>
    public const int MostHits = 100;

    private const int MostCandidates = 100;
    private const int MostWords = 16;
    private const int MostStarts = 64;
    private const int MostKeys = 600;

    public Task<PersonSearch> RunAsync(string? typed, CancellationToken cancellation = default) => RunAsync(PersonQuery.Parse(typed, clock.Today), cancellation);

    public async Task<PersonSearch> RunAsync(PersonQuery query, CancellationToken cancellation = default)
    {
        if (query.IsEmpty)
        {
            return PersonSearch.Nothing(query);
        }

        if (query.Words.Count > 0)
        {
            await vocabulary.RefreshAsync(db, query.Words, cancellation);
        }

        var (judged, isCut) = await LookAsync(query, isSecondLook: false, cancellation);
        if (judged.Count == 0 && query is { Words.Count: > 0, BirthDates.Count: > 0 })
        {
            // Nobody of that name was born that day: someone of that name born nearly then, as dates are mistyped.
            (judged, isCut) = await LookAsync(query, isSecondLook: true, cancellation);
        }

        if (judged.Count == 0)
        {
            judged = await JudgeByOtherNumbersAsync(query, cancellation);
        }

        return await ShowAsync(query, InOrder(judged), isCut);
    }

    private async Task<(List<Judged> Judged, bool IsCut)> LookAsync(PersonQuery query, bool isSecondLook, CancellationToken cancellation)
    {
        var rows = Candidates(query, isSecondLook) is { } ids ? await ReadAsync(ids, cancellation) : [];
        var likeness = new Likeness();
        var judged = rows.Select(r => r.Judge(query, likeness, FieldSight.All)).OfType<Judged>().ToList();
        judged.AddRange(await JudgeByOtherNamesAsync(query, rows, judged, cancellation));
        return (judged, rows.Count >= MostCandidates);
    }

    private Task<List<Candidate>> ReadAsync(IQueryable<Guid> ids, CancellationToken cancellation) =>
        db.People.AsNoTracking().Where(p => ids.Contains(p.Id) && p.MergedIntoId == null && p.DisposedOn == null).Select(access.Guarded.Into((p, isGuarded) => new Candidate
        {
            IsGuarded = isGuarded,
            Hit = new PersonHit
            {
                Id = p.Id,
                Reference = p.Reference,
                GivenName = p.GivenName,
                FamilyName = p.FamilyName,
                PreferredName = p.PreferredName,
                SortKey = p.SortKey,
                BirthDate = p.BirthDate,
                DeathDate = p.DeathDate,
                NhsNumber = p.NhsNumber,
                CouncilId = p.CouncilId,
                Address = p.Address,
                Postcode = p.Postcode,
                PostcodeKey = p.PostcodeKey,
                PhoneKey = p.PhoneKey,
            },
        })).ToListAsync(cancellation);

    /// <summary>Those whom the names they go by now do not fit, by former and other names. Asked only when there are such.</summary>
    private async Task<IEnumerable<Judged>> JudgeByOtherNamesAsync(PersonQuery query, List<Candidate> rows, List<Judged> judged, CancellationToken cancellation)
    {
        var fit = judged.Select(j => j.Candidate.Hit.Id).ToHashSet();
        var rest = query.Words.Count == 0 ? [] : rows.Where(r => !fit.Contains(r.Hit.Id)).ToDictionary(r => r.Hit.Id);
        if (rest.Count == 0)
        {
            return [];
        }

        var ids = rest.Keys.ToList();
        var names = await db.PersonNames.Where(n => ids.Contains(n.PersonId) && n.Kind != PersonNameKind.Current).Select(n => new { n.PersonId, Name = new OtherName(n.GivenName, n.FamilyName, n.Kind) }).ToListAsync(cancellation);
        var likeness = new Likeness();
        return names.GroupBy(n => n.PersonId).Select(g => (rest[g.Key] with { Others = [.. g.Select(n => n.Name)] }).Judge(query, likeness, FieldSight.All)).OfType<Judged>();
    }

    private async Task<PersonSearch> ShowAsync(PersonQuery query, List<Judged> fitting, bool isCut)
    {
        var top = fitting.Take(MostHits).ToList();
        var guarded = top.Where(j => j.Candidate.IsGuarded).ToList();
        if (guarded.Count == 0)
        {
            return new PersonSearch(query, [.. top.Select(j => j.Hit)], isCut || fitting.Count > MostHits, 0);
        }

        var shown = await access.RowsForAsync(guarded, j => j.Hit.Id);
        var withheld = await access.FieldsOfAsync([.. shown.Rows.Select(j => j.Hit.Id)]);

        // Someone found only by what is withheld from the viewer is not found; the rest are shown without it.
        var open = shown.Rows.Select(j => withheld.TryGetValue(j.Hit.Id, out var sight) ? j.Candidate.Judge(query, new Likeness(), sight) : j).OfType<Judged>();
        return new PersonSearch(query, [.. InOrder(top.Where(j => !j.Candidate.IsGuarded).Concat(open)).Select(j => j.Hit)], isCut || fitting.Count > MostHits, shown.Restricted);
    }

    private static List<Judged> InOrder(IEnumerable<Judged> judged) => [.. judged.OrderByDescending(j => j.Hit.Score).ThenBy(j => j.Hit.SortKey, StringComparer.Ordinal)];

    /// <summary>Look-ups joined into one statement; each brings at most a hundred.</summary>
    private IQueryable<Guid>? Candidates(PersonQuery query, bool isSecondLook)
    {
        var parts = new List<IQueryable<Guid>>();
        AddNumbers(query, parts);
        AddReach(query, parts);
        if (query.BirthDates.Count > 0)
        {
            parts.Add(db.People.Where(p => query.BirthDates.Contains(p.BirthDate!.Value)).OrderBy(p => p.Id).Select(p => p.Id).Take(2 * MostCandidates));
        }

        if (query.Words.Count > 0 && (query.BirthDates.Count == 0 || isSecondLook))
        {
            AddNames(query, parts);
        }
        else if (query.BirthYear is { } year && parts.Count == 0)
        {
            parts.Add(db.People.Where(p => p.BirthDate >= new DateOnly(year, 1, 1) && p.BirthDate <= new DateOnly(year, 12, 31)).OrderBy(p => p.BirthDate).Select(p => p.Id).Take(MostCandidates));
        }

        return parts.Count == 0 ? null : parts.Aggregate((all, part) => all.Concat(part));
    }

    private void AddNumbers(PersonQuery query, List<IQueryable<Guid>> parts)
    {
        if (query.NhsNumber is { } nhs)
        {
            parts.Add(db.People.Where(p => p.NhsNumber == nhs).Select(p => p.Id));
        }

        if (query.Numbers.Count > 0)
        {
            parts.Add(db.People.Where(p => query.Numbers.Contains(p.Reference)).Select(p => p.Id));
            parts.Add(db.People.Where(p => query.Numbers.Contains(p.CouncilId!)).Select(p => p.Id));
        }
    }

    /// <summary>When nobody holds a number now: who took over a record that held it, whose work has it as reference, who has it as another body's number.</summary>
    private async Task<List<Judged>> JudgeByOtherNumbersAsync(PersonQuery query, CancellationToken cancellation)
    {
        List<string> values = [.. query.Numbers, .. query.NhsNumber is { } nhs ? new[] { nhs } : []];
        if (values.Count == 0)
        {
            return [];
        }

        var holders = await db.People.Where(p => values.Contains(p.NhsNumber!)).Select(p => new Holder { Id = p.Id, IntoId = p.MergedIntoId, Why = "NHS number" })
            .Concat(db.People.Where(p => values.Contains(p.Reference)).Select(p => new Holder { Id = p.Id, IntoId = p.MergedIntoId, Why = "reference" }))
            .Concat(db.People.Where(p => values.Contains(p.CouncilId!)).Select(p => new Holder { Id = p.Id, IntoId = p.MergedIntoId, Why = "council's number" }))
            .Concat(db.Episodes.Where(e => e.PersonId != null && values.Contains(e.Reference)).Select(e => new Holder { Id = e.PersonId!.Value, IntoId = e.PersonId, Why = "reference of work" }))
            .Concat(db.PersonIdentifiers.Where(i => values.Contains(i.Value)).Take(MostCandidates).Select(i => new Holder { Id = i.PersonId, IntoId = i.PersonId, Why = "other number" }))
            .ToListAsync(cancellation);
        if (holders.Count == 0)
        {
            return [];
        }

        var survivors = await merged.SurvivorsAsync([.. holders.Select(h => h.Id)]);
        var held = holders.ToLookup(h => survivors[h.Id], h => h.Why);
        var ids = held.Select(h => h.Key).ToList();
        var rows = await ReadAsync(db.People.Where(p => ids.Contains(p.Id)).Select(p => p.Id), cancellation);
        var likeness = new Likeness();
        return [.. rows.Select(r => (r with { Held = [.. held[r.Hit.Id].Distinct()] }).Judge(query, likeness, FieldSight.All)).OfType<Judged>()];
    }

    private void AddReach(PersonQuery query, List<IQueryable<Guid>> parts)
    {
        if (query.PhoneKey is { } phone)
        {
            parts.Add(Between(db.People, phone).Select(p => p.Id).Take(MostCandidates));
        }

        if (query.PostcodeKey is { } postcode)
        {
            var after = postcode + char.MaxValue;
            parts.Add(db.People.Where(p => string.Compare(p.PostcodeKey, postcode) >= 0 && string.Compare(p.PostcodeKey, after) < 0).OrderBy(p => p.PostcodeKey).Select(p => p.Id).Take(2 * MostCandidates));
        }
    }

    private static IQueryable<Person> Between(IQueryable<Person> people, string phone)
    {
        var after = phone + char.MaxValue;
        return people.Where(p => string.Compare(p.PhoneKey, phone) >= 0 && string.Compare(p.PhoneKey, after) < 0);
    }

    private void AddNames(PersonQuery query, List<IQueryable<Guid>> parts)
    {
        if (!query.HasBirth)
        {
            AddSorted(query.Words, parts);
        }

        // The two words that fit fewest names find the candidates; the others judge them.
        var fits = query.Words.Select(w => vocabulary.Like(w, MostStarts)).Where(f => f.Count > 0).OrderBy(f => f.Count).Take(2).ToList();
        if (fits.Count == 0)
        {
            return;
        }

        var exact = fits.Select(f => f.Where(m => m.Score >= 0.95).Select(m => m.WordId).ToList()).ToList();
        var wide = fits.Select(f => f.Take(MostWords).Select(m => m.WordId).ToList()).ToList();
        if (exact.Count == 2 && exact.TrueForAll(w => w.Count > MostWords) && !query.HasBirth)
        {
            AddStarts(query.Words, parts);
        }

        exact[^1] = [.. exact[^1].Take(MostKeys / Math.Max(1, exact.Count == 2 ? exact[0].Count : 1))];
        var exactKeys = Keys(exact);
        AddKeys(exactKeys, query.BirthYear, parts);

        // What is spelt as typed stands in the first hundred, so that a sound shared by many does not crowd it out.
        AddKeys([.. Keys(wide).Except(exactKeys)], query.BirthYear, parts);
    }

    /// <summary>Two short beginnings ("am oka") fit too many names for pairs of them: read along the family names that begin so.</summary>
    private void AddStarts(IReadOnlyList<string> words, List<IQueryable<Guid>> parts)
    {
        foreach (var start in words)
        {
            var after = start + char.MaxValue;
            var people = db.People.Where(p => string.Compare(p.SortKey, start) >= 0 && string.Compare(p.SortKey, after) < 0 && p.MergedIntoId == null);
            foreach (var other in words.Where(w => w != start).Select(w => " " + w))
            {
                people = people.Where(p => p.SortKey.Contains(other));
            }

            parts.Add(people.OrderBy(p => p.SortKey).Select(p => p.Id).Take(MostCandidates));
        }
    }

    private static long[] Keys(List<List<long>> words) => words.Count == 1
        ? [.. words[0].Select(w => PersonWord.PairOf(w))]
        : [.. words[0].SelectMany(a => words[1].Where(b => b != a).Select(b => PersonWord.PairOf(a, b))).Distinct()];

    private void AddKeys(long[] keys, int? year, List<IQueryable<Guid>> parts)
    {
        if (keys.Length > 0)
        {
            var rows = db.PersonWords.Where(w => EF.Parameter(keys).Contains(w.Pair));
            rows = year is null ? rows : rows.Where(w => w.BirthYear == year);
            parts.Add(rows.Select(w => w.PersonId).Take(MostCandidates));
        }
    }

    /// <summary>By sort key, in the order of names: whichever of the words is the family name. The only way that gives a common name in order.</summary>
    private void AddSorted(IReadOnlyList<string> words, List<IQueryable<Guid>> parts)
    {
        for (var turn = 0; turn < words.Count; turn++)
        {
            var start = string.Join(' ', words.Skip(turn).Concat(words.Take(turn)));
            var after = start + char.MaxValue;
            parts.Add(db.People.Where(p => string.Compare(p.SortKey, start) >= 0 && string.Compare(p.SortKey, after) < 0 && p.MergedIntoId == null)
                .OrderBy(p => p.SortKey).Select(p => p.Id).Take(MostCandidates));
        }
    }

    private sealed record Holder
    {
        public required Guid Id { get; init; }
        public required Guid? IntoId { get; init; }
        public required string Why { get; init; }
    }

    private sealed record OtherName(string GivenName, string FamilyName, PersonNameKind Kind);

    private sealed record Judged(PersonHit Hit, Candidate Candidate);

    private sealed record Candidate
    {
        public required PersonHit Hit { get; init; }
        public required bool IsGuarded { get; init; }
        public IReadOnlyList<OtherName> Others { get; init; } = [];

        /// <summary>Numbers typed that led here by way of another record.</summary>
        public IReadOnlyList<string> Held { get; init; } = [];

        public Judged? Judge(PersonQuery query, Likeness likeness, FieldSight sight)
        {
            var seen = Hit with
            {
                PhoneKey = sight.Shows(RestrictedFields.Phone) ? Hit.PhoneKey : null,
                PostcodeKey = sight.Shows(RestrictedFields.Address) ? Hit.PostcodeKey : null,
                Address = sight.Show(RestrictedFields.Address, Hit.Address),
                Postcode = sight.Shows(RestrictedFields.Address) ? Hit.Postcode : null,
            };
            IReadOnlyList<string> names = Hit.PreferredName is null ? Hit.SortKey.Split(' ', StringSplitOptions.RemoveEmptyEntries) : Names.Words(Hit.SortKey, Hit.PreferredName);
            IReadOnlyList<string> others = Others.Count == 0 ? [] : Names.Words([.. Others.Where(n => n.Kind != PersonNameKind.Former || sight.Shows(RestrictedFields.FormerNames)).SelectMany(n => new[] { n.FamilyName, n.GivenName })]);
            return PersonMatch.Of(query, seen, Held, names, others, likeness) is var (score, why) ? new Judged(seen with { Score = score, Why = why }, this) : null;
        }
    }
}
