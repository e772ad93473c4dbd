using Waymark.Kernel.Calendar;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>The words of a row: what stands in the data as a key, as a reader should see it.</summary>
public sealed class WorkWords(Catalogue catalogue, IReadOnlyList<PolicyItem> priorities, IReadOnlyList<PolicyItem> risks, DateOnly day)
{
    public string Pathway(string key) => catalogue.Pathways.GetValueOrDefault(key)?.Title ?? key;

    /// <summary>The pathway, or for an open item its kind.</summary>
    public string What(WorkRow row) => row is { PathwayKey: OpenItemPathway.PathwayKey, Kind: { } kind } ? Sentence(kind) : Pathway(row.PathwayKey);

    public string Stage(WorkRow row) => catalogue.Pathways.GetValueOrDefault(row.PathwayKey)?.Stages.FirstOrDefault(s => s.Key == row.StageKey)?.Title ?? row.StageKey;

    /// <summary>An extract's own words stand as they are.</summary>
    public string Priority(string? key) => key is null ? "" : priorities.FirstOrDefault(p => p.Key == key)?.Title ?? key;

    public string Risk(string? key) => key is null ? "" : risks.FirstOrDefault(r => r.Key == key)?.Title ?? Sentence(key);

    public string? RiskColour(string? key) => risks.FirstOrDefault(r => r.Key == key)?["colour"] ?? "grey";

    public string Waited(DateOnly since) => Format.Days(since, day);

    public string Due(DateOnly due) => Format.Due(due, day, WorkingCalendar.WorkingDaysBetween(day, due));

    public bool IsPast(DateOnly? due) => due < day;

    private static string Sentence(string key) => key.Length == 0 ? key : string.Concat(key[..1].ToUpperInvariant(), key.Replace('-', ' ').AsSpan(1));
}
