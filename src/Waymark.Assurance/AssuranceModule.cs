using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;

namespace Waymark.Assurance;

public sealed class AssuranceModule : WaymarkModule
{
    public override string Name => "Assurance";

    public override IEnumerable<NavigationEntry> Navigation => [new("Check a draft", "/checks", Can.ViewMeasures, 65)];
}
