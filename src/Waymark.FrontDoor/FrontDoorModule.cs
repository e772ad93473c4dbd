using Waymark.FrontDoor.Contacts;
using Waymark.Kernel.Access;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;

namespace Waymark.FrontDoor;

public sealed class FrontDoorModule : WaymarkModule
{
    /// <summary>Answers the telephone, the mail box and the web form.</summary>
    public static readonly Duty FirstContact = new("first-contact", "First contact");

    /// <summary>Screens what first contact passes on.</summary>
    public static readonly Duty Supervision = new("front-door-supervision", "Front door supervision");

    public override string Name => "Front door";

    public override IEnumerable<Duty> Duties => [FirstContact, Supervision];

    public override IEnumerable<Pathway> Pathways => [new ContactPathway()];

    public override IEnumerable<EpisodeReaction> EpisodeReactions => [ContactReactions.Reaction];

    public override IEnumerable<Permission> Permissions =>
        [new(Can.TakeContacts, "Take contacts and prioritise them"), new(Can.ScreenContacts, "Screen what first contact passes on")];

    public override IEnumerable<Measure> Measures => ContactMeasures.All;

    public override IEnumerable<string> PolicyDefaults => [PolicyPart.EmbeddedText(typeof(FrontDoorModule).Assembly, "policy-front-door.json")];

    public override IEnumerable<NavigationEntry> Navigation => [new("New contact", "/contacts/new", Can.TakeContacts, 10)];
}
