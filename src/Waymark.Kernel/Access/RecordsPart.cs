using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.Access;

/// <summary>Restrictions, break-glass, declared interests, the log of views.</summary>
public sealed class RecordsPart : WaymarkModule
{
    public override string Name => "Records";

    public override IEnumerable<string> PolicyDefaults => [PolicyPart.EmbeddedText(typeof(RecordsPart).Assembly, "policy-access.json")];

    public override IEnumerable<NavigationEntry> Navigation =>
    [
        new("Break-glass", "/admin/break-glass", Can.JudgeBreakGlass, 930),
        new("Declared interests", "/admin/declared-interests", Can.RestrictRecords, 935),
    ];

    public override void ConfigureServices(IServiceCollection services) => services.AddHostedService<ViewLogWriter>();
}
