using Waymark.Kernel.Access;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;
using Waymark.Returns.OpenItems;

namespace Waymark.Returns;

public sealed class ReturnsModule : WaymarkModule
{
    public override string Name => "Returns";

    public override IEnumerable<NavigationEntry> Navigation => [new("Weekly pack", "/pack", Can.ViewMeasures, 60), new("Load an extract", "/imports/open-items", Can.Import, 920)];

    public override IEnumerable<string> PolicyDefaults => [PolicyPart.EmbeddedText(typeof(ReturnsModule).Assembly, "policy-open-items.json")];

    /// <summary>Kinds of open item that have no pathway of their own yet; the others' lists come from the module that owns the pathway.</summary>
    public override IEnumerable<QueueMeasures> Queues => OpenItemKinds.Table.All.Where(k => k.PathwayKey == OpenItemKinds.GenericPathway).Select(k => k.Queue);
}
