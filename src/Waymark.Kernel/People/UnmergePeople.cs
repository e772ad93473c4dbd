using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.People;

/// <summary>
/// Takes two records apart that were wrongly made one. What the merge moved goes back; what was written since stays or goes as the worker says row by row.
/// A field that someone has changed since stays as they left it.
/// </summary>
[Scoped]
public sealed class UnmergePeople(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit, RecordAccess access)
{
    /// <param name="toMerged">Ids from <see cref="SinceMerge"/> of what belongs to the person whose record comes back; the rest stays.</param>
    public async Task RunAsync(Guid mergeId, string? reason, IReadOnlySet<Guid> toMerged)
    {
        var (merge, kept, merged) = await CheckAsync(mergeId, reason);
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var column in PersonColumns.Of(db))
        {
            await MoveBackAsync(merge, column);
        }

        await AssignAsync(merge, toMerged);
        await FollowEpisodesAsync(merge);
        var moves = await db.PersonMergeMoves.Where(m => m.MergeId == merge.Id && m.Kind != PersonMergeMoveKind.RowMoved).ToListAsync();
        await UnmakeAsync(moves);
        merged.MergedIntoId = null;
        var left = await ChangeBackAsync(moves, kept, merged);
        (merge.UndoneOn, merge.UndoneById, merge.UndoneReason) = (clock.Now, viewer.UserId, reason!.Trim());
        audit.Record("unmerge-people", merge, new { kept = kept.Id, merged = merged.Id, assigned = toMerged, left }, kept.Id);
        audit.Record("unmerge-people", merge, new { kept = kept.Id, merged = merged.Id, assigned = toMerged, left }, merged.Id);
        await db.SaveChangesAsync();
        await NameIndex.RebuildAsync(db, [kept.Id, merged.Id]);
        await transaction.CommitAsync();
    }

    private async Task<(PersonMerge Merge, Person Kept, Person Merged)> CheckAsync(Guid mergeId, string? reason)
    {
        if (!viewer.May(Can.MergePeople))
        {
            throw new RefusedException("You may not take merged records apart. Ask someone who keeps records");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RefusedException("Enter how you know that they are two people", "Reason");
        }

        var merge = await db.PersonMerges.FirstOrDefaultAsync(m => m.Id == mergeId) ?? throw new RefusedException("There is no such merge");
        if (merge.UndoneOn is not null)
        {
            throw new RefusedException("These records have been taken apart already");
        }

        var people = await db.People.Where(p => p.Id == merge.KeptId || p.Id == merge.MergedId).ToDictionaryAsync(p => p.Id);
        var (kept, merged) = (people[merge.KeptId], people[merge.MergedId]);
        if (kept.MergedIntoId is not null)
        {
            throw new RefusedException($"Record {kept.Reference} was itself merged later. Take that merge apart first");
        }

        (await access.SightOfPersonAsync(kept.Id)).Demand();
        return (merge, kept, merged);
    }

    private Task<int> MoveBackAsync(PersonMerge merge, PersonColumn column) => db.Database.ExecuteSqlAsync(FormattableStringFactory.Create(
        $$"""
        UPDATE "{{column.Table}}" SET "{{column.Column}}" = {0}{{Raise(column)}} WHERE "{{column.Column}}" = {1} AND LOWER(CAST("Id" AS TEXT)) IN
            (SELECT m."RowId" FROM "PersonMergeMove" m WHERE m."MergeId" = {2} AND m."Kind" = {3} AND m."Table" = {4} AND m."Column" = {5})
        """,
        merge.MergedId, merge.KeptId, merge.Id, nameof(PersonMergeMoveKind.RowMoved), column.Table, column.Column));

    private async Task AssignAsync(PersonMerge merge, IReadOnlySet<Guid> ids)
    {
        foreach (var subject in await db.NoteSubjects.Where(s => ids.Contains(s.Id) && s.PersonId == merge.KeptId).ToListAsync())
        {
            subject.PersonId = merge.MergedId;
        }

        foreach (var file in await db.Attachments.Where(a => ids.Contains(a.Id) && a.PersonId == merge.KeptId).ToListAsync())
        {
            file.PersonId = merge.MergedId;
        }

        foreach (var episode in await db.Episodes.Where(e => ids.Contains(e.Id) && e.PersonId == merge.KeptId).ToListAsync())
        {
            episode.PersonId = merge.MergedId;
        }

        await db.SaveChangesAsync();
    }

    /// <summary>What was written since on an episode that goes back (spans, care events, parties) goes with it.</summary>
    private async Task FollowEpisodesAsync(PersonMerge merge)
    {
        foreach (var column in PersonColumns.Of(db).Where(c => c.EpisodeColumn is not null))
        {
            await db.Database.ExecuteSqlAsync(FormattableStringFactory.Create(
                $$"""
                UPDATE "{{column.Table}}" SET "{{column.Column}}" = {0}{{Raise(column)}} WHERE "{{column.Column}}" = {1} AND "{{column.EpisodeColumn}}" IN
                    (SELECT e."Id" FROM "Episode" e WHERE e."PersonId" = {0})
                """,
                merge.MergedId, merge.KeptId));
        }
    }

    private async Task UnmakeAsync(List<PersonMergeMove> moves)
    {
        var made = moves.Where(m => m.Kind == PersonMergeMoveKind.RowMade).Select(m => Guid.Parse(m.RowId)).ToList();
        db.RemoveRange(await db.PersonNames.Where(n => made.Contains(n.Id)).ToListAsync());
        db.RemoveRange(await db.PersonIdentifiers.Where(i => made.Contains(i.Id)).ToListAsync());
    }

    /// <returns>Keys of fields left as someone changed them since.</returns>
    private async Task<IReadOnlyList<string>> ChangeBackAsync(List<PersonMergeMove> moves, Person kept, Person merged)
    {
        var left = new List<string>();
        var changes = moves.Where(m => m.Kind == PersonMergeMoveKind.FieldChanged).ToList();

        // The record that stays gives a number back before the other takes it.
        foreach (var person in new[] { kept, merged })
        {
            foreach (var move in changes.Where(m => Guid.Parse(m.RowId) == person.Id))
            {
                var field = MergeField.All.Single(f => f.Key == move.Column);
                if (field.Get(person) == move.After)
                {
                    field.Set(person, move.Before);
                }
                else
                {
                    left.Add(field.Key);
                }
            }

            await db.SaveChangesAsync();
        }

        return left;
    }

    private static string Raise(PersonColumn column) => column.HasVersion ? ", \"Version\" = \"Version\" + 1" : "";
}
