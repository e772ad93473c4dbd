using Waymark.Kernel.Modules;

namespace Waymark.Demo;

public sealed class DemoModule : WaymarkModule
{
    public override string Name => "Demo";
}
