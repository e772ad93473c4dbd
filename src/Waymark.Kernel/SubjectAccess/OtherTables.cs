using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Waymark.Kernel.Access;
using Waymark.Kernel.Attachments;
using Waymark.Kernel.Audit;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Notes;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Kernel.Retention;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.SubjectAccess;

/// <summary>Tables that a module brought and that name the person or work of theirs, told column by column, so that no module is forgotten.</summary>
[Scoped]
public sealed class OtherTables(WaymarkDb db)
{
    /// <summary>Told elsewhere in the bundle.</summary>
    private static readonly Type[] Told =
    [
        typeof(PersonName), typeof(PersonIdentifier), typeof(PersonAddress), typeof(PersonRelationship), typeof(PersonAlert), typeof(EpisodeParty), typeof(StageSpan), typeof(FormRevision), typeof(Draft),
        typeof(NoteSubject), typeof(Attachment), typeof(CareEvent),
    ];

    /// <summary>How the house works, who looked and who may, and copies of what is told elsewhere. <c>docs/decisions/0013-law-of-records.md</c> says why.</summary>
    private static readonly Type[] NotGiven =
    [
        typeof(AuditEntry), typeof(ViewLogEntry), typeof(PersonWord), typeof(Restriction), typeof(BreakGlass), typeof(DeclaredInterest), typeof(LegalHold), typeof(Disposal), typeof(SubjectAccessAnswer),
        typeof(EpisodeLink), typeof(EpisodeClock), typeof(EpisodeTask), typeof(BulkClosureItem), typeof(NoteDraft),
    ];

    public async Task<IReadOnlyList<SubjectSection>> ReadAsync(Guid personId, IReadOnlySet<Guid> seen)
    {
        var sections = new List<SubjectSection>();
        foreach (var table in PersonTables.Of(db).Where(t => !Told.Contains(t.Type.ClrType) && !NotGiven.Contains(t.Type.ClrType)))
        {
            var rows = await RowsAsync(table, personId, seen);
            List<SubjectEntry> entries = [.. rows.SelectMany(r => Entries(table.Type, r))];
            if (PersonTables.SharedBy(db, table.Type) is { } shared)
            {
                var ids = rows.Select(r => table.Type.FindProperty(shared.Column)!.PropertyInfo!.GetValue(r)).OfType<Guid>().Distinct().ToList();
                entries.AddRange((await ReadAsync(shared.Type, "Id", ids)).SelectMany(r => Entries(shared.Type, r)));
            }

            sections.Add(new(Choices.Humanise(table.Type.ClrType.Name), entries));
        }

        return sections;
    }

    /// <summary>Rows of the person; those on work that the viewer may not see are left out.</summary>
    private async Task<List<object>> RowsAsync(PersonTable table, Guid personId, IReadOnlySet<Guid> seen)
    {
        var found = new List<object>();
        foreach (var property in table.PersonColumns)
        {
            found.AddRange(await ReadAsync(table.Type, property, [personId]));
        }

        foreach (var property in table.EpisodeColumns)
        {
            found.AddRange(await ReadAsync(table.Type, property, [.. seen]));
        }

        bool IsSeen(object row) => table.EpisodeColumns.All(c => table.Type.FindProperty(c)!.PropertyInfo!.GetValue(row) is not Guid episode || seen.Contains(episode));
        return [.. found.DistinctBy(r => KeyOf(table.Type, r)).Where(IsSeen)];
    }

    private static IEnumerable<SubjectEntry> Entries(IEntityType type, object row)
    {
        var (title, key) = (Choices.Humanise(type.ClrType.Name), $"{type.ClrType.Name}:{KeyOf(type, row)}");
        var told = type.GetProperties().Where(p => p.PropertyInfo is not null && !p.IsPrimaryKey() && p.Name != nameof(Entity.Version) && !p.Name.EndsWith("Id", StringComparison.Ordinal))
            .Select(p => (p.PropertyInfo!, Value: Text(p.PropertyInfo!.GetValue(row)))).Where(p => p.Value.Length > 0).ToLookup(p => p.Item1.IsDefined(typeof(ThirdPartyAttribute)), p => new SubjectField(Choices.Humanise(p.Item1.Name), p.Value));
        if (told[false].Any())
        {
            yield return new SubjectEntry { Key = key, Title = title, Fields = [.. told[false]] };
        }

        if (told[true].Any())
        {
            yield return new SubjectEntry { Key = $"{key}:others", Title = $"{title}: someone else", Fields = [.. told[true]], Withheld = "Names or comes from someone else" };
        }
    }

    private static string KeyOf(IEntityType type, object row) => string.Join('/', type.FindPrimaryKey()!.Properties.Select(p => Convert.ToString(p.PropertyInfo!.GetValue(row), CultureInfo.InvariantCulture)));

    private static string Text(object? value) => value switch
    {
        null or false => "",
        true => "Yes",
        DateOnly day => Format.Date(day),
        DateTime instant => Format.DateTime(instant),
        Enum choice => Choices.Humanise(choice.ToString()),
        Guid => "",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private async Task<List<object>> ReadAsync(IEntityType type, string property, List<Guid> ids) => ids.Count == 0
        ? []
        : await (Task<List<object>>)typeof(OtherTables).GetMethod(nameof(RowsOfAsync), BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(type.ClrType).Invoke(this, [property, ids])!;

    private async Task<List<object>> RowsOfAsync<T>(string property, List<Guid> ids) where T : class =>
        [.. await db.Set<T>().AsNoTracking().Where(r => ids.Contains(EF.Property<Guid?>(r, property)!.Value)).ToListAsync()];
}
