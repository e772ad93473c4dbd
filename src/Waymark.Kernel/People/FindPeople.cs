using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.People;

/// <summary>
/// Finds people by what is typed. The database gives at most a few hundred candidates by look-ups that do not grow with the county; they are judged here.
/// Four statements: new words (or who holds a number), candidates, which of them the viewer may see, which fields are withheld.
/// </summary>
[Scoped]
public sealed class FindPeople(WaymarkDb db, CareClock clock, NameVocabulary vocabulary, RecordAccess access, MergedPeople merged)
{
    /// <summary>Who needs more than these types more of the name, or a date of birth.</summary>
    public const int MostHits = 100;

    private const int MostCandidates = 100;
    private const int MostWords = 20;

    public Task<PersonSearch> RunAsync(string? typed, CancellationToken cancellation = default) => RunAsync(PersonQuery.Parse(typed, clock.Today), cancellation);

    public async Task<PersonSearch> RunAsync(PersonQuery query, CancellationToken cancellation = default)
    {
        if (query.IsEmpty)
        {
            return PersonSearch.Nothing(query);
        }

        if (query.Words.Count > 0)
        {
            await vocabulary.RefreshAsync(db, cancellation);
        }

        var holders = await HoldersAsync(query, cancellation);
        if (Candidates(query, [.. holders.Select(h => h.Key)]) is not { } ids)
        {
            return PersonSearch.Nothing(query);
        }

        var rows = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id) && p.MergedIntoId == null).Select(p => new Candidate
        {
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
            Others = db.PersonNames.Where(n => n.PersonId == p.Id && n.Kind != PersonNameKind.Current).Select(n => new OtherName(n.GivenName, n.FamilyName, n.Kind)).ToList(),
        }).ToListAsync(cancellation);
        var fitting = rows.Select(r => r.Judge(query, [.. holders[r.Hit.Id]], FieldSight.All)).OfType<Judged>().OrderByDescending(j => j.Hit.Score).ThenBy(j => j.Hit.SortKey, StringComparer.Ordinal).ToList();
        return await ShowAsync(query, fitting, rows.Count >= MostCandidates);
    }

    private async Task<PersonSearch> ShowAsync(PersonQuery query, List<Judged> fitting, bool isCut)
    {
        var top = fitting.Take(MostHits).ToList();
        var shown = await access.RowsForAsync(top, j => j.Hit.Id);
        var withheld = await access.FieldsOfAsync([.. shown.Rows.Select(j => j.Hit.Id)]);

        // Someone found only by what is withheld from the viewer is not found; the rest are shown without it.
        var hits = shown.Rows
            .Select(j => withheld.TryGetValue(j.Hit.Id, out var sight) ? j.Candidate.Judge(query, j.Held, sight) : j).OfType<Judged>()
            .Select(j => j.Hit).OrderByDescending(h => h.Score).ThenBy(h => h.SortKey, StringComparer.Ordinal).ToList();
        return new PersonSearch(query, hits, isCut || fitting.Count > MostHits, shown.Restricted);
    }

    /// <summary>Look-ups joined into one statement; each brings at most a hundred.</summary>
    private IQueryable<Guid>? Candidates(PersonQuery query, List<Guid> holders)
    {
        var parts = new List<IQueryable<Guid>>();
        if (holders.Count > 0)
        {
            parts.Add(db.People.Where(p => holders.Contains(p.Id)).Select(p => p.Id));
        }

        AddReach(query, parts);
        if (query.BirthDates.Count > 0)
        {
            parts.Add(db.People.Where(p => query.BirthDates.Contains(p.BirthDate!.Value)).Select(p => p.Id).Take(2 * MostCandidates));
        }

        if (query.Words.Count > 0)
        {
            AddNames(query, parts);
        }
        else if (query.BirthYear is { } year && parts.Count == 0)
        {
            parts.Add(db.People.Where(p => p.BirthDate >= new DateOnly(year, 1, 1) && p.BirthDate <= new DateOnly(year, 12, 31)).OrderBy(p => p.BirthDate).Select(p => p.Id).Take(MostCandidates));
        }

        return parts.Count == 0 ? null : parts.Aggregate((all, part) => all.Concat(part));
    }

    /// <summary>Who holds one of the numbers typed, and which; also who took over a record that held it.</summary>
    private async Task<ILookup<Guid, string>> HoldersAsync(PersonQuery query, CancellationToken cancellation)
    {
        if (query.NhsNumber is null && query.Numbers.Count == 0)
        {
            return Enumerable.Empty<Guid>().ToLookup(id => id, _ => "");
        }

        List<string> values = [.. query.Numbers, .. query.NhsNumber is { } nhs ? new[] { nhs } : []];
        var holders = await db.People.Where(p => values.Contains(p.NhsNumber!)).Select(p => new Holder { Id = p.Id, IntoId = p.MergedIntoId, Why = "NHS number" })
            .Concat(db.People.Where(p => values.Contains(p.Reference)).Select(p => new Holder { Id = p.Id, IntoId = p.MergedIntoId, Why = "reference" }))
            .Concat(db.People.Where(p => values.Contains(p.CouncilId!)).Select(p => new Holder { Id = p.Id, IntoId = p.MergedIntoId, Why = "council's number" }))
            .Concat(db.Episodes.Where(e => e.PersonId != null && values.Contains(e.Reference)).Select(e => new Holder { Id = e.PersonId!.Value, IntoId = e.PersonId, Why = "reference of work" }))
            .Concat(db.PersonIdentifiers.Where(i => values.Contains(i.Value)).Take(MostCandidates).Select(i => new Holder { Id = i.PersonId, IntoId = i.PersonId, Why = "other number" }))
            .ToListAsync(cancellation);
        var survivors = holders.Exists(h => h.IntoId is { } into && into != h.Id) ? await merged.SurvivorsAsync([.. holders.Select(h => h.Id)]) : null;
        return holders.ToLookup(h => survivors?.GetValueOrDefault(h.Id, h.Id) ?? h.Id, h => h.Why);
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
        int[] years = query.BirthYear is { } year ? [year] : [.. query.BirthDates.Select(d => d.Year).Distinct()];
        if (years.Length == 0)
        {
            AddSorted(query.Words, parts);
        }

        // The two words that fit fewest names find the candidates; the others judge them.
        var fits = query.Words.Select(w => vocabulary.Like(w, w.Length < 3 ? 3 * MostWords : MostWords)).Where(f => f.Count > 0).OrderBy(f => f.Count).ToList();
        if (fits.Count == 0)
        {
            return;
        }

        var exact = fits.Select(f => f.Where(m => m.Score >= 0.95).Select(m => m.WordId).ToList()).ToList();
        var wide = fits.Select(f => f.Select(m => m.WordId).ToList()).ToList();
        if (fits.Count == 1)
        {
            // One word and a full date: the year may be off as years are mistyped.
            years = query.BirthYear is null ? [.. years.SelectMany(y => new[] { y, y - 1, y + 1, y - 10, y + 10 })] : years;
            AddOne(exact[0], years, parts);
            AddOne([.. wide[0].Except(exact[0])], years, parts);
            return;
        }

        // A full date is judged with slips in any part of it, so it does not narrow pairs; a year typed alone does.
        var narrow = query.BirthYear is null ? [] : years;
        AddPair(exact[0], exact[1], narrow, parts);
        AddPair(wide[0], wide[1], narrow, parts);
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

    private void AddOne(List<long> words, int[] years, List<IQueryable<Guid>> parts)
    {
        if (words.Count > 0)
        {
            var rows = db.PersonWords.Where(w => words.Contains(w.WordId));
            rows = years.Length == 0 ? rows : rows.Where(w => years.Contains(w.BirthYear));
            parts.Add(rows.Select(w => w.PersonId).Take(MostCandidates));
        }
    }

    private void AddPair(List<long> first, List<long> second, int[] years, List<IQueryable<Guid>> parts)
    {
        if (first.Count > 0 && second.Count > 0)
        {
            var rows = db.PersonWords.Where(w => first.Contains(w.WordId) && second.Contains(w.WithId));
            rows = years.Length == 0 ? rows : rows.Where(w => years.Contains(w.BirthYear));
            parts.Add(rows.Select(w => w.PersonId).Take(MostCandidates));
        }
    }

    private sealed record Holder
    {
        public required Guid Id { get; init; }
        public required Guid? IntoId { get; init; }
        public required string Why { get; init; }
    }

    private sealed record OtherName(string GivenName, string FamilyName, PersonNameKind Kind);

    private sealed record Judged(PersonHit Hit, Candidate Candidate, IReadOnlyList<string> Held);

    private sealed record Candidate
    {
        public required PersonHit Hit { get; init; }
        public required List<OtherName> Others { get; init; }

        public Judged? Judge(PersonQuery query, IReadOnlyList<string> held, FieldSight sight)
        {
            var seen = Hit with
            {
                PhoneKey = sight.Shows(RestrictedFields.Phone) ? Hit.PhoneKey : null,
                PostcodeKey = sight.Shows(RestrictedFields.Address) ? Hit.PostcodeKey : null,
                Address = sight.Show(RestrictedFields.Address, Hit.Address),
                Postcode = sight.Shows(RestrictedFields.Address) ? Hit.Postcode : null,
            };
            var names = Names.Words(Hit.FamilyName, Hit.GivenName, Hit.PreferredName);
            var others = Names.Words([.. Others.Where(n => n.Kind != PersonNameKind.Former || sight.Shows(RestrictedFields.FormerNames)).SelectMany(n => new[] { n.FamilyName, n.GivenName })]);
            return PersonMatch.Of(query, seen, held, names, others) is var (score, why) ? new Judged(seen with { Score = score, Why = why }, this, held) : null;
        }
    }
}
