using System.Globalization;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;

namespace Waymark.Liberty.Dols.Requests;

/// <param name="Weight">Added to the score when ticked.</param>
public sealed record Criterion(string Key, int Weight, string Words);

/// <summary>The table of criteria as the council's policy has it on a day, and what it makes of some of them. Pure.</summary>
public sealed record CriteriaTable(string Version, IReadOnlyList<Criterion> Criteria, int RedFrom, int AmberFrom)
{
    public (string Rag, int Score, IReadOnlyList<Criterion> Ticked) Judge(IReadOnlyCollection<string> keys)
    {
        List<Criterion> ticked = [.. Criteria.Where(c => keys.Contains(c.Key))];
        var score = ticked.Sum(c => c.Weight);
        return (score >= RedFrom ? "red" : score >= AmberFrom ? "amber" : "green", score, ticked);
    }

    /// <summary>The priority of the work list that a colour stands for.</summary>
    public static string PriorityOf(string rag) => rag switch { "red" => "high", "amber" => "medium", _ => "low" };
}

/// <summary>Reads the criteria that hold on a day.</summary>
[Scoped]
public sealed class CriteriaTables(CouncilPolicy policy)
{
    public CriteriaTable On(DateOnly day)
    {
        var table = policy.TableAt("dols.criteria", day);
        return new CriteriaTable(table.Version, [.. table.Rows.Select(r => new Criterion(r["key"].Trim(), int.Parse(r["weight"], CultureInfo.InvariantCulture), r["words"]))],
            (int)policy.NumberAt("dols.red-from", day), (int)policy.NumberAt("dols.amber-from", day));
    }
}

/// <summary>Sets the priority of an application from the criteria that hold. Indicative only: each case is judged on its facts, so a reason may put it higher or lower.</summary>
[Scoped]
public sealed class Prioritise(WaymarkDb db, CareClock clock, Viewer viewer, CriteriaTables tables, EpisodeDesk desk, SpanWriter spans, Auditor audit)
{
    public async Task RunAsync(SeenEpisode seen, IReadOnlyCollection<string> keys)
    {
        var taken = await desk.TakeAsync(seen.Id, seen.Version, LibertyCan.Work);
        if (keys.Count == 0)
        {
            throw new RefusedException("Tick what holds; where nothing of concern does, one of the last lines says so.", "Criteria");
        }

        var table = tables.On(clock.Today);
        var (rag, score, ticked) = table.Judge(keys);
        var words = string.Join("; ", ticked.Select(c => c.Words));
        db.Add(new DolsPriority
        {
            EpisodeId = taken.Episode.Id,
            Criteria = string.Join(',', ticked.Select(c => c.Key)),
            Words = words,
            Score = score,
            Rag = rag,
            TableVersion = table.Version,
            ById = viewer.UserId,
            SetOn = clock.Now,
        });
        var first = ticked.MaxBy(c => c.Weight)!;
        (taken.Episode.Priority, taken.Episode.PriorityReason) = (CriteriaTable.PriorityOf(rag), ticked.Count == 1 ? $"{rag}: {first.Words}" : $"{rag}: {first.Words}, and {ticked.Count - 1} more");
        spans.Continue(taken.Episode, taken.Open, clock.Now);
        audit.Record("prioritise-dols", taken.Episode, new { rag, score, table.Version }, taken.Episode.PersonId);
        await desk.SaveAsync(taken.Episode);
    }
}
