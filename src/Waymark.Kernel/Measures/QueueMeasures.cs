using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Pathways;

namespace Waymark.Kernel.Measures;

/// <summary>
/// The family of measures every queue has, from its spans and with no code of its own: waiting to be allocated, allocated and not finished, both; items and
/// people; longest, mean and median wait. A list, its longest wait and its mean share one rows-query, so they can never disagree (inventory ).
/// </summary>
/// <param name="Key">Starts each measure's key: <c>assessment</c> gives <c>assessment-waiting-items</c>.</param>
/// <param name="Noun">What is waited for, as it reads after "waiting to be allocated for": "a Care Act assessment".</param>
/// <param name="PathwayKey">The pathway.</param>
/// <param name="WaitingStages">Stages in which nobody has been given the work.</param>
/// <param name="WorkingStages">Stages in which somebody has and has not finished.</param>
/// <param name="Kind">The <see cref="Episode.Kind"/>, where one pathway serves several lists.</param>
public sealed record QueueMeasures(string Key, string Noun, string PathwayKey, string[] WaitingStages, string[] WorkingStages, string? Kind = null)
{
    /// <summary>Inventory ids of the list as a whole: <c>AW-1</c>.</summary>
    public string[] Inventory { get; init; } = [];


    public string WaitingItems => $"{Key}-waiting-items";
    public string WaitingPeople => $"{Key}-waiting-people";
    public string LongestWait => $"{Key}-longest-wait";
    public string MeanWait => $"{Key}-mean-wait";
    public string MedianWait => $"{Key}-median-wait";
    public string WorkingItems => $"{Key}-allocated-items";
    public string WorkingPeople => $"{Key}-allocated-people";
    public string OpenItems => $"{Key}-open-items";
    public string OpenPeople => $"{Key}-open-people";

    /// <summary>Spans in the waiting stages; days count from the first day of the visit.</summary>
    public MeasureRows Waiting { get; } = Rows($"{Key}-waiting", PathwayKey, WaitingStages, Kind);
    public MeasureRows Working { get; } = Rows($"{Key}-allocated", PathwayKey, WorkingStages, Kind);
    public MeasureRows Open { get; } = Rows($"{Key}-open", PathwayKey, [.. WaitingStages, .. WorkingStages], Kind);

    public IEnumerable<Measure> All() =>
    [
        Stock(WaitingItems, $"Waiting to be allocated for {Noun}", "items", Waiting, Fold.Count, Inventory, "Items that wait for a worker on the day, whoever they are for."),
        Stock(WaitingPeople, $"People waiting to be allocated for {Noun}", "people", Waiting, Fold.People, Inventory, "Different people with at least one item that waits for a worker on the day."),
        Stock(LongestWait, $"Longest wait to be allocated for {Noun}", "days", Waiting, Fold.Longest, Inventory, "Days from joining the list to the day, of the item on the list that joined first."),
        Stock(MeanWait, $"Mean wait so far to be allocated for {Noun}", "days", Waiting, Fold.Mean, Inventory, "Days from joining the list to the day, mean over the items still waiting."),
        Stock(MedianWait, $"Median wait so far to be allocated for {Noun}", "days", Waiting, Fold.Median, Inventory, "Days from joining the list to the day, median over the items still waiting."),
        Stock(WorkingItems, $"Allocated and not finished: {Noun}", "items", Working, Fold.Count, Inventory, "Items given to a worker and not finished on the day."),
        Stock(WorkingPeople, $"People allocated and not finished: {Noun}", "people", Working, Fold.People, Inventory, "Different people with at least one item given to a worker and not finished on the day."),
        Stock(OpenItems, $"Waiting or not finished: {Noun}", "items", Open, Fold.Count, Inventory, "Items that wait for a worker, and items given to one and not finished, on the day."),
        Stock(OpenPeople, $"People waiting or not finished: {Noun}", "people", Open, Fold.People, Inventory, "Different people with at least one item that waits for a worker or is not finished on the day."),
    ];

    private static Measure Stock(string key, string title, string unit, MeasureRows rows, Fold fold, string[] inventory, string definition) => new()
    {
        Key = key,
        Title = title,
        Unit = unit,
        Rows = rows,
        Fold = fold,
        Definition = definition,
        MoreIsBetter = false,
        Inventory = inventory,
    };

    private static MeasureRows Rows(string key, string pathway, string[] stages, string? kind) => new(key, MeasureKind.Stock, "spans", db =>
    {
        var spans = db.StageSpans.AsNoTracking().Where(s => s.PathwayKey == pathway && stages.Contains(s.StageKey) && s.SupersededOn == null);
        if (kind is not null)
        {
            spans = spans.Where(s => db.Episodes.Any(e => e.Id == s.EpisodeId && e.Kind == kind));
        }

        return spans.Select(s => new MeasureRow
        {
            SubjectId = s.EpisodeId.ToString(),
            EpisodeId = s.EpisodeId,
            PersonId = s.PersonId,
            From = s.FromDate,
            To = s.ToDate,
            Since = s.VisitDate,
            TeamId = s.TeamId,
            WorkerId = s.WorkerId,
            Reason = s.EndReason,
        });
    });
}
