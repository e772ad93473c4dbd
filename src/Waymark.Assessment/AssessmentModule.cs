using Waymark.Assessment.CareActAssessment;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;

namespace Waymark.Assessment;

public sealed class AssessmentModule : WaymarkModule
{
    /// <summary>The list of AW-1 to AW-3: its measures are <c>assessment-waiting-items</c>, <c>assessment-longest-wait</c> and so on.</summary>
    public static readonly QueueMeasures Waiting = new("assessment", "a Care Act assessment", CareActAssessmentPathway.PathwayKey, ["allocate"], ["assess"]) { Inventory = ["AW-1", "AW-2", "F-03", "F-04"] };

    public override string Name => "Assessment";

    public override IEnumerable<Duty> Duties => [CareActAssessmentPathway.Duty];

    public override IEnumerable<Pathway> Pathways => [new CareActAssessmentPathway()];

    public override IEnumerable<QueueMeasures> Queues => [Waiting];
}
