using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.People;

namespace Waymark.Kernel.Retention;

/// <summary>
/// Removes what is held about a person, in one transaction: work, forms, drafts, notes, documents, names, addresses and every module's rows. What stays are stretches of
/// stages and care events without a word, on a person without a name, so that counts of the past still come out; published figures; and the audit.
/// </summary>
[Scoped]
public sealed class DisposeOfRecord(WaymarkDb db, TimeProvider time)
{
    private const string NoName = "Disposed";
    private readonly SortedDictionary<string, int> removed = new(StringComparer.Ordinal);

    /// <summary>Runs in the caller's transaction; the caller deletes the files once that is committed.</summary>
    /// <returns>How many rows went, by table; stored names of the attachments' files.</returns>
    internal async Task<(IReadOnlyDictionary<string, int> Removed, IReadOnlyList<string> Files)> RunAsync(Guid personId)
    {
        var people = await db.People.Where(p => p.Id == personId || p.MergedIntoId == personId).ToListAsync();
        var ids = people.Select(p => p.Id).ToList();
        var episodes = await db.Episodes.Where(e => e.PersonId != null && ids.Contains(e.PersonId.Value)).Select(e => e.Id).ToListAsync();
        var files = await db.Attachments.Where(a => (a.PersonId != null && ids.Contains(a.PersonId.Value)) || (a.EpisodeId != null && episodes.Contains(a.EpisodeId.Value)))
            .Select(a => a.StoredName).ToListAsync();
        foreach (var table in PersonTables.Of(db).Where(t => !PersonTables.Kept.Contains(t.Type.ClrType)))
        {
            foreach (var (columns, of) in new[] { (table.PersonColumns, ids), (table.EpisodeColumns, episodes) })
            {
                foreach (var column in columns)
                {
                    await RemoveAsync(table, column, of);
                }
            }
        }

        await RemoveMergesAsync(ids);
        await ClearKeptAsync(ids);
        Count("Episode", await db.Episodes.Where(e => episodes.Contains(e.Id)).ExecuteDeleteAsync());
        foreach (var person in people)
        {
            Forget(person, Instants.Truncate(time.GetUtcNow().UtcDateTime));
        }

        await db.SaveChangesAsync();
        return (removed, files);
    }

    private async Task RemoveAsync(PersonTable table, string column, List<Guid> of)
    {
        foreach (var chunk in of.Chunk(200))
        {
            var shared = PersonTables.SharedBy(db, table.Type);
            var sharedIds = shared is { } s ? await IdsAsync(table.Name, s.Column, column, chunk) : [];
            if (table.Key is { } key && PersonTables.ChildrenOf(db, table.Type).ToList() is { Count: > 0 } children)
            {
                var rows = await IdsAsync(table.Name, key, column, chunk);
                foreach (var (child, childColumn) in children)
                {
                    await DeleteAsync(child, childColumn, rows);
                }
            }

            await DeleteAsync(table.Type, column, chunk);
            if (shared is { } record)
            {
                // A note on several people stays for the others; with the last of them it goes.
                var left = await IdsAsync(table.Name, record.Column, record.Column, sharedIds);
                await DeleteAsync(record.Type, "Id", [.. sharedIds.Except(left)]);
            }
        }
    }

    private async Task RemoveMergesAsync(List<Guid> people)
    {
        var merges = await db.PersonMerges.Where(m => people.Contains(m.KeptId) || people.Contains(m.MergedId)).Select(m => m.Id).ToListAsync();
        Count("PersonMergeMove", await db.PersonMergeMoves.Where(m => merges.Contains(m.MergeId)).ExecuteDeleteAsync());
        Count("PersonMerge", await db.PersonMerges.Where(m => merges.Contains(m.Id)).ExecuteDeleteAsync());
    }

    /// <summary>Words and submitted columns go from what stays. References of care events stay unique.</summary>
    private async Task ClearKeptAsync(List<Guid> people)
    {
        await db.StageSpans.Where(s => s.PersonId != null && people.Contains(s.PersonId.Value)).ExecuteUpdateAsync(s => s.SetProperty(x => x.PriorityReason, (string?)null));
        await db.CareEvents.Where(c => people.Contains(c.PersonId)).ExecuteUpdateAsync(s => s.SetProperty(x => x.Columns, (string?)null).SetProperty(x => x.Reference, x => "disposed-" + x.Id));
    }

    /// <summary>Sex, year of birth, ethnicity, disability and support reason stay: what national returns hold of people without a name. The ward goes.</summary>
    private static void Forget(Person person, DateTime now)
    {
        (person.GivenName, person.FamilyName, person.SortKey) = (NoName, "record", "");
        person.BirthDate = person.BirthDate is { } born ? new DateOnly(born.Year, 1, 1) : null;
        person.DeathDate = person.DeathDate is { } died ? new DateOnly(died.Year, 12, 31) : null;
        (person.Title, person.PreferredName, person.Pronouns, person.CouncilId, person.NhsNumber) = (null, null, null, null, null);
        (person.Address, person.Postcode, person.PostcodeKey, person.Ward, person.Phone, person.PhoneKey, person.Email) = (null, null, null, null, null, null, null);
        (person.CommunicationNeeds, person.Language) = (null, null);
        person.DisposedOn = now;
    }

    private async Task<List<Guid>> IdsAsync(string table, string wanted, string column, IReadOnlyCollection<Guid> of) => of.Count == 0
        ? []
        : await db.Database.SqlQuery<Guid>(Statement($"SELECT DISTINCT \"{wanted}\" AS \"Value\" FROM \"{table}\" WHERE \"{wanted}\" IS NOT NULL AND \"{column}\" IN", of)).ToListAsync();

    private async Task DeleteAsync(IEntityType type, string column, IReadOnlyCollection<Guid> of)
    {
        foreach (var chunk in of.Chunk(200))
        {
            Count(type.ClrType.Name, await db.Database.ExecuteSqlAsync(Statement($"DELETE FROM \"{type.GetTableName()}\" WHERE \"{column}\" IN", chunk)));
        }
    }

    /// <summary>Names of tables and columns come from the model, never from what was typed.</summary>
    private static FormattableString Statement(string start, IReadOnlyCollection<Guid> ids)
    {
        var places = string.Join(", ", Enumerable.Range(0, ids.Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{{i}}}")));
        return FormattableStringFactory.Create($"{start} ({places})", [.. ids.Cast<object>()]);
    }

    private void Count(string table, int rows)
    {
        if (rows > 0)
        {
            removed[table] = removed.GetValueOrDefault(table) + rows;
        }
    }
}
