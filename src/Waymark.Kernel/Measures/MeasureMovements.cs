using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;

namespace Waymark.Kernel.Measures;

/// <summary>Arrivals and departures by reason beside a stock: a stock falls for reasons.</summary>
[Scoped]
public sealed class MeasureMovements(WaymarkDb db)
{
    /// <summary>Key of a departure whose row gave no reason.</summary>
    public const string NoReason = "reason-not-recorded";

    /// <summary>
    /// What came and went after <paramref name="from"/> and up to <paramref name="to"/>. Rows of one subject that touch are one stay, so that a change of team or
    /// stage within the measure is neither; of a measure of people, all that a person has is one stay.
    /// </summary>
    public async Task<Movements> BetweenAsync(Measure measure, DateOnly from, DateOnly to, IReadOnlyList<CutValue>? cuts = null, CancellationToken cancellation = default)
    {
        if (measure.Rows.Kind != MeasureKind.Stock || !measure.Counts)
        {
            throw new ArgumentException($"The measure '{measure.Key}' is not a stock that counts.", nameof(measure));
        }

        var rows = CompleteRows.Of(measure.Rows, db).Where(r => r.From <= to && (r.To == null || r.To >= from));
        var joined = rows.With(db.People, (cuts ?? []).Any(c => Cut.At(c.Cut).OfPerson));
        var filtered = (cuts ?? []).Aggregate(joined, (q, cut) => q.Where(cut, to));
        var read = await filtered.Select(r => new { r.SubjectId, r.PersonId, r.From, r.To, r.Reason }).ToListAsync(cancellation);
        var isCut = cuts is { Count: > 0 };
        var stays = measure.Fold == Fold.People
            ? read.Where(r => r.PersonId != null).GroupBy(r => r.PersonId!.Value, r => new Stay(r.From, r.To, r.Reason)).SelectMany(Union)
            : read.GroupBy(r => r.SubjectId, r => new Stay(r.From, r.To, r.Reason), StringComparer.Ordinal).SelectMany(Chain);
        return Count([.. stays], from, to, isCut);
    }

    private static Movements Count(List<Stay> stays, DateOnly from, DateOnly to, bool isCut)
    {
        bool On(Stay stay, DateOnly day) => stay.From <= day && (stay.To is null || stay.To > day);
        var departed = stays.Where(s => s.To > from && s.To <= to)
            .GroupBy(s => s.Reason ?? (isCut ? Departures.Transferred : NoReason))
            .Select(g => new Departed(g.Key, g.Key == NoReason ? "Reason not recorded" : Departures.Title(g.Key), g.Count()))
            .OrderByDescending(d => d.Count).ThenBy(d => d.Title, StringComparer.Ordinal);
        return new Movements(from, to, stays.Count(s => On(s, from)), stays.Count(s => s.From > from && s.From <= to), [.. departed], stays.Count(s => On(s, to)));
    }

    /// <summary>Joins rows end to start, one to one, so that as many stays stand on any day as rows do.</summary>
    private static IEnumerable<Stay> Chain(IEnumerable<Stay> rows)
    {
        var stays = new List<Stay>();
        foreach (var row in rows.OrderBy(r => r.From).ThenBy(r => r.To ?? DateOnly.MaxValue))
        {
            var before = stays.FindIndex(s => s.To == row.From);
            if (before < 0)
            {
                stays.Add(row);
            }
            else
            {
                stays[before] = row with { From = stays[before].From };
            }
        }

        return stays;
    }

    /// <summary>Joins rows that touch or overlap; the reason is that of the row that ends last.</summary>
    private static IEnumerable<Stay> Union(IEnumerable<Stay> rows)
    {
        var stays = new List<Stay>();
        foreach (var row in rows.OrderBy(r => r.From).ThenBy(r => r.To ?? DateOnly.MaxValue))
        {
            if (stays.Count > 0 && stays[^1] is var last && (last.To is null || last.To >= row.From))
            {
                stays[^1] = last.To is not null && (row.To is null || row.To >= last.To) ? row with { From = last.From } : last;
            }
            else
            {
                stays.Add(row);
            }
        }

        return stays;
    }

    private sealed record Stay(DateOnly From, DateOnly? To, string? Reason);
}
