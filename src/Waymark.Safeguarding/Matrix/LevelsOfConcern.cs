using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;

namespace Waymark.Safeguarding.Matrix;

/// <summary>
/// SG-14: the safeguarding board's guidance on levels of concern, as the council's policy has it on a day. It guides whoever raises a concern and is stored with its version;
/// it never stops a concern and decides nothing.
/// </summary>
/// <param name="Levels">Key, title and advice, the lowest first.</param>
public sealed record LevelsOfConcern(string Version, IReadOnlyList<PolicyItem> Levels, IReadOnlyList<ConcernIndicator> Indicators)
{
    /// <summary>The highest level among the indicators chosen; null when none was. Pure.</summary>
    public PolicyItem? Suggests(IEnumerable<string> chosen)
    {
        var keys = chosen.ToHashSet(StringComparer.Ordinal);
        var levels = Indicators.Where(i => keys.Contains(i.Key)).Select(i => i.Level).ToHashSet(StringComparer.Ordinal);
        return Levels.LastOrDefault(l => levels.Contains(l.Key));
    }
}

/// <param name="Type">What it is about: "Medicines", "Falls", "Money".</param>
public sealed record ConcernIndicator(string Key, string Type, string Level, string Text);

/// <summary>Reads the guidance that holds on a day.</summary>
[Scoped]
public sealed class ConcernLevels(CouncilPolicy policy)
{
    public const string Table = "safeguarding.levels-of-concern";
    public const string List = "safeguarding.levels";

    public LevelsOfConcern On(DateOnly day)
    {
        var table = policy.TableAt(Table, day);
        return new LevelsOfConcern(table.Version, policy.ListAt(List, day), [.. table.Rows.Select(r => new ConcernIndicator(r["key"], r["about"], r["level"], r["indicator"]))]);
    }
}
