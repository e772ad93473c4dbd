using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Waymark.Kernel.Access;

namespace Waymark.Kernel.Audit;

/// <summary>
/// The audit, its seals and the log of views are added to, never changed. The context refuses, and for audit and seals so does the database itself (triggers), whoever
/// asks; who may drop the triggers can still tamper, which the seals then show.
/// </summary>
public static class AppendOnly
{
    private static readonly string[] Tables = [nameof(AuditEntry), nameof(AuditSeal)];

    /// <exception cref="InvalidOperationException">The unit of work changes or deletes such a row.</exception>
    internal static void Guard(ChangeTracker tracker)
    {
        // Changes were detected a moment ago, by whoever calls this.
        var detects = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        var changed = tracker.Entries().FirstOrDefault(e => e.State is EntityState.Modified or EntityState.Deleted && e.Entity is AuditEntry or AuditSeal or ViewLogEntry);
        tracker.AutoDetectChangesEnabled = detects;
        if (changed is not null)
        {
            throw new InvalidOperationException($"{changed.Metadata.ClrType.Name} is append-only: rows are added, never changed or deleted.");
        }
    }

    /// <summary>Statements of the first migration that make the database refuse.</summary>
    public static IEnumerable<string> Triggers(bool isPostgres) => isPostgres ? Postgres() : Tables.SelectMany(Sqlite);

    private static IEnumerable<string> Sqlite(string table) => new[] { "UPDATE", "DELETE" }.Select(act =>
        $"""CREATE TRIGGER "{table}_no_{act.ToLowerInvariant()}" BEFORE {act} ON "{table}" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""");

    private static IEnumerable<string> Postgres()
    {
        yield return "CREATE FUNCTION waymark_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$";
        foreach (var table in Tables)
        {
            yield return $"""CREATE TRIGGER "{table}_no_change" BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION waymark_append_only()""";
            yield return $"""CREATE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION waymark_append_only()""";
        }
    }
}
