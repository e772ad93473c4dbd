using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.People;

/// <summary>
/// Makes two records of one person one. Everything that names the record that goes is moved to the one that stays, and each move is written down, so that
/// <see cref="UnmergePeople"/> can take the two apart again. The row that goes is kept; links and searches for it lead to the one that stays.
/// </summary>
[Scoped]
public sealed class MergePeople(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit, RecordAccess access)
{
    /// <param name="keepId">The record that stays.</param>
    /// <param name="mergeId">The record that goes into it.</param>
    /// <param name="reason">Why they are the same person.</param>
    /// <param name="take">Keys of <see cref="MergeField"/> whose value is taken from the record that goes.</param>
    public async Task<PersonMerge> RunAsync(Guid keepId, Guid mergeId, string? reason, IReadOnlySet<string> take)
    {
        var (kept, merged) = await CheckAsync(keepId, mergeId, reason);
        var merge = new PersonMerge { KeptId = kept.Id, MergedId = merged.Id, Reason = reason!.Trim(), ById = viewer.UserId, MergedOn = clock.Now, MergedDate = clock.Today };
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Add(merge);
        await db.SaveChangesAsync();
        foreach (var column in PersonColumns.Of(db))
        {
            await MoveAsync(merge, column);
        }

        var given = await TakeFieldsAsync(merge, kept, merged, take);
        KeepName(merge, kept, merged, given);
        merged.MergedIntoId = kept.Id;
        audit.Record("merge-people", merge, new { kept = kept.Id, merged = merged.Id }, kept.Id);
        audit.Record("merge-people", merge, new { kept = kept.Id, merged = merged.Id }, merged.Id);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return merge;
    }

    private async Task<(Person Kept, Person Merged)> CheckAsync(Guid keepId, Guid mergeId, string? reason)
    {
        if (!viewer.May(Can.MergePeople))
        {
            throw new RefusedException("You may not merge records. Ask someone who keeps records");
        }

        if (keepId == mergeId)
        {
            throw new RefusedException("These are the same record. Choose another to merge with");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RefusedException("Enter how you know that they are the same person", "Reason");
        }

        var people = await db.People.Where(p => p.Id == keepId || p.Id == mergeId).ToDictionaryAsync(p => p.Id);
        if (people.Count < 2)
        {
            throw new RefusedException("One of the records is not there. Search for it again");
        }

        if (people.Values.FirstOrDefault(p => p.MergedIntoId is not null) is { } gone)
        {
            throw new RefusedException($"Record {gone.Reference} has been merged already. Open it again to see where it is now");
        }

        (await access.SightOfPersonAsync(keepId)).Demand();
        (await access.SightOfPersonAsync(mergeId)).Demand();
        return (people[keepId], people[mergeId]);
    }

    // One insert and one update a table, whatever the number of rows; names come from the model, never from a person.
    private async Task MoveAsync(PersonMerge merge, PersonColumn column)
    {
        var noted = await db.Database.ExecuteSqlAsync(FormattableStringFactory.Create(
            $$"""
            INSERT INTO "PersonMergeMove" ("MergeId", "Kind", "Table", "RowId", "Column")
            SELECT {0}, {1}, {2}, LOWER(CAST("Id" AS TEXT)), {3} FROM "{{column.Table}}" WHERE "{{column.Column}}" = {4}
            """,
            merge.Id, nameof(PersonMergeMoveKind.RowMoved), column.Table, column.Column, merge.MergedId));
        if (noted > 0)
        {
            var version = column.HasVersion ? ", \"Version\" = \"Version\" + 1" : "";
            await db.Database.ExecuteSqlAsync(FormattableStringFactory.Create(
                $$"""UPDATE "{{column.Table}}" SET "{{column.Column}}" = {0}{{version}} WHERE "{{column.Column}}" = {1}""", merge.KeptId, merge.MergedId));
        }
    }

    private async Task<Dictionary<string, string?>> TakeFieldsAsync(PersonMerge merge, Person kept, Person merged, IReadOnlySet<string> take)
    {
        var before = MergeField.All.ToDictionary(f => f.Key, f => f.Get(kept));
        var taken = MergeField.All.Where(f => take.Contains(f.Key) && f.Get(kept) != f.Get(merged)).Select(f => (Field: f, Value: f.Get(merged))).ToList();
        foreach (var (field, value) in taken.Where(t => t.Field.IsUnique && t.Value is not null))
        {
            Change(merge, merged, field, null);
        }

        // A number is given up before it is taken.
        await db.SaveChangesAsync();
        foreach (var (field, value) in taken)
        {
            Change(merge, kept, field, value);
        }

        if (taken.Exists(t => t.Field.Key == nameof(Person.NhsNumber)) && before[nameof(Person.NhsNumber)] is { } replaced)
        {
            Make(merge, new PersonIdentifier { PersonId = kept.Id, Scheme = "nhs-number-set-aside", Value = replaced });
        }

        return before;
    }

    /// <summary>The names that would be lost stay as other names, and find the record.</summary>
    private void KeepName(PersonMerge merge, Person kept, Person merged, Dictionary<string, string?> before)
    {
        (string? Given, string? Family)[] names = [(merged.GivenName, merged.FamilyName), (before[nameof(Person.GivenName)], before[nameof(Person.FamilyName)])];
        foreach (var (given, family) in names.Where(n => Names.SortKey(n.Family ?? "", n.Given ?? "") != kept.SortKey))
        {
            Make(merge, new PersonName { PersonId = kept.Id, GivenName = given ?? "", FamilyName = family ?? "", Kind = PersonNameKind.Alias });
        }
    }

    private void Change(PersonMerge merge, Person person, MergeField field, string? value)
    {
        db.Add(new PersonMergeMove
        {
            MergeId = merge.Id,
            Kind = PersonMergeMoveKind.FieldChanged,
            Table = nameof(Person),
            RowId = person.Id.ToString(),
            Column = field.Key,
            Before = field.Get(person),
            After = value,
        });
        field.Set(person, value);
    }

    private void Make(PersonMerge merge, Entity row)
    {
        db.Add(row);
        db.Add(new PersonMergeMove { MergeId = merge.Id, Kind = PersonMergeMoveKind.RowMade, Table = row.GetType().Name, RowId = row.Id.ToString() });
    }
}
