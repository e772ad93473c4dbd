using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Waymark.Kernel.Data;

/// <summary>
/// What both engines agree on: instants are UTC and whole microseconds; tables are named for their singular entity; <see cref="Entity.Version"/> is the
/// concurrency token; keys of <see cref="Entity"/> are made in code and of <see cref="LeafRow"/> by the database.
/// </summary>
internal static class Conventions
{
    public static void Apply(ModelConfigurationBuilder builder)
    {
        builder.Properties<DateTime>().HaveConversion<UtcMicroseconds>();
        builder.Properties<Enum>().HaveConversion<string>();
    }

    public static void Apply(ModelBuilder builder)
    {
        foreach (var type in builder.Model.GetEntityTypes().ToList())
        {
            if (type.IsOwned())
            {
                continue;
            }

            if (!type.ClrType.Assembly.GetName().Name!.StartsWith("Microsoft.", StringComparison.Ordinal))
            {
                builder.Entity(type.ClrType).ToTable(type.ClrType.Name);
            }

            if (typeof(Entity).IsAssignableFrom(type.ClrType))
            {
                builder.Entity(type.ClrType).Property(nameof(Entity.Id)).ValueGeneratedNever();
                builder.Entity(type.ClrType).Property(nameof(Entity.Version)).IsConcurrencyToken();
            }
        }
    }

    /// <summary>
    /// Text on PostgreSQL compares by bytes, as SQLite's does: one order on both engines, and the start of a key is a range of its index. People see names in
    /// the order of folded sort keys, which need no more.
    /// </summary>
    public static void SortByBytes(ModelBuilder builder)
    {
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(t => t.GetProperties()).Where(p => p.ClrType == typeof(string) || (Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType).IsEnum))
        {
            property.SetCollation("C");
        }
    }

    public static void RaiseVersions(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries<Entity>())
        {
            if (entry.State == EntityState.Modified)
            {
                entry.Entity.Version = entry.Property(e => e.Version).OriginalValue + 1;
            }
        }
    }

    private sealed class UtcMicroseconds() : ValueConverter<DateTime, DateTime>(
        value => Instants.Truncate(value),
        value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
}

/// <summary>Instants as Waymark stores them.</summary>
public static class Instants
{
    /// <summary>The same instant in UTC, cut to whole microseconds (what PostgreSQL keeps). Throws when the kind is not UTC.</summary>
    public static DateTime Truncate(DateTime value) => value.Kind == DateTimeKind.Utc
        ? new DateTime(value.Ticks - (value.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc)
        : throw new ArgumentException($"An instant must be UTC; {value:o} is {value.Kind}.", nameof(value));
}
