using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.People;

/// <summary>People, notes and attachments: idea 1 of the kernel.</summary>
public sealed class PeoplePart : WaymarkModule
{
    public override string Name => "People";

    public override IEnumerable<string> PolicyDefaults => [PolicyPart.EmbeddedText(typeof(PeoplePart).Assembly, "policy-people.json")];

    public override IEnumerable<NavigationEntry> Navigation => [new("People", "/people", Can.ViewPeople, 30)];
}
