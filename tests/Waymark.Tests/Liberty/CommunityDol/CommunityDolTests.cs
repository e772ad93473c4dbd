using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Pathways;
using Waymark.Liberty;
using Waymark.Liberty.CommunityDol;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Liberty.CommunityDol;

/// <summary>DL-4: the court route.</summary>
public sealed class CommunityDolTests
{
    private static readonly DateOnly Today = new(2024, 7, 31);

    [Fact]
    public void DL_4_Stages_AreTheCourtRoute() =>
        new CommunityDolPathway().Stages.Select(s => s.Title).ShouldBe(["Identified", "Application being prepared", "With legal", "Before the court", "Order in force"]);

    [Theory, BothEngines]
    public async Task DL_4_FromIdentifiedToOrder_AndBackToCourtBeforeItEnds(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var ana = await site.WorkerAsync("Ana Lee", Can.DoWork, Can.ViewWork, LibertyCan.View);
        var episode = await site.OpensAsync(new NewEpisode { PathwayKey = CommunityDolPathway.PathwayKey, PersonId = (await site.SomeoneAsync()).Id });
        await site.FillsInAsync(ana, episode.Id, new IdentifyForm
        {
            Setting = Setting.SupportedLiving, StateRole = "Commissioned by the council", Situation = "Staff with him day and night", Restrictions = "A keypad on the door", Wishes = "Likes his flat, tries the door", Result = IdentifyResult.Prepare, Reasons = "Constant supervision",
        });
        var half = await site.FillsInAsync(ana, episode.Id, new PrepareForm { Parts = [ApplicationPart.Capacity, ApplicationPart.CarePlan], IsContested = false });
        half.Errors.ShouldHaveSingleItem().Message.ShouldContain("Rule 1.2 representative");
        await site.FillsInAsync(ana, episode.Id, new PrepareForm { Parts = [.. Enum.GetValues<ApplicationPart>()], IsContested = false });
        await site.FillsInAsync(ana, episode.Id, new LodgeForm { IsLodged = true, LodgedDate = Today, CourtNumber = "13000001" });
        await site.FillsInAsync(ana, episode.Id, new CourtForm { IsAuthorised = true, OrderDate = Today, UntilDate = new DateOnly(2025, 7, 30), Terms = "As asked" });

        (await site.EpisodeAsync(episode.Id)).StageKey.ShouldBe(CommunityDolPathway.Order);
        (await site.ClocksAsync(episode.Id))["order-review"].StartedOn.ShouldBe(new DateTime(2025, 7, 29, 23, 0, 0, DateTimeKind.Utc));
        await site.FillsInAsync(ana, episode.Id, new OrderReviewForm { Result = OrderReview.Renew, Reasons = "Still deprived" });
        (await site.EpisodeAsync(episode.Id)).StageKey.ShouldBe(CommunityDolPathway.Prepare);
        (await site.InDbAsync(db => db.StageSpans.CountAsync(s => s.EpisodeId == episode.Id))).ShouldBe(6);
    }

    [Fact]
    public async Task DL_4_NotDeprived_ClosesAsAFindingOfItsOwn()
    {
        await using var site = await TestSite.StartAsync();
        var ana = await site.WorkerAsync("Ana Lee", Can.DoWork, Can.ViewWork, LibertyCan.View);
        var episode = await site.OpensAsync(new NewEpisode { PathwayKey = CommunityDolPathway.PathwayKey, PersonId = (await site.SomeoneAsync()).Id });

        await site.FillsInAsync(ana, episode.Id, new IdentifyForm { Setting = Setting.OwnHome, StateRole = "A direct payment", Situation = "Comes and goes", Restrictions = "None", Wishes = "Content", Result = IdentifyResult.NotDeprived, Reasons = "Free to leave" });

        (await site.EpisodeAsync(episode.Id)).Departure.ShouldBe("no-deprivation");
    }
}
