using Waymark.Kernel.Modules;

namespace Waymark.Assurance;

public sealed class AssuranceModule : WaymarkModule
{
    public override string Name => "Assurance";
}
