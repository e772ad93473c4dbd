using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Kernel.SubjectAccess;

namespace Waymark.Kernel.Retention;

/// <summary>A table that holds something of people, and by which columns.</summary>
/// <param name="PersonColumns">Columns that name a person whose record the row is part of.</param>
/// <param name="EpisodeColumns">Columns that name an episode.</param>
public sealed record PersonTable(IEntityType Type, IReadOnlyList<string> PersonColumns, IReadOnlyList<string> EpisodeColumns)
{
    public string Name => Type.GetTableName()!;
    public string? Key => Type.FindPrimaryKey()!.Properties is [var one] ? one.GetColumnName() : null;
}

/// <summary>
/// Every table that holds something of a person, read from the model, so that a module's tables are handed out on subject access and removed at disposal without a line
/// of code: a <c>Guid</c> property whose name ends in <c>PersonId</c> or <c>EpisodeId</c>; rows of <c>X</c> found by an <c>XId</c>; and an <c>X</c> whose people are rows of
/// <c>XSubject</c>.
/// </summary>
public static class PersonTables
{
    /// <summary>What stays at disposal: rows that hold ids and codes and no words once <see cref="DisposeOfRecord"/> has cleared them, and the accounts of what was done.</summary>
    public static IReadOnlyList<Type> Kept { get; } = [typeof(StageSpan), typeof(CareEvent), typeof(ReportedFact), typeof(AuditEntry), typeof(ViewLogEntry), typeof(Disposal), typeof(LegalHold), typeof(SubjectAccessAnswer)];

    public static IReadOnlyList<PersonTable> Of(WaymarkDb db) =>
    [
        .. db.Model.GetEntityTypes().Where(t => !t.IsOwned() && t.ClrType != typeof(Episode) && t.ClrType != typeof(Person))
            .Select(t => new PersonTable(t, Columns(t, "PersonId"), Columns(t, "EpisodeId"))).Where(t => t.PersonColumns.Count + t.EpisodeColumns.Count > 0)
            .OrderBy(t => t.Name, StringComparer.Ordinal),
    ];

    /// <summary>Tables whose rows belong to rows of the given one: <c>DraftAnswer</c> by <c>DraftId</c>.</summary>
    public static IEnumerable<(IEntityType Type, string Column)> ChildrenOf(WaymarkDb db, IEntityType parent) =>
        from type in db.Model.GetEntityTypes()
        where !type.IsOwned() && type != parent && !Kept.Contains(type.ClrType)
        let property = type.FindProperty($"{parent.ClrType.Name}Id")
        where property is not null && IsGuid(property)
        select (type, property.GetColumnName());

    /// <summary>The record whose people are rows of the given table: <c>Note</c> of <c>NoteSubject</c>; <c>null</c> when it is no such table.</summary>
    public static (IEntityType Type, string Column)? SharedBy(WaymarkDb db, IEntityType subject)
    {
        const string suffix = "Subject";
        var name = subject.ClrType.Name;
        if (!name.EndsWith(suffix, StringComparison.Ordinal) || subject.FindProperty($"{name[..^suffix.Length]}Id") is not { } property)
        {
            return null;
        }

        return db.Model.GetEntityTypes().FirstOrDefault(t => t.ClrType.Name == name[..^suffix.Length]) is { } type ? (type, property.GetColumnName()) : null;
    }

    /// <summary>A part in someone else's work is part of that person's record: it is theirs by its episode only.</summary>
    private static IReadOnlyList<string> Columns(IEntityType type, string ending) => type.ClrType == typeof(EpisodeParty) && ending == "PersonId"
        ? []
        : [.. type.GetProperties().Where(p => p.Name.EndsWith(ending, StringComparison.Ordinal) && IsGuid(p)).Select(p => p.GetColumnName())];

    private static bool IsGuid(IProperty property) => (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(Guid);
}
