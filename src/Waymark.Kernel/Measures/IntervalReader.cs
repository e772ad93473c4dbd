using System.Data.Common;
using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Waymark.Kernel.Measures;

/// <summary>One row as the sweep needs it; day numbers, so that nothing is allocated a row.</summary>
internal struct IntervalRow
{
    public int From;

    /// <summary><see cref="int.MaxValue"/> while it still counts.</summary>
    public int To;
    public int? Since;
    public Guid? Person;
    public long? Value;
    public bool Hit;
    public int? Birth;
    public string? AgeBand;

    /// <summary>The days [from, to) on which the person is of the age asked for; all, when none was.</summary>
    public int OfAgeFrom;
    public int OfAgeTo;
}

/// <summary>
/// Reads only the columns a sweep needs, straight from the data reader of the SQL that EF translated. What EF adds a row (a materialised object; on SQLite a string
/// a date) costs more than the sweep itself.
/// </summary>
internal static class IntervalReader
{
    /// <param name="columns">Names of <see cref="CutRow"/> properties, in any order.</param>
    public static async Task ReadAsync(DbContext db, IQueryable<CutRow> rows, IReadOnlyList<string> columns, Action<IntervalRow> each, CancellationToken cancellation)
    {
        var projected = rows.Select(Projection(columns));
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            await using var command = projected.CreateDbCommand();
            await using (var reader = await command.ExecuteReaderAsync(cancellation))
            {
                // EF leaves out what it can work out itself (a constant) and what it has already (one column twice); order is then not ours to know.
                if (reader.FieldCount == columns.Count)
                {
                    await ReadRawAsync(reader, columns, each, cancellation);
                    return;
                }
            }

            await foreach (var row in projected.AsAsyncEnumerable().WithCancellation(cancellation))
            {
                each(new IntervalRow
                {
                    From = row.From!.Value.DayNumber, To = row.To?.DayNumber ?? int.MaxValue, Since = row.Since?.DayNumber, Person = row.PersonId,
                    Value = row.Value, Hit = row.Hit ?? false, Birth = row.BirthDate?.DayNumber, AgeBand = row.AgeBand,
                });
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task ReadRawAsync(DbDataReader reader, IReadOnlyList<string> columns, Action<IntervalRow> each, CancellationToken cancellation)
    {
        var sqlite = reader as SqliteDataReader;
        while (sqlite is not null ? sqlite.Read() : await reader.ReadAsync(cancellation))
        {
            var row = new IntervalRow { To = int.MaxValue };
            for (var i = 0; i < columns.Count; i++)
            {
                if (reader.IsDBNull(i))
                {
                    continue;
                }

                switch (columns[i])
                {
                    case nameof(CutRow.From): row.From = Day(reader, sqlite, i); break;
                    case nameof(CutRow.To): row.To = Day(reader, sqlite, i); break;
                    case nameof(CutRow.Since): row.Since = Day(reader, sqlite, i); break;
                    case nameof(CutRow.BirthDate): row.Birth = Day(reader, sqlite, i); break;
                    case nameof(CutRow.PersonId): row.Person = reader.GetGuid(i); break;
                    case nameof(CutRow.Value): row.Value = reader.GetInt64(i); break;
                    case nameof(CutRow.Hit): row.Hit = reader.GetBoolean(i); break;
                    default: row.AgeBand = reader.GetString(i); break;
                }
            }

            each(row);
        }
    }

    private static int Day(DbDataReader reader, SqliteDataReader? sqlite, int column)
    {
        if (sqlite is null)
        {
            return reader.GetFieldValue<DateOnly>(column).DayNumber;
        }

        // yyyy-MM-dd, read in place.
        var text = raw.sqlite3_column_blob(sqlite.Handle, column);
        if (text.Length != 10)
        {
            return DateOnly.Parse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture).DayNumber;
        }

        var year = ((text[0] - '0') * 1000) + ((text[1] - '0') * 100) + ((text[2] - '0') * 10) + (text[3] - '0');
        return new DateOnly(year, ((text[5] - '0') * 10) + (text[6] - '0'), ((text[8] - '0') * 10) + (text[9] - '0')).DayNumber;
    }

    private static Expression<Func<CutRow, Projected>> Projection(IReadOnlyList<string> columns)
    {
        var row = Expression.Parameter(typeof(CutRow), "row");
        var bindings = columns.Select(c =>
        {
            var target = typeof(Projected).GetProperty(c)!;
            return (MemberBinding)Expression.Bind(target, Expression.Convert(Expression.Property(row, c), target.PropertyType));
        });
        return Expression.Lambda<Func<CutRow, Projected>>(Expression.MemberInit(Expression.New(typeof(Projected)), bindings), row);
    }

    private sealed class Projected
    {
        public DateOnly? From { get; init; }
        public DateOnly? To { get; init; }
        public DateOnly? Since { get; init; }
        public Guid? PersonId { get; init; }
        public long? Value { get; init; }
        public bool? Hit { get; init; }
        public DateOnly? BirthDate { get; init; }
        public string? AgeBand { get; init; }
    }
}
