using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Policy;
using Waymark.Liberty.Dols;
using Waymark.Liberty.Dols.Assessments;
using Waymark.Liberty.Dols.Requests;
using Waymark.Liberty.Dols.Safeguards;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Liberty.Dols;

/// <summary>DL-1: a request with an urgent authorisation, from a care home to a signed decision.</summary>
public sealed class DolsRequestTests
{
    private static readonly DateOnly Today = new(2024, 7, 31);

    [Theory, BothEngines]
    public async Task DL_1_RequestToSignedDecision_GoesThroughPrioritySixAssessmentsAndSignatory(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var people = await site.DolsPeopleAsync();
        var episode = await site.AsksAsync(people);
        episode.Reference.ShouldStartWith("DOL-2024-");
        await site.AcceptsAsync(people, episode.Id);
        var waiting = await site.EpisodeAsync(episode.Id);
        (waiting.StageKey, waiting.Priority).ShouldBe((DolsPathway.Allocate, "high"));
        var priority = await site.InDbAsync(db => db.Set<DolsPriority>().SingleAsync());
        (priority.Rag, priority.Score, priority.Criteria).ShouldBe(("red", 110, "objection,unsettled"));
        priority.TableVersion.ShouldNotBeEmpty();

        await site.AppointsAsync(people, episode.Id);
        (await site.InDbAsync(db => db.EpisodeTasks.CountAsync(t => t.EpisodeId == episode.Id))).ShouldBe(6);
        var early = await Should.ThrowAsync<RefusedException>(() => site.FillsInAsync(people.Team, episode.Id, new DolsOutcomeForm { Outcome = AssessedOutcome.AllMet }));
        early.Message.ShouldContain("Age is not assessed as met");
        foreach (var form in Given.SixMet(Today))
        {
            (await site.AssessesAsync(people, episode.Id, form)).Errors.ShouldBeEmpty();
        }

        await site.FillsInAsync(people.Team, episode.Id, new DolsOutcomeForm { Outcome = AssessedOutcome.AllMet });
        (await site.FillsInAsync(people.Signatory, episode.Id, Given.Grant(Today))).Errors.ShouldBeEmpty();

        (await site.EpisodeAsync(episode.Id)).StageKey.ShouldBe(DolsPathway.Live);
        var made = await site.CaseAsync(episode.Id);
        (made.Status, made.CompletedDate, made.WasFullyAssessed, made.AuthorisedUntilDate, made.TestKey).ShouldBe((DolsStatus.Granted, Today, true, new DateOnly(2024, 10, 31), "cheshire-west"));
        (await site.InDbAsync(db => db.Set<DolsCondition>().Select(c => c.Text).SingleAsync())).ShouldBe("Offer a walk outside each day");
        (await site.InDbAsync(db => db.Set<DolsRepresentative>().Select(r => r.Name).SingleAsync())).ShouldBe("June Marlow, niece");
        (await site.ClocksAsync(episode.Id)).Values.ShouldAllBe(c => c.StoppedDate == Today);
    }

    [Fact]
    public async Task K_09_K_10_StandardFromReceipt_UrgentFromWhenItWasGiven_SideBySide()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();

        var clocks = await site.ClocksAsync((await site.AsksAsync(people)).Id);

        // Received 31 July, day 1 of 21: the last day is 20 August. Given 30 July at 14:30, day 1 of 7: the last day is 5 August.
        clocks[DolsPathway.StandardClock].DueDate.ShouldBe(new DateOnly(2024, 8, 20));
        clocks[DolsPathway.UrgentClock].StartedOn.ShouldBe(CareClock.FromLondon(new DateOnly(2024, 7, 30), new TimeOnly(14, 30)));
        clocks[DolsPathway.UrgentClock].DueDate.ShouldBe(new DateOnly(2024, 8, 5));
        clocks[DolsPathway.StandardClock].Limit.ShouldContain("by law");
    }

    [Fact]
    public async Task K_10_UrgentForFewerDaysThanTheLawAllows_IsDueOnItsOwnLastDay()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();

        var episode = await site.AsksAsync(people, Given.DolsRequest(Today) with { UrgentDays = 3 });

        (await site.ClocksAsync(episode.Id))[DolsPathway.UrgentClock].DueDate.ShouldBe(new DateOnly(2024, 8, 1));
    }

    [Fact]
    public async Task Request_WithoutUrgent_HasTheStandardClockAlone()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();

        var episode = await site.AsksAsync(people, Given.DolsRequest(Today) with { Kind = RequestKind.Standard, UrgentDate = null, UrgentTime = null, UrgentDays = null, UrgentReason = null });

        (await site.ClocksAsync(episode.Id)).Keys.ShouldBe([DolsPathway.StandardClock]);
    }

    [Fact]
    public async Task Accept_WithoutPersonOrPriority_IsRefusedInWords()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();
        var episode = await site.AsksAsync(people);
        var accept = new DolsCheckForm { Result = CheckResult.Accept, IsOwnPlace = false, NeedsAdvocate = false };

        (await Should.ThrowAsync<RefusedException>(() => site.FillsInAsync(people.Team, episode.Id, accept))).Message.ShouldContain("who the person is");
        await site.DoAsync<MatchPerson>(async m => await m.RunAsync(await site.SeenAsync(episode.Id), null), people.Team);
        (await Should.ThrowAsync<RefusedException>(() => site.FillsInAsync(people.Team, episode.Id, accept))).Message.ShouldContain("priority");
    }

    [Fact]
    public async Task WrongSupervisoryBody_IsSentBackWithItsReason_AndNeverCountsAsCompleted()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();
        var episode = await site.AsksAsync(people);

        await site.FillsInAsync(people.Team, episode.Id, new DolsCheckForm { Result = CheckResult.WrongBody, RightBody = "Wiltshire Council", WrongBodyReason = "She lived in Swindon Road before and they pay" });

        (await site.EpisodeAsync(episode.Id)).Departure.ShouldBe("wrong-supervisory-body");
        var made = await site.CaseAsync(episode.Id);
        (made.Status, made.CompletedDate).ShouldBe((DolsStatus.WrongBody, null));
        using var home = site.Client(Given.IdOf(people.HomeUser));
        await site.InDbAsync(async db =>
        {
            db.RoleGrants.Add(new RoleGrant { UserId = Given.IdOf(people.HomeUser), RoleKey = Roles.ManagingAuthority, Source = "local" });
            return await db.SaveChangesAsync();
        });
        var page = await home.PageAsync($"/dols/requests/{episode.Reference}");
        page.QuerySelector("main")!.TextContent.ShouldContain("Wiltshire Council: She lived in Swindon Road before");
    }

    [Fact]
    public async Task ManagingAuthority_SeesItsOwnRequestsOnly_AndNothingElse()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();
        var other = await site.HomeUserAsync(await site.HomeAsync("Larch House"));
        await site.InDbAsync(async db =>
        {
            db.RoleGrants.AddRange(new[] { people.HomeUser, other }.Select(u => new RoleGrant { UserId = Given.IdOf(u), RoleKey = Roles.ManagingAuthority, Source = "local" }));
            return await db.SaveChangesAsync();
        });
        var episode = await site.AsksAsync(people);
        var draft = await site.DraftAsync(RequestForm.Key, new DraftSubject(), people.HomeUser);
        var revision = (await site.CaseAsync(episode.Id)).RevisionId;
        using var own = site.Client(Given.IdOf(people.HomeUser));
        using var stranger = site.Client(Given.IdOf(other));

        (await own.PageAsync("/dols/requests")).QuerySelector("main")!.TextContent.ShouldContain(episode.Reference);
        (await own.GetAsync($"/dols/requests/{episode.Reference}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await stranger.PageAsync("/dols/requests")).QuerySelector("main")!.TextContent.ShouldNotContain("Marlow");
        foreach (var address in new[] { $"/dols/requests/{episode.Reference}", $"/drafts/{draft}", $"/forms/{revision}/print" })
        {
            (await stranger.GetAsync(address)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound, address);
        }

        foreach (var address in new[] { "/work", $"/work/{episode.Reference}", "/people", "/dols/assessors", $"/dols/{episode.Reference}/person" })
        {
            (await own.GetAsync(address)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden, address);
        }
    }

    [Fact]
    public async Task ManagingAuthority_CannotAskInAnothersName()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();
        await site.HomeAsync("Larch House");

        var episode = await site.AsksAsync(people, Given.DolsRequest(Today, "Larch House"));

        (await site.CaseAsync(episode.Id)).AuthorityId.ShouldBe(people.Home.Id);
        await Should.ThrowAsync<RefusedException>(() => site.SendsAsync(people.HomeUser, Given.DolsRequest(Today) with { SentBy = SentBy.OnBehalf, ArrivedDate = Today }));
    }

    [Fact]
    public async Task OnPaper_IsReceivedOnTheDayItArrived()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();

        var episode = await site.AsksAsync(people, Given.DolsRequest(Today) with { SentBy = SentBy.OnBehalf, ArrivedDate = new DateOnly(2024, 7, 26), UrgentDate = new DateOnly(2024, 7, 25) }, people.Team);

        (await site.ClocksAsync(episode.Id))[DolsPathway.StandardClock].DueDate.ShouldBe(new DateOnly(2024, 8, 15));
        (await site.CaseAsync(episode.Id)).AuthorityId.ShouldBe(people.Home.Id);
    }

    [Fact]
    public async Task K_09_AnotherCouncilsPolicy_ReadsTheFirstDayOtherwise_AndJudgesByItsOwnCriteria()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();
        var before = await site.AsksAsync(people);
        await site.DoAsync((LoadPolicy load) => load.RunAsync("""
            {
              "name": "Another council", "effectiveFrom": "2024-07-01",
              "numbers": { "dols.receipt-is-day-one": 0, "dols.red-from": 15 },
              "tables": { "dols.criteria": { "columns": ["key", "weight", "words"], "rows": [["door", "9", "Tries the door"], ["night", "6", "Awake at night"]] } }
            }
            """));

        var after = await site.AsksAsync(people);

        (await site.ClocksAsync(before.Id))[DolsPathway.StandardClock].DueDate.ShouldBe(new DateOnly(2024, 8, 20), "what ran already keeps its day");
        (await site.ClocksAsync(after.Id))[DolsPathway.StandardClock].DueDate.ShouldBe(new DateOnly(2024, 8, 21));
        await site.DoAsync<Prioritise>(async p => await p.RunAsync(await site.SeenAsync(after.Id), ["door", "night", "objection"]), people.Team);
        var priority = await site.InDbAsync(db => db.Set<DolsPriority>().SingleAsync());
        (priority.Rag, priority.Score, priority.Words).ShouldBe(("red", 15, "Tries the door; Awake at night"));
        priority.TableVersion.ShouldContain("Another council");
    }

    [Theory, BothEngines]
    public async Task Page_OfARequest_OpensInEveryStage(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var people = await site.DolsPeopleAsync();
        using var client = site.Client((await Given.UserAsync(site, Roles.DolsTeam)).Id);
        var (received, granted) = (await site.AsksAsync(people), await site.GrantedAsync(people));

        (await client.PageAsync($"/work/{received.Reference}")).QuerySelector("main")!.TextContent.ShouldContain("no record joined yet");
        (await client.PageAsync($"/work/{granted.Reference}")).QuerySelector("main")!.TextContent.ShouldContain("31 July 2024 to 31 October 2024");
    }
}
