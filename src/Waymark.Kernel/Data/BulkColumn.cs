using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;
using SQLitePCL;

namespace Waymark.Kernel.Data;

/// <summary>One column of a bulk load: its value, converted as the model says, handed to either engine without boxing.</summary>
internal abstract class BulkColumn<TRow>(string name)
{
    public string Name => name;

    /// <param name="at">The parameter's number, from 1.</param>
    public abstract void Bind(TRow row, sqlite3_stmt insert, int at);

    public abstract void Copy(TRow row, NpgsqlBinaryImporter copy);

    public static BulkColumn<TRow> For(IProperty property, StoreObjectIdentifier table)
    {
        if (property.PropertyInfo is not { } member)
        {
            throw new NotSupportedException($"{property.DeclaringType.DisplayName()}.{property.Name} has no property of its class; the bulk writer cannot fill it.");
        }

        var row = Expression.Parameter(typeof(TRow), "row");
        var stored = Stored(Expression.Property(row, member), ((RelationalTypeMapping)property.GetTypeMapping()).Converter);
        var bare = Nullable.GetUnderlyingType(stored.Type) ?? stored.Type;
        var kind = (bare.IsValueType ? typeof(ValueColumn<,>) : typeof(ReferenceColumn<,>)).MakeGenericType(typeof(TRow), bare);
        return (BulkColumn<TRow>)Activator.CreateInstance(kind, property.GetColumnName(table), Expression.Lambda(stored, row).Compile(), BulkTypes.Of(bare, property))!;
    }

    /// <summary>What is stored of a value: converted, and null where it is null; a <see cref="Nullable{T}"/> if a value type.</summary>
    private static Expression Stored(Expression value, ValueConverter? converter)
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

internal sealed class ValueColumn<TRow, TValue>(string name, Func<TRow, TValue?> get, BulkType<TValue> type) : BulkColumn<TRow>(name) where TValue : struct
{
    public override void Bind(TRow row, sqlite3_stmt insert, int at)
    {
        if (get(row) is { } value)
        {
            type.Bind(insert, at, value);
        }
        else
        {
            raw.sqlite3_bind_null(insert, at);
        }
    }

    public override void Copy(TRow row, NpgsqlBinaryImporter copy)
    {
        if (get(row) is { } value)
        {
            copy.Write(value, type.Postgres);
        }
        else
        {
            copy.WriteNull();
        }
    }
}

internal sealed class ReferenceColumn<TRow, TValue>(string name, Func<TRow, TValue?> get, BulkType<TValue> type) : BulkColumn<TRow>(name) where TValue : class
{
    public override void Bind(TRow row, sqlite3_stmt insert, int at)
    {
        if (get(row) is { } value)
        {
            type.Bind(insert, at, value);
        }
        else
        {
            raw.sqlite3_bind_null(insert, at);
        }
    }

    public override void Copy(TRow row, NpgsqlBinaryImporter copy)
    {
        if (get(row) is { } value)
        {
            copy.Write(value, type.Postgres);
        }
        else
        {
            copy.WriteNull();
        }
    }
}
