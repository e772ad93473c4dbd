using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Safeguarding.Collection;

namespace Waymark.Safeguarding.Measures;

/// <summary>Somebody with a concern in a year and in the one before.</summary>
public sealed record RepeatPerson(Guid PersonId, string Name, string Reference, int Before, int Now);

/// <param name="Sample">Those drawn whom the viewer may see.</param>
public sealed record RepeatSample(int All, int Drawn, IReadOnlyList<RepeatPerson> Sample, int Restricted);

/// <summary>
/// SG-11: who was the subject of a concern in two years running, and a tenth of them drawn at random for an audit. The same year and the same draw give the same people,
/// whoever draws and on whichever engine: they are ordered by a hash of the draw and of their id.
/// </summary>
[Scoped]
public sealed class DrawRepeatConcerns(WaymarkDb db, RecordAccess access, Auditor audit)
{
    public async Task<RepeatSample> RunAsync(CollectionYear year, string draw, CancellationToken cancellation = default)
    {
        var (first, last, from) = (year.First, year.Last, year.First.AddYears(-1));
        var counted = await CountedConcern.Of(db).Where(c => c.PersonId != null && c.Record.RaisedDate >= from && c.Record.RaisedDate <= last)
            .GroupBy(c => c.PersonId!.Value).Select(g => new { PersonId = g.Key, Before = g.Count(c => c.Record.RaisedDate < first), Now = g.Count(c => c.Record.RaisedDate >= first) })
            .Where(p => p.Before > 0 && p.Now > 0).ToListAsync(cancellation);
        var drawn = counted.OrderBy(p => Hash(draw, p.PersonId), StringComparer.Ordinal).Take((counted.Count + 9) / 10).ToList();
        var shown = await access.RowsForAsync(drawn, p => p.PersonId, countEverything: true);
        var ids = shown.Rows.Select(p => p.PersonId).ToList();
        var people = await db.People.AsNoTracking().Where(p => EF.Parameter(ids).Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellation);
        audit.Record("draw-repeat-concerns", "Sample", $"{year.Start}/{draw}", new { all = counted.Count, drawn = drawn.Count });
        await db.SaveChangesAsync(cancellation);
        return new RepeatSample(counted.Count, drawn.Count, [.. shown.Rows.Select(p => new RepeatPerson(p.PersonId, people[p.PersonId].DisplayName, people[p.PersonId].Reference, p.Before, p.Now))], shown.Restricted);
    }

    private static string Hash(string draw, Guid person) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{draw}:{person}")));
}
