using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.Retention;

public sealed class RetentionPart : WaymarkModule
{
    public override string Name => "Retention";

    public override IEnumerable<string> PolicyDefaults => [PolicyPart.EmbeddedText(typeof(RetentionPart).Assembly, "policy-retention.json")];

    public override IEnumerable<NavigationEntry> Navigation => [new("Retention", "/admin/retention", Can.DisposeRecords, 960)];
}
