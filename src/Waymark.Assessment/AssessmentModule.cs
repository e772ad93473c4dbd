using Waymark.Kernel.Modules;

namespace Waymark.Assessment;

public sealed class AssessmentModule : WaymarkModule
{
    public override string Name => "Assessment";
}
