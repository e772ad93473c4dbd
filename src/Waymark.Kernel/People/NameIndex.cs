using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.People;

/// <summary>
/// Keeps <see cref="PersonWord"/> in step with people's names. <see cref="WaymarkDb"/> calls it at every save, so that nobody who changes a name need think of
/// it; whoever writes people past the context calls <see cref="AddRangeAsync"/> or <see cref="RebuildAsync"/>.
/// </summary>
public static class NameIndex
{
    /// <summary>Words of one person that are indexed: current names first. A name of a hundred words must not make ten thousand pairs.</summary>
    public const int MostWords = 8;

    /// <summary>A longer word is indexed by its start.</summary>
    public const int LongestWord = 60;

    private const int Chunk = 400;

    private static readonly string[] Indexed = [nameof(Person.GivenName), nameof(Person.FamilyName), nameof(Person.PreferredName), nameof(Person.BirthDate), nameof(Person.MergedIntoId), nameof(Person.DisposedOn)];

    /// <summary>The words a person is found by; none for a record merged into another, whose names stand there, or disposed of.</summary>
    public static IReadOnlyList<string> WordsOf(Person person, IEnumerable<PersonName> others) => person.MergedIntoId is not null || person.DisposedOn is not null
        ? []
        : [.. Names.Words([person.FamilyName, person.GivenName, person.PreferredName, .. others.OrderBy(n => n.Kind).SelectMany(n => new[] { n.FamilyName, n.GivenName })])
            .Select(w => w.Length > LongestWord ? w[..LongestWord] : w).Distinct(StringComparer.Ordinal).Take(MostWords)];

    /// <summary>Indexes people who were written past the context and have no rows yet: a bulk load, a demo. In the transaction that is open.</summary>
    public static async Task AddRangeAsync(
        WaymarkDb db, IReadOnlyCollection<Person> people, ILookup<Guid, PersonName>? otherNames = null, CancellationToken cancellation = default) =>
        await new BulkWriter(db).WriteAsync(await RowsAsync(db, people, otherNames, cancellation), cancellation: cancellation);

    private static async Task<IReadOnlyList<PersonWord>> RowsAsync(WaymarkDb db, IReadOnlyCollection<Person> people, ILookup<Guid, PersonName>? otherNames, CancellationToken cancellation)
    {
        var words = people.Select(p => (Person: p, Words: WordsOf(p, otherNames?[p.Id] ?? []))).ToList();
        var ids = await WordIdsAsync(db, [.. words.SelectMany(w => w.Words).Distinct(StringComparer.Ordinal)], cancellation);
        return [.. words.SelectMany(w => Rows(w.Person, w.Words, ids))];
    }

    /// <summary>Puts the rows of people right from what the database holds; saves. For acts that change names past the context.</summary>
    public static async Task RebuildAsync(WaymarkDb db, IReadOnlyCollection<Guid> personIds, CancellationToken cancellation = default)
    {
        var rows = await db.PersonWords.Where(w => personIds.Contains(w.PersonId)).ToListAsync(cancellation);
        var people = await db.People.AsNoTracking().Where(p => personIds.Contains(p.Id)).ToListAsync(cancellation);
        var names = (await db.PersonNames.AsNoTracking().Where(n => personIds.Contains(n.PersonId)).ToListAsync(cancellation)).ToLookup(n => n.PersonId);
        Apply(db, rows, await RowsAsync(db, people, names, cancellation));
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Adds to the unit of work what its changes of people and names ask for.</summary>
    internal static async Task FollowAsync(WaymarkDb db, CancellationToken cancellation)
    {
        var changed = Changed(db.ChangeTracker);
        if (changed.Count == 0)
        {
            return;
        }

        var added = db.ChangeTracker.Entries<Person>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToDictionary(p => p.Id);
        Guid[] known = [.. changed.Where(id => !added.ContainsKey(id))];
        var people = added.Values.Where(p => changed.Contains(p.Id)).ToList();
        var stored = new List<PersonName>();
        var rows = new List<PersonWord>();
        foreach (var some in known.Chunk(Chunk))
        {
            people.AddRange(await db.People.Where(p => some.Contains(p.Id)).ToListAsync(cancellation));
            stored.AddRange(await db.PersonNames.Where(n => some.Contains(n.PersonId)).ToListAsync(cancellation));
            rows.AddRange(await db.PersonWords.Where(w => some.Contains(w.PersonId)).ToListAsync(cancellation));
        }

        var tracked = db.ChangeTracker.Entries<PersonName>().ToList();
        var names = stored.Union(tracked.Select(e => e.Entity)).Except(tracked.Where(e => e.State == EntityState.Deleted).Select(e => e.Entity)).ToLookup(n => n.PersonId);
        people.RemoveAll(p => db.Entry(p).State == EntityState.Deleted);
        Apply(db, rows, await RowsAsync(db, people, names, cancellation));
    }

    internal static bool HasWork(ChangeTracker tracker) => Changed(tracker).Count > 0;

    private static HashSet<Guid> Changed(ChangeTracker tracker)
    {
        var changed = new HashSet<Guid>();
        foreach (var entry in tracker.Entries())
        {
            switch (entry.Entity)
            {
                case Person person when entry.State is EntityState.Added or EntityState.Deleted || (entry.State == EntityState.Modified && Indexed.Any(p => entry.Property(p).IsModified)):
                    changed.Add(person.Id);
                    break;
                case PersonName name when entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted:
                    changed.Add(name.PersonId);
                    changed.Add((Guid)entry.Property(nameof(PersonName.PersonId)).OriginalValue!);
                    break;
            }
        }

        return changed;
    }

    private static void Apply(WaymarkDb db, List<PersonWord> have, IReadOnlyList<PersonWord> want)
    {
        var standing = have.ToDictionary(Key);
        foreach (var row in want)
        {
            if (!standing.Remove(Key(row)))
            {
                db.PersonWords.Add(row);
            }
        }

        db.PersonWords.RemoveRange(standing.Values);
    }

    private static (long, int, Guid) Key(PersonWord row) => (row.Pair, row.BirthYear, row.PersonId);

    private static IEnumerable<PersonWord> Rows(Person person, IReadOnlyList<string> words, Dictionary<string, long> ids)
    {
        for (var i = 0; i < words.Count; i++)
        {
            yield return Row(person, PersonWord.PairOf(ids[words[i]]));
            for (var j = 0; j < i; j++)
            {
                yield return Row(person, PersonWord.PairOf(ids[words[i]], ids[words[j]]));
            }
        }
    }

    private static PersonWord Row(Person person, long pair) => new() { Pair = pair, BirthYear = person.BirthDate?.Year ?? 0, PersonId = person.Id };

    private static async Task<Dictionary<string, long>> WordIdsAsync(WaymarkDb db, IReadOnlyCollection<string> words, CancellationToken cancellation)
    {
        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var some in words.Chunk(Chunk))
        {
            await ReadAsync(some);
            var missing = some.Where(w => !ids.ContainsKey(w)).ToArray();
            if (missing.Length > 0)
            {
                // Two nodes may meet the same new word at once; whoever is second finds it there. A word whose person is then not saved does no harm.
                var places = string.Join(", ", missing.Select((_, i) => $"({{{i}}})"));
                var insert = FormattableStringFactory.Create($"""INSERT INTO "NameWord" ("Word") VALUES {places} ON CONFLICT ("Word") DO NOTHING""", [.. missing]);
                await db.Database.ExecuteSqlAsync(insert, cancellation);
                await ReadAsync(missing);
            }
        }

        return ids;

        async Task ReadAsync(string[] some)
        {
            foreach (var word in await db.NameWords.AsNoTracking().Where(w => some.Contains(w.Word)).ToListAsync(cancellation))
            {
                ids[word.Word] = word.Id;
            }
        }
    }
}
