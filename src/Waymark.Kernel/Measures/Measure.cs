using Waymark.Kernel.Data;

namespace Waymark.Kernel.Measures;

public enum MeasureKind
{
    /// <summary>Rows are intervals; as-at a day is a filter.</summary>
    Stock,

    /// <summary>Rows carry one date, <see cref="MeasureRow.From"/>; a period is a filter.</summary>
    Flow,
}

/// <summary>How rows become a value. <see cref="PerHit"/> is of rows of two kinds: those that are no hit for each that is, such as concerns for each enquiry.</summary>
public enum Fold { Count, People, Percent, Mean, Median, Longest, Sum, RatePer100000, PerHit }

/// <summary>
/// One row of a measure. An init-record, never positional, so that every query names its columns.
/// Days are differences of <see cref="DateOnly"/>.
/// </summary>
public sealed record MeasureRow
{
    /// <summary>What is counted: the id of an episode, a person, a care event.</summary>
    public required string SubjectId { get; init; }
    public Guid? EpisodeId { get; init; }
    public Guid? PersonId { get; init; }

    /// <summary>First day it counts; for a flow, the day it happened.</summary>
    public required DateOnly From { get; init; }

    /// <summary>First day it no longer counts; null while it still does. Null for a flow.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The day the wait is counted from, for folds over days waited.</summary>
    public DateOnly? Since { get; init; }
    public Guid? TeamId { get; init; }
    public Guid? WorkerId { get; init; }

    /// <summary>A number carried by the row (days, hours, units) for <see cref="Fold.Sum"/> and flow means; null when the fold does not need one.</summary>
    public long? Value { get; init; }

    /// <summary>For <see cref="Fold.Percent"/> without a fact: whether the row is in the numerator; for <see cref="Fold.PerHit"/>: whether it is of the kind that is divided by.</summary>
    public bool? Hit { get; init; }

    /// <summary>A departure reason, channel, outcome: cut by it with <c>reason</c>.</summary>
    public string? Reason { get; init; }
}

/// <summary>A named query that several measures share, so that a list, its longest wait and its mean can never disagree.</summary>
/// <param name="Source">What it reads: <c>spans</c> or <c>care-events</c>; shown on the measure's page.</param>
/// <param name="Query">Composable and translatable on both engines; no client evaluation.</param>
public sealed record MeasureRows(string Key, MeasureKind Kind, string Source, Func<WaymarkDb, IQueryable<MeasureRow>> Query);

/// <summary>A definition in the catalogue: rows and a fold. Idea 5 of the kernel.</summary>
public sealed record Measure
{
    public required string Key { get; init; }
    public required string Title { get; init; }

    /// <summary>What one of the value is: <c>people</c>, <c>items</c>, <c>days</c>, <c>%</c>.</summary>
    public required string Unit { get; init; }
    public required MeasureRows Rows { get; init; }
    public required Fold Fold { get; init; }

    /// <summary>The definition in plain words: name, start event, stop event, what counts.</summary>
    public required string Definition { get; init; }

    /// <summary>Raised when the definition changes; a published figure keeps its own.</summary>
    public int DefinitionVersion { get; init; } = 1;

    /// <summary>For <see cref="Fold.Percent"/>: the key of a <see cref="PersonFact"/> that puts a row in the numerator.</summary>
    public string? FactKey { get; init; }

    /// <summary>Permission to see the value at all, for a restricted measure; null is <see cref="Access.Can.ViewMeasures"/>.</summary>
    public string? Permission { get; init; }

    /// <summary>The title as residents read it, where the council's own words would not be understood: "People waiting to be given a worker".</summary>
    public string? PublicTitle { get; init; }

    /// <summary>In public under five is shown as 0 and the rest to the nearest five (national rule for safeguarding).</summary>
    public bool RoundsInPublic { get; init; }

    /// <summary>True when more is better, false when less is, null when neither.</summary>
    public bool? MoreIsBetter { get; init; }

    /// <summary>Inventory ids: <c>AW-1</c>, <c>F-03</c>.</summary>
    public string[] Inventory { get; init; } = [];

    /// <summary>For a flow: the months of its usual period.</summary>
    public int PeriodMonths { get; init; } = 12;

    /// <summary>For <see cref="Fold.RatePer100000"/>: which <see cref="PopulationEstimate"/> it divides by.</summary>
    public string? PopulationKey { get; init; }

    /// <summary>Decimal places at display; null is none for counts and longest, one for the rest.</summary>
    public int? Decimals { get; init; }

    public int Places => Decimals ?? (Fold is Fold.Percent or Fold.Mean or Fold.Median or Fold.RatePer100000 or Fold.PerHit ? 1 : 0);

    /// <summary>First day of the usual period that ends with <paramref name="asAt"/>; null for a stock. Twelve months to 31 July start on 1 August.</summary>
    public DateOnly? PeriodFrom(DateOnly asAt) => Rows.Kind == MeasureKind.Flow ? asAt.AddDays(1).AddMonths(-PeriodMonths) : null;

    /// <summary>The fold counts, so that arrivals less departures is the change.</summary>
    public bool Counts => Fold is Fold.Count or Fold.People;
}

/// <summary>A fact about people over time that any measure or list joins by key: <c>has-support-plan</c>.</summary>
public sealed record PersonFact(string Key, string Title, Func<WaymarkDb, IQueryable<PersonFactRow>> Query);

/// <summary>The fact holds for the person from <see cref="From"/> until the day before <see cref="To"/>.</summary>
public sealed record PersonFactRow
{
    public required Guid PersonId { get; init; }
    public required DateOnly From { get; init; }
    public DateOnly? To { get; init; }
}
