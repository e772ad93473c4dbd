using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Organisations;

namespace Waymark.Kernel.Pathways;

public sealed class PathwaysPart : WaymarkModule
{
    public override string Name => "Pathways";

    public override IEnumerable<Pathway> Pathways => [new OpenItemPathway()];

    public override IEnumerable<Duty> Duties => [OpenItemPathway.OpenItems];

    public override IEnumerable<NavigationEntry> Navigation =>
    [
        new("My day", "/my-day", Can.DoWork, 10),
        new("Work list", "/work", Can.ViewWork, 20),
        new("Clocks", "/clocks", Can.ViewWork, 25),
    ];
}
