using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Data;

/// <summary>Gives out human references. A number given out is never given again; one whose act fails stays unused.</summary>
[Scoped]
public sealed class References(WaymarkDb db)
{
    /// <summary>The next of a prefix and year: <c>SGC-2024-004213</c>.</summary>
    public async Task<string> NextAsync(string prefix, int year) => $"{prefix}-{year}-{await TakeAsync(prefix, year):000000}";

    /// <summary>The next of a prefix that does not start again each year: <c>P-000123</c>.</summary>
    public async Task<string> NextAsync(string prefix) => $"{prefix}-{await TakeAsync(prefix, 0):000000}";

    /// <summary>The next <paramref name="count"/> of a prefix and year, in order, for a load; one statement.</summary>
    public async Task<IReadOnlyList<string>> NextAsync(string prefix, int year, int count)
    {
        var last = await TakeAsync(prefix, year, count);
        return [.. Enumerable.Range(last - count + 1, count).Select(n => $"{prefix}-{year}-{n:000000}")];
    }

    // One statement on either engine, so that two nodes never take the same number.
    private async Task<int> TakeAsync(string prefix, int year, int count = 1) => (await db.Database.SqlQuery<int>($"""
        INSERT INTO "ReferenceCounter" ("Prefix", "Year", "Last") VALUES ({prefix}, {year}, {count})
        ON CONFLICT ("Prefix", "Year") DO UPDATE SET "Last" = "ReferenceCounter"."Last" + {count}
        RETURNING "Last" AS "Value"
        """).ToListAsync())[0];
}
