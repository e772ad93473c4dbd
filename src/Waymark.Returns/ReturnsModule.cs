using Waymark.Kernel.Modules;

namespace Waymark.Returns;

public sealed class ReturnsModule : WaymarkModule
{
    public override string Name => "Returns";
}
