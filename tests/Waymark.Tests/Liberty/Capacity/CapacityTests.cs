using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Assessment.CareActAssessment;
using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;
using Waymark.Liberty.Capacity;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Liberty.Capacity;

/// <summary>DL-5: decision-specific, the five principles prompted, from any pathway, in lists.</summary>
public sealed class CapacityTests
{
    private static readonly DateOnly Today = new(2024, 7, 31);

    private static readonly CapacityForm Lacks = new()
    {
        DecisionToMake = "Whether to move to Meadow View", When = "By September", Doubt = "She forgets the fire last week", Principles = [.. Enum.GetValues<Principle>()], Help = "Photographs of both homes",
        Understand = Functional.Can, Retain = Functional.Cannot, Weigh = Functional.Cannot, Communicate = Functional.Can, Evidence = "Asked three times in ten minutes", HasImpairment = true, Because = "Dementia takes the memory of the fire",
        LacksCapacity = true, AssessedDate = Today,
    };

    private static readonly BestInterestsForm Decision = new()
    {
        DecisionToMake = "whether to move to meadow view", DecisionMaker = "The social worker", Authority = "None", MayRegain = "No", TookPart = "Visited the home", Wishes = "Her garden", Consulted = "Her son", NeedsAdvocate = false,
        Options = [new Option { Text = "Stay with more care", For = "Her garden", Against = "Nights" }, new Option { Text = "Move", For = "Safe at night", Against = "She loses the garden" }],
        Decided = "Stay with night care for three months", Reasons = "What she wants, and safe enough", Disagreement = "Nobody", DecidedDate = Today,
    };

    [Theory, BothEngines]
    public async Task DL_5_FromWorkOnAnotherPathway_TwoDecisionsSideBySide_EachFromEmpty(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var ana = await site.WorkerAsync("Ana Lee");
        var person = await site.SomeoneAsync();
        var episode = await site.WaitsForAssessmentAsync(person);
        episode.PathwayKey.ShouldBe(CareActAssessmentPathway.PathwayKey);
        var subject = new DraftSubject { EpisodeId = episode.Id };
        var (first, second) = (await site.DraftAsync(CapacityForm.Key, subject, ana), await site.DraftAsync(CapacityForm.Key, subject, ana));
        first.ShouldNotBe(second);

        (await FillAsync(site, ana, first, Lacks)).Errors.ShouldBeEmpty();
        (await site.ReadsAsync(ana, second))!.Answers["decision-to-make"].ShouldBe("");
        await FillAsync(site, ana, second, Lacks with { DecisionToMake = "Whether to sell the house" });
        (await FillAsync(site, ana, await site.DraftAsync(BestInterestsForm.Key, subject, ana), Decision)).Errors.ShouldBeEmpty();

        var records = await site.InDbAsync(db => db.Set<CapacityRecord>().OrderBy(r => r.Id).ToListAsync());
        records.ShouldAllBe(r => r.PersonId == person.Id && r.EpisodeId == episode.Id);
        records.Select(r => r.DecisionToMake).ShouldBe(["Whether to move to Meadow View", "Whether to sell the house", "whether to move to meadow view"]);
        (await site.EpisodeAsync(episode.Id)).StageKey.ShouldBe("allocate", "it completes no stage");
    }

    [Fact]
    public async Task DL_5_BestInterests_NeedsACapacityAssessmentOfThatDecision()
    {
        await using var site = await TestSite.StartAsync();
        var ana = await site.WorkerAsync("Ana Lee", Can.DoWork, Can.ViewWork, Can.ViewPeople);
        var subject = new DraftSubject { PersonId = (await site.SomeoneAsync()).Id };
        await FillAsync(site, ana, await site.DraftAsync(CapacityForm.Key, subject, ana), Lacks with { DecisionToMake = "Whether to sell the house" });

        var refused = await Should.ThrowAsync<RefusedException>(async () => await FillAsync(site, ana, await site.DraftAsync(BestInterestsForm.Key, subject, ana), Decision));

        refused.Message.ShouldContain("“Whether to sell the house”");
    }

    [Fact]
    public void DL_5_Conclusion_FollowsFromTheFourAbilitiesAndTheCause_AndEachPrincipleIsPrompted()
    {
        Problems(Lacks).ShouldBeEmpty();
        Problems(Lacks with { HasImpairment = false, Because = null }).ShouldHaveSingleItem().ShouldContain("because of an impairment");
        Problems(Lacks with { LacksCapacity = false }).ShouldHaveSingleItem().ShouldContain("Look at them again");
        Problems(Lacks with { Principles = [Principle.Assumed, Principle.Helped, Principle.BestInterests, Principle.LeastRestrictive] }).ShouldHaveSingleItem().ShouldContain("unwise decision");
        Enum.GetValues<Principle>().Length.ShouldBe(5);
    }

    [Fact]
    public async Task DL_5_ListsStandOnThePersonAndTheWork()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.SomeoneAsync();
        var episode = await site.WaitsForAssessmentAsync(person);
        var user = await Given.UserAsync(site, Roles.SocialWorker);
        await FillAsync(site, v => v.ActAsSystem(), await site.DraftAsync(CapacityForm.Key, new DraftSubject { EpisodeId = episode.Id }, v => v.ActAsSystem()), Lacks);
        using var client = site.Client(user.Id);

        foreach (var address in new[] { $"/capacity/new?person={person.Reference}", $"/capacity/new?work={episode.Id}" })
        {
            (await client.PageAsync(address)).QuerySelector("main")!.TextContent.ShouldContain("Capacity: Whether to move to Meadow View", customMessage: address);
        }

        (await client.PageAsync($"/work/{episode.Reference}")).QuerySelector($"a[href='/capacity/new?work={episode.Id}']").ShouldNotBeNull();
        (await client.PageAsync($"/people/{person.Reference}")).QuerySelector($"a[href='/capacity/new?person={person.Reference}']").ShouldNotBeNull();
        using var begun = await site.PostFormAsync(client, $"/capacity/new?work={episode.Id}", ("form", CapacityForm.Key));
        begun.RedirectPath().ShouldStartWith("/drafts/");
    }

    private static List<string> Problems(CapacityForm form) => [.. form.Check(new Facts { Today = Today, Now = Today.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc) }).Select(p => p.Message)];

    private static async Task<CompletedForm> FillAsync(TestSite site, Action<Viewer> who, Guid draft, Form form)
    {
        await site.TypesAsync(who, draft, [.. FormBinder.Unbind(form).All.Select(a => (a.Key.Field, a.Value))]);
        return await site.CompletesAsync(who, draft, FormDefinition.Of(form.GetType()).Version);
    }
}
