using System.Reflection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Policy;

public sealed class PolicyPart : WaymarkModule
{
    public override string Name => "Policy";

    public override IEnumerable<string> PolicyDefaults => [EmbeddedText(typeof(PolicyPart).Assembly, "policy-default.json")];

    public override IEnumerable<NavigationEntry> Navigation => [new("Policy", "/admin/policy", Can.EditPolicy, 910)];

    /// <summary>The text of an embedded resource.</summary>
    public static string EmbeddedText(Assembly assembly, string logicalName)
    {
        using var stream = assembly.GetManifestResourceStream(logicalName)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no embedded resource '{logicalName}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
