using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;

namespace Waymark.Safeguarding.Measures;

/// <summary>What safeguarding is measured by. The list of enquiries that wait for a worker brings its own family (<see cref="SafeguardingModule.Queues"/>).</summary>
public sealed class SafeguardingMeasuresPart : WaymarkModule
{
    public override string Name => "Safeguarding measures";

    public override IEnumerable<Measure> Measures => [.. ConcernMeasures.All, .. EnquiryMeasures.All, .. PersonalMeasures.All];

    /// <summary>A measure of safeguarding: in public under five is 0 and the rest to the nearest five.</summary>
    internal static Measure Of(string key, string title, string unit, MeasureRows rows, Fold fold, string definition, params string[] inventory) => new()
    {
        Key = key,
        Title = title,
        Unit = unit,
        Rows = rows,
        Fold = fold,
        Definition = definition,
        Inventory = inventory,
        RoundsInPublic = true,
    };
}
