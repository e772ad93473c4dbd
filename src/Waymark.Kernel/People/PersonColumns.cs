using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.People;

/// <summary>A column that names a person, in a table of the house.</summary>
/// <param name="EpisodeColumn">The same row's episode, where it has one.</param>
/// <param name="HasVersion">The row guards against lost updates, so a move raises its version.</param>
public sealed record PersonColumn(string Table, string Column, string? EpisodeColumn, bool HasVersion);

/// <summary>
/// Every column that names a person, read from the model, so that a module's tables are merged without a line of code: a <c>Guid</c> property whose name
/// ends in <c>PersonId</c>.
/// </summary>
public static class PersonColumns
{
    /// <summary>What stays with the record it was about: who viewed or did what, as it was then. And what is made anew.</summary>
    private static readonly Type[] Stay = [typeof(AuditEntry), typeof(ViewLogEntry), typeof(PersonWord)];

    public static IReadOnlyList<PersonColumn> Of(WaymarkDb db) =>
    [
        .. db.Model.GetEntityTypes().Where(t => !t.IsOwned() && !Stay.Contains(t.ClrType))
            .SelectMany(t => t.GetProperties().Where(NamesPerson).Select(p => new PersonColumn(
                t.GetTableName()!, p.GetColumnName(), t.FindProperty("EpisodeId")?.GetColumnName(), typeof(Entity).IsAssignableFrom(t.ClrType))))
            .OrderBy(c => c.Table, StringComparer.Ordinal).ThenBy(c => c.Column, StringComparer.Ordinal),
    ];

    private static bool NamesPerson(IProperty property) =>
        property.Name.EndsWith("PersonId", StringComparison.Ordinal) && (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(Guid);
}
