using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Waymark.Kernel.Data;

namespace Waymark.Tests.Kernel.Data;

/// <summary>A row of every table with a value in every column, hard ones where there are any. All keys of one type are the same, so that every reference holds.</summary>
internal static class SampleRows
{
    public const string Text = "Zoë O’Brien 🙂 مرحبا בית 李\r\n\t'\"\\%_";
    public static readonly Guid Key = new("0198f0aa-bbcc-7ddd-8eee-ff0011223344");

    public static IEnumerable<IEntityType> Types(WaymarkDb db) => InOrderOfReference([.. db.Model.GetEntityTypes().Where(t => !t.IsOwned() && t.GetTableName() is not null)]);

    public static object Make(WaymarkDb db, IEntityType type)
    {
        var row = RuntimeHelpers.GetUninitializedObject(type.ClrType);
        var entry = db.Entry(row);
        foreach (var property in type.GetProperties())
        {
            entry.Property(property).CurrentValue = Value(property);
        }

        return row;
    }

    /// <summary>The key of the sample row of a table.</summary>
    public static IEnumerable<object> KeyOf(IEntityType type) => type.FindPrimaryKey()!.Properties.Select(Value);

    private static object Value(IProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        object value = type switch
        {
            { IsEnum: true } => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!,
            _ when type == typeof(string) => Text,
            _ when type == typeof(Guid) => Key,
            _ when type == typeof(DateTime) => new DateTime(2024, 3, 31, 1, 30, 59, DateTimeKind.Utc).AddTicks(9_999_999),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2024, 3, 31, 1, 30, 59, TimeSpan.Zero),
            _ when type == typeof(DateOnly) => new DateOnly(1904, 2, 29),
            _ when type == typeof(TimeOnly) => new TimeOnly(23, 59, 59),
            _ when type == typeof(long) => long.MaxValue - 7,
            _ when type == typeof(int) => int.MaxValue - 7,
            _ when type == typeof(decimal) => 79228162514264.3375m,
            _ when type == typeof(double) => 0.1 + 0.2,
            _ when type == typeof(bool) => true,
            _ when type == typeof(byte[]) => new byte[] { 0, 255, 39, 10 },
            _ => throw new NotSupportedException($"{property.DeclaringType.DisplayName()}.{property.Name} is a {type.Name}: give the test a value of that type."),
        };
        return value is string text && property.GetMaxLength() is { } longest && text.Length > longest ? text[..longest] : value;
    }

    private static List<IEntityType> InOrderOfReference(List<IEntityType> types)
    {
        var ordered = new List<IEntityType>();
        while (types.Count > 0)
        {
            var next = types.First(t => t.GetForeignKeys().All(k => k.PrincipalEntityType == t || ordered.Contains(k.PrincipalEntityType)));
            types.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }
}
