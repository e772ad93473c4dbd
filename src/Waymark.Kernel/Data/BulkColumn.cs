using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Waymark.Kernel.Data;

/// <summary>One column of a bulk load: its value, converted as the model says, for either engine.</summary>
internal abstract class BulkColumn<TRow>(string name)
{
    public string Name => name;

    /// <summary>The value for a parameter, or <see cref="DBNull"/>.</summary>
    public abstract object Value(TRow row);

    public abstract void Copy(TRow row, NpgsqlBinaryImporter copy);

    public static BulkColumn<TRow> For(IProperty property, StoreObjectIdentifier table)
    {
        if (property.PropertyInfo is not { } member)
        {
            throw new NotSupportedException($"{property.DeclaringType.DisplayName()}.{property.Name} has no property of its class; the bulk writer cannot fill it.");
        }

        var mapping = (RelationalTypeMapping)property.GetTypeMapping();
        var row = Expression.Parameter(typeof(TRow), "row");
        var stored = Stored(Expression.Property(row, member), mapping.Converter);
        var bare = Nullable.GetUnderlyingType(stored.Type) ?? stored.Type;
        var kind = (bare.IsValueType ? typeof(ValueColumn<,>) : typeof(ReferenceColumn<,>)).MakeGenericType(typeof(TRow), bare);
        return (BulkColumn<TRow>)Activator.CreateInstance(kind, property.GetColumnName(table), mapping.StoreTypeNameBase, Expression.Lambda(stored, row).Compile())!;
    }

    /// <summary>What is stored of a value: converted, and null where it is null; a <see cref="Nullable{T}"/> if a value type.</summary>
    private static Expression Stored(Expression value, Microsoft.EntityFrameworkCore.Storage.ValueConversion.ValueConverter? converter)
    {
        var some = Nullable.GetUnderlyingType(value.Type) is null ? value : Expression.Property(value, nameof(Nullable<>.Value));
        if (converter is not null)
        {
            some = Expression.Invoke(converter.ConvertToProviderExpression, some.Type == converter.ModelClrType ? some : Expression.Convert(some, converter.ModelClrType));
        }

        var type = some.Type.IsValueType && Nullable.GetUnderlyingType(some.Type) is null ? typeof(Nullable<>).MakeGenericType(some.Type) : some.Type;
        some = some.Type == type ? some : Expression.Convert(some, type);
        return value.Type.IsValueType && Nullable.GetUnderlyingType(value.Type) is null
            ? some
            : Expression.Condition(Expression.Equal(value, Expression.Constant(null, value.Type)), Expression.Constant(null, type), some);
    }
}

internal sealed class ValueColumn<TRow, TValue>(string name, string storeType, Func<TRow, TValue?> get) : BulkColumn<TRow>(name) where TValue : struct
{
    public override object Value(TRow row) => get(row) is { } value ? value : DBNull.Value;

    public override void Copy(TRow row, NpgsqlBinaryImporter copy)
    {
        if (get(row) is { } value)
        {
            copy.Write(value, storeType);
        }
        else
        {
            copy.WriteNull();
        }
    }
}

internal sealed class ReferenceColumn<TRow, TValue>(string name, string storeType, Func<TRow, TValue?> get) : BulkColumn<TRow>(name) where TValue : class
{
    public override object Value(TRow row) => get(row) ?? (object)DBNull.Value;

    public override void Copy(TRow row, NpgsqlBinaryImporter copy)
    {
        if (get(row) is { } value)
        {
            copy.Write(value, storeType);
        }
        else
        {
            copy.WriteNull();
        }
    }
}
