using System.Globalization;
using Microsoft.EntityFrameworkCore.Metadata;
using NpgsqlTypes;
using SQLitePCL;

namespace Waymark.Kernel.Data;

/// <summary>How a value goes to each engine: as its ordinary driver stores it, which a test compares column by column.</summary>
internal sealed record BulkType<TValue>(NpgsqlDbType Postgres, Action<sqlite3_stmt, int, TValue> Bind);

internal static class BulkTypes
{
    private const int LongestText = 64;

    private static readonly Dictionary<Type, object> All = new()
    {
        [typeof(string)] = new BulkType<string>(NpgsqlDbType.Text, (s, at, v) => raw.sqlite3_bind_text(s, at, v)),
        [typeof(byte[])] = new BulkType<byte[]>(NpgsqlDbType.Bytea, (s, at, v) => raw.sqlite3_bind_blob(s, at, v)),
        [typeof(long)] = new BulkType<long>(NpgsqlDbType.Bigint, (s, at, v) => raw.sqlite3_bind_int64(s, at, v)),
        [typeof(int)] = new BulkType<int>(NpgsqlDbType.Integer, (s, at, v) => raw.sqlite3_bind_int64(s, at, v)),
        [typeof(bool)] = new BulkType<bool>(NpgsqlDbType.Boolean, (s, at, v) => raw.sqlite3_bind_int64(s, at, v ? 1 : 0)),
        [typeof(double)] = new BulkType<double>(NpgsqlDbType.Double, (s, at, v) => raw.sqlite3_bind_double(s, at, v)),
        [typeof(decimal)] = new BulkType<decimal>(NpgsqlDbType.Numeric, (s, at, v) => raw.sqlite3_bind_text(s, at, v.ToString("0.0###########################", CultureInfo.InvariantCulture))),
        [typeof(Guid)] = new BulkType<Guid>(NpgsqlDbType.Uuid, BindGuid),
        [typeof(DateTime)] = new BulkType<DateTime>(NpgsqlDbType.TimestampTz, (s, at, v) => BindFormatted(s, at, v, "yyyy-MM-dd HH:mm:ss.FFFFFFF")),
        [typeof(DateTimeOffset)] = new BulkType<DateTimeOffset>(NpgsqlDbType.TimestampTz, (s, at, v) => BindFormatted(s, at, v, "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz")),
        [typeof(DateOnly)] = new BulkType<DateOnly>(NpgsqlDbType.Date, (s, at, v) => BindFormatted(s, at, v, "yyyy-MM-dd")),
    };

    /// <exception cref="NotSupportedException">No column was of this type until now: add it here, and a sample of it to the tests.</exception>
    public static object Of(Type type, IProperty property) => All.TryGetValue(type, out var found)
        ? found
        : throw new NotSupportedException($"{property.DeclaringType.DisplayName()}.{property.Name} is stored as {type.Name}, which the bulk writer does not know yet.");

    private static void BindGuid(sqlite3_stmt insert, int at, Guid value)
    {
        Span<byte> text = stackalloc byte[36];
        value.TryFormat(text, out _);
        for (var i = 0; i < text.Length; i++)
        {
            // The driver writes capitals.
            text[i] -= text[i] is >= (byte)'a' and <= (byte)'f' ? (byte)32 : (byte)0;
        }

        raw.sqlite3_bind_text(insert, at, text);
    }

    private static void BindFormatted<T>(sqlite3_stmt insert, int at, T value, string format) where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[LongestText];
        value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        raw.sqlite3_bind_text(insert, at, text[..length]);
    }
}
