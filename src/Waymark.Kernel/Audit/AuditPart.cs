using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Audit;

public sealed class AuditPart : WaymarkModule
{
    public override string Name => "Audit";

    public override IEnumerable<NavigationEntry> Navigation => [new("Audit", "/admin/audit", Can.ReadAudit, 940)];
}
