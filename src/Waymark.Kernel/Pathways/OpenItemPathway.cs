using Waymark.Kernel.Organisations;

namespace Waymark.Kernel.Pathways;

/// <summary>For items of another system whose kind has no pathway of its own: waiting, allocated, ended. The kind stands on <see cref="Episode.Kind"/>.</summary>
public sealed class OpenItemPathway : Pathway
{
    public const string PathwayKey = "open-item";
    public static readonly Duty OpenItems = new("open-items", "Items of work kept in another system");

    public OpenItemPathway() : base(PathwayKey, "Open item", "OI")
    {
        Stage("waiting", "Waiting to be allocated", OpenItems).OnAllocationGoesTo("allocated").Exits([.. Ends()]).MayReopen();
        Stage("allocated", "Allocated", OpenItems)
            .Exits([Close("finished", "Finished", Departures.Assessed), .. Ends()]).MayGoBackTo("waiting").MayReopen();
    }

    private static IEnumerable<Exit> Ends() =>
    [
        Close("signposted", "Signposted", Departures.Signposted),
        Close("declined", "Declined by the person", Departures.Declined),
        Close("died", "The person died", Departures.Died),
        Close("moved", "The person moved away", Departures.Moved),
        Close("duplicate", "Duplicate", Departures.Duplicate),
    ];
}
