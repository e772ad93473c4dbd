using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;

namespace Waymark.Safeguarding.Collection;

/// <summary>The national return of safeguarding, and the yearly look at repeat concerns.</summary>
public sealed class CollectionPart : WaymarkModule
{
    public override string Name => "Safeguarding collection";

    public override IEnumerable<NavigationEntry> Navigation =>
    [
        new("Safeguarding Adults Collection", "/safeguarding/collection", Can.OpenMeasureRows, 62),
        new("Repeat concerns", "/safeguarding/repeat-concerns", SafeguardingCan.View, 63),
    ];
}
