using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;
using Waymark.Liberty.Capacity;
using Waymark.Liberty.CommunityDol;
using Waymark.Liberty.Dols;
using Waymark.Liberty.Dols.Assessments;
using Waymark.Liberty.Dols.Requests;
using Waymark.Liberty.Dols.Reviews;

namespace Waymark.Liberty;

public sealed class LibertyModule : WaymarkModule
{
    /// <summary>Applications not decided: its measures are <c>dols-waiting-items</c>, <c>dols-longest-wait</c> and so on (DL-3).</summary>
    public static readonly QueueMeasures Waiting = new("dols", "a deprivation of liberty assessment", DolsPathway.PathwayKey, [DolsPathway.Check, DolsPathway.Allocate], [DolsPathway.Assess, DolsPathway.Sign]) { Inventory = ["DL-1"] };

    public override string Name => "Liberty";

    public override IEnumerable<Duty> Duties => [DolsPathway.Duty, CommunityDolPathway.LegalDuty];

    public override IEnumerable<Pathway> Pathways => [new DolsPathway(), new DolsReviewPathway(), new CommunityDolPathway()];

    public override IEnumerable<EpisodeReaction> EpisodeReactions => [DolsReactions.Reaction, DolsReviewReactions.Reaction];

    public override IEnumerable<FormReaction> FormReactions =>
    [
        new(RequestForm.Key, (services, form, revision) => services.GetRequiredService<ReceiveRequest>().RunAsync((RequestForm)form, revision)),
        .. CapacityReactions.All,
        .. AssessmentKind.All.Select(k => new FormReaction(k.FormKey, (services, form, revision) => services.GetRequiredService<RecordAssessment>().RunAsync((AssessmentForm)form, revision))),
    ];

    public override IEnumerable<QueueMeasures> Queues => [Waiting];

    public override IEnumerable<Measure> Measures => DolsMeasures.All;

    public override IEnumerable<Permission> Permissions =>
    [
        new(LibertyCan.View, "See deprivation of liberty requests", Roles.SocialWorker, Roles.TeamManager, Roles.SafeguardingLead, Roles.DolsTeam, Roles.DolsSignatory, Roles.RecordsOfficer),
        new(LibertyCan.Work, "Work on deprivation of liberty requests", Roles.DolsTeam),
        new(LibertyCan.Sign, "Sign deprivation of liberty decisions", Roles.DolsSignatory),
        new(LibertyCan.Request, "Ask for a deprivation of liberty authorisation", Roles.ManagingAuthority, Roles.DolsTeam),
        new(LibertyCan.Return, "Take the national return on deprivation of liberty", Roles.DolsTeam, Roles.PerformanceLead),
    ];

    public override IEnumerable<string> PolicyDefaults => [PolicyPart.EmbeddedText(typeof(LibertyModule).Assembly, "policy-liberty.json")];

    public override IEnumerable<NavigationEntry> Navigation => [new("DoLS requests", "/dols/requests", LibertyCan.Request, 45), new("Deprivation of liberty", "/dols", LibertyCan.Work, 47)];

    public override IEnumerable<Panel> EpisodePanels =>
    [
        new("Deprivation of liberty", typeof(DolsPanel), LibertyCan.View, DolsPathway.PathwayKey, 10),
        new("What is a deprivation of liberty today?", typeof(TestPanel), LibertyCan.View, CommunityDolPathway.PathwayKey, 10),
        new("Capacity and best interests", typeof(EpisodeCapacityPanel), Can.ViewWork, Order: 80),
    ];

    public override IEnumerable<Panel> PersonPanels => [new("Capacity and liberty", typeof(PersonLibertyPanel), Can.DoWork, Order: 50)];
}
