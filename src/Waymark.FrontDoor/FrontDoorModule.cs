using Waymark.Kernel.Modules;

namespace Waymark.FrontDoor;

public sealed class FrontDoorModule : WaymarkModule
{
    public override string Name => "FrontDoor";
}
