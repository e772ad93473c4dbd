using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;

namespace Waymark.Liberty.CommunityDol;

/// <summary>
/// DL-4: a deprivation of liberty in a person's own home, supported living or shared lives. No authorisation of ours can make it lawful; the Court of Protection may
/// (section 16 of the Mental Capacity Act; form COP DOL11). The case team prepares, lawyers lodge, the court orders, and the order is reviewed before it ends.
/// </summary>
public sealed class CommunityDolPathway : Pathway
{
    public const string PathwayKey = "community-dol";
    public const string Identify = "identify";
    public const string Prepare = "prepare";
    public const string Legal = "legal";
    public const string Court = "court";
    public const string Order = "order";

    /// <summary>Promoted date: the day by which the court must have it back before the order ends.</summary>
    public const string OrderEnds = "order-ends";

    public static readonly Duty LegalDuty = new("community-dol-legal", "Court applications on deprivation of liberty");

    public CommunityDolPathway()
        : base(PathwayKey, "Community deprivation of liberty", "CDL")
    {
        Stage(Identify, "Identified", Dols.DolsPathway.Duty)
            .Asks<IdentifyForm>()
            .Exits([To("prepare", "It looks like a deprivation of liberty: prepare an application", Prepare), Close("not-deprived", "No deprivation of liberty", "no-deprivation"), .. Ended()]);
        Stage(Prepare, "Application being prepared", Dols.DolsPathway.Duty)
            .Asks<PrepareForm>()
            .MayGoBackTo(Identify)
            .Exits([To("to-legal", "Complete: to legal", Legal), .. Ended()]);
        Stage(Legal, "With legal", LegalDuty)
            .Asks<LodgeForm>()
            .MayGoBackTo(Prepare)
            .Exits([To("lodged", "Lodged with the Court of Protection", Court), Close("not-lodged", "Not to be lodged", "withdrawn"), .. Ended()]);
        Stage(Court, "Before the court", LegalDuty)
            .Asks<CourtForm>()
            .Exits([To("ordered", "Order made: deprivation authorised", Order), Close("refused", "Court did not authorise it", "refused"), .. Ended()]);
        Stage(Order, "Order in force", Dols.DolsPathway.Duty)
            .Asks<OrderReviewForm>()
            .Exits([To("renew", "Goes back to court before it ends", Prepare), Close("order-ended", "The order has ended and is not needed", "order-ended"), .. Ended()]);
        Clock("order-review", "Back to court before the order ends").From(ClockEvent.Date(OrderEnds)).OnlyFlags();
        Permission = LibertyCan.View;
    }

    private static Exit[] Ended() => [Close("died", "The person has died", Departures.Died), Close("moved", "Moved", Departures.Moved)];
}
