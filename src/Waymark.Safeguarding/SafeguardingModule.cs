using Waymark.Kernel.Access;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;
using Waymark.Safeguarding.Panels;

namespace Waymark.Safeguarding;

public sealed class SafeguardingModule : WaymarkModule
{
    /// <summary>Looks at every concern within hours of its receipt: must something be done at once?</summary>
    public static readonly Duty Screening = new("safeguarding-screen", "Emergency screening of safeguarding concerns");
    public static readonly Duty Triage = new("safeguarding-triage", "Triage of safeguarding concerns");

    /// <summary>Enquires where no other team knows the person, and into organisations.</summary>
    public static readonly Duty Enquiries = new("safeguarding-enquiry", "Safeguarding enquiries");

    private static readonly string[] Casework = [Roles.FrontDoorAdviser, Roles.FrontDoorSupervisor, Roles.SocialWorker, Roles.TeamManager, Roles.SafeguardingLead];

    public override string Name => "Safeguarding";

    public override IEnumerable<Duty> Duties => [Screening, Triage, Enquiries];

    public override IEnumerable<Pathway> Pathways => [new ConcernPathway(), new EnquiryPathway()];

    public override IEnumerable<EpisodeReaction> EpisodeReactions => [ConcernReactions.Reaction, EnquiryReactions.Reaction];

    public override IEnumerable<FormReaction> FormReactions => [TakenConcern.Reaction];

    public override IEnumerable<Permission> Permissions =>
    [
        new(SafeguardingCan.View, "See every safeguarding concern and enquiry", Roles.SafeguardingLead),
        new(SafeguardingCan.Raise, "Take a safeguarding concern", Casework),
        new(SafeguardingCan.Screen, "Screen safeguarding concerns for emergencies", Casework),
        new(SafeguardingCan.Triage, "Triage safeguarding concerns", Roles.SocialWorker, Roles.TeamManager, Roles.SafeguardingLead),
        new(SafeguardingCan.Enquire, "Make safeguarding enquiries", Roles.SocialWorker, Roles.TeamManager, Roles.SafeguardingLead),
        new(SafeguardingCan.Approve, "Approve safeguarding enquiries", Roles.TeamManager, Roles.SafeguardingLead),
    ];

    /// <summary>The list of those enquiries that wait for a worker, with its family of measures.</summary>
    public override IEnumerable<QueueMeasures> Queues =>
        [new("safeguarding-enquiry", "a safeguarding enquiry", EnquiryPathway.PathwayKey, [EnquiryPathway.Allocate], [EnquiryPathway.Enquire, EnquiryPathway.Closing]) { Inventory = ["SG-4", "SG-8"] }];

    public override IEnumerable<string> PolicyDefaults => [PolicyPart.EmbeddedText(typeof(SafeguardingModule).Assembly, "policy-safeguarding.json")];

    public override IEnumerable<NavigationEntry> Navigation =>
    [
        new("Raise a concern", "/safeguarding/concerns/new", SafeguardingCan.Raise, 12),
        new("Aged-case meeting", "/safeguarding/aged-cases", SafeguardingCan.Enquire, 26),
        new("Feedback to agencies", "/safeguarding/agencies", SafeguardingCan.View, 27),
    ];

    public override IEnumerable<Panel> EpisodePanels =>
    [
        new("Concern", typeof(ConcernPanelViewComponent), Can.ViewWork, ConcernPathway.PathwayKey, 10),
        new("Enquiry", typeof(EnquiryPanelViewComponent), Can.ViewWork, EnquiryPathway.PathwayKey, 10),
    ];

    public override IEnumerable<Panel> PersonPanels => [new("Safeguarding", typeof(SafeguardingPersonPanelViewComponent), Can.ViewPeople, Order: 5)];
}
