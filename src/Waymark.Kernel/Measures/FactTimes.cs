using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Measures;

/// <summary>When a fact held, person by person: stretches of day numbers, joined and in order.</summary>
internal sealed class FactTimes
{
    private readonly Dictionary<Guid, List<(int From, int To)>> times = [];

    /// <summary>Reads the stretches that touch the days from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public static async Task<FactTimes> ReadAsync(WaymarkDb db, PersonFact fact, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var found = new FactTimes();
        var rows = fact.Query(db).Where(f => f.From <= to && (f.To == null || f.To > from)).Select(f => new { f.PersonId, f.From, f.To });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            found.Add(row.PersonId, row.From.DayNumber, row.To?.DayNumber ?? int.MaxValue);
        }

        foreach (var list in found.times.Values)
        {
            Join(list);
        }

        return found;
    }

    public bool Holds(Guid? person, int day)
    {
        if (person is { } id && times.TryGetValue(id, out var list))
        {
            foreach (var (from, to) in list)
            {
                if (from <= day && day < to)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The parts of [from, to) during which it held.</summary>
    public IEnumerable<(int From, int To)> Within(Guid? person, int from, int to)
    {
        if (person is { } id && times.TryGetValue(id, out var list))
        {
            foreach (var (start, end) in list)
            {
                if (Math.Max(start, from) < Math.Min(end, to))
                {
                    yield return (Math.Max(start, from), Math.Min(end, to));
                }
            }
        }
    }

    private void Add(Guid person, int from, int to)
    {
        if (!times.TryGetValue(person, out var list))
        {
            times[person] = list = [];
        }

        list.Add((from, to));
    }

    private static void Join(List<(int From, int To)> list)
    {
        list.Sort();
        var last = 0;
        for (var i = 1; i < list.Count; i++)
        {
            if (list[i].From <= list[last].To)
            {
                list[last] = (list[last].From, Math.Max(list[last].To, list[i].To));
            }
            else
            {
                list[++last] = list[i];
            }
        }

        if (list.Count > last + 1)
        {
            list.RemoveRange(last + 1, list.Count - last - 1);
        }
    }
}
