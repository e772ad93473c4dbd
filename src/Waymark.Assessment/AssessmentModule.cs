using Waymark.Assessment.CareActAssessment;
using Waymark.Assessment.Panels;
using Waymark.Assessment.SupportPlans;
using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;

namespace Waymark.Assessment;

public sealed class AssessmentModule : WaymarkModule
{
    /// <summary>The list of AW-1 and AW-2: its measures are <c>assessment-waiting-items</c>, <c>assessment-longest-wait</c> and so on.</summary>
    public static readonly QueueMeasures Waiting =
        new("assessment", "a Care Act assessment", CareActAssessmentPathway.PathwayKey, [CareActAssessmentPathway.Allocate], [CareActAssessmentPathway.Assess]) { Inventory = ["AW-1", "AW-2", "F-03", "F-04"] };

    public override string Name => "Assessment";

    public override IEnumerable<Duty> Duties => [CareActAssessmentPathway.Duty];

    public override IEnumerable<Pathway> Pathways => [new CareActAssessmentPathway()];

    public override IEnumerable<EpisodeReaction> EpisodeReactions => [AssessmentReactions.Reaction];

    public override IEnumerable<FormReaction> FormReactions => SupportPlanRecords.Reactions;

    public override IEnumerable<QueueMeasures> Queues => [Waiting];

    public override IEnumerable<Measure> Measures => AssessmentMeasures.All;

    public override IEnumerable<PersonFact> Facts => SupportPlanRecords.Facts;

    public override IEnumerable<Panel> PersonPanels => [new("Assessment and plans", typeof(AssessmentPanelViewComponent), Can.ViewWork, Order: 20)];
}
