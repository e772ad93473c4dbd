using System.Reflection;
using Waymark.Assessment;
using Waymark.Assurance;
using Waymark.Demo;
using Waymark.FrontDoor;
using Waymark.Kernel.Data;
using Waymark.Liberty;
using Waymark.Returns;
using Waymark.Safeguarding;

namespace Waymark.Host.Hosting;

/// <summary>The assemblies of the house, in the order in which their contributions are listed.</summary>
public static class House
{
    public static IReadOnlyList<Assembly> Assemblies { get; } =
    [
        typeof(WaymarkDb).Assembly,
        typeof(FrontDoorModule).Assembly,
        typeof(AssessmentModule).Assembly,
        typeof(SafeguardingModule).Assembly,
        typeof(LibertyModule).Assembly,
        typeof(ReturnsModule).Assembly,
        typeof(AssuranceModule).Assembly,
        typeof(DemoModule).Assembly,
        typeof(House).Assembly,
    ];
}
