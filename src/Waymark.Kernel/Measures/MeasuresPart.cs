using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Measures;

public sealed class MeasuresPart : WaymarkModule
{
    public override string Name => "Measures";

    public override IEnumerable<NavigationEntry> Navigation => [new("Measures", "/measures", Can.ViewMeasures, 60), new("Published figures", "/figures", Can.ViewMeasures, 70)];
}
