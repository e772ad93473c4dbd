using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Assessment.CareActAssessment;
using Waymark.Kernel.Access;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Pathways;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Assessment.CareActAssessment;

/// <summary>From the list to the decision, through the engine.</summary>
public sealed class CareActAssessmentTests
{
    private static readonly DateOnly Today = new(2024, 7, 31);

    [Theory, BothEngines]
    public async Task Assessment_AllocatedFilledInAndApproved_ClosesWithItsNationalEventAndWhatItFound(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (ana, manager) = (await site.WorkerAsync("Ana Lee"), await site.WorkerAsync("Mo Khan", Can.DoWork, Can.ViewWork, Can.ApproveWork));
        var team = await site.TeamAsync("City", CareActAssessmentPathway.Duty.Key);
        var person = await site.SomeoneAsync();
        var episode = await site.WaitsForAssessmentAsync(person, new DateOnly(2024, 5, 15));
        episode.Reference.ShouldStartWith("CAA-2024-");
        (await site.EpisodeAsync(episode.Id)).TeamId.ShouldBe(team.Id);

        await site.AllocatedAsync(episode.Id, Given.IdOf(ana));
        (await site.EpisodeAsync(episode.Id)).StageKey.ShouldBe("assess");
        var sent = await site.FillsInAsync(ana, episode.Id, Given.AssessmentForm(new DateOnly(2024, 7, 30)));
        sent.Errors.ShouldBeEmpty();
        sent.Stage!.Result.ShouldBe(CompletionResult.AwaitsApproval);
        await Should.ThrowAsync<RefusedException>(() => site.ApprovesAsync(ana, episode.Id));
        (await site.InDbAsync(db => db.CareEvents.CountAsync())).ShouldBe(0);
        await site.ApprovesAsync(manager, episode.Id);

        var closed = await site.EpisodeAsync(episode.Id);
        (closed.ExitKey, closed.Departure, closed.ClosedDate).ShouldBe((CareActAssessmentPathway.Eligible, Departures.Assessed, Today));
        var written = await site.InDbAsync(db => db.CareEvents.SingleAsync());
        (written.Kind, written.PersonId, written.Reference, written.StartDate, written.EndDate).ShouldBe((CareEventKind.Assessment, person.Id, closed.Reference, new DateOnly(2024, 7, 30), Today));
        (written.AssessmentType, written.Outcome, written.TeamKey, written.SupportReason).ShouldBe(("Long Term Assessment", "Progress to Support Planning / Services", "city", "Physical Support: Personal care support"));
        var found = await site.InDbAsync(db => db.Set<AssessmentRecord>().SingleAsync());
        (found.IsEligible, found.OutcomesNotAchieved, found.EndedDate).ShouldBe((true, 2, Today));
        (await site.InDbAsync(db => db.People.Select(p => p.SupportReason).SingleAsync())).ShouldBe("Physical Support: Personal care support");
    }

    [Theory, BothEngines]
    public async Task Assessment_ReturnedWithWords_IsOpenAgainFromTheAnswersAsTheyStand(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (ana, manager) = (await site.WorkerAsync("Ana Lee"), await site.WorkerAsync("Mo Khan", Can.ApproveWork, Can.ViewWork));
        var episode = await AssessingAsync(site, ana);
        await site.FillsInAsync(ana, episode.Id, Given.AssessmentForm(Today));

        await site.ApprovesAsync(manager, episode.Id, approve: false, "Say more about the reasons");

        (await site.EpisodeAsync(episode.Id)).ClosedOn.ShouldBeNull();
        var draft = await site.DraftAsync("care-act-assessment", new DraftSubject { EpisodeId = episode.Id, VisitId = await site.VisitAsync(episode.Id) }, ana);
        (await site.ReadsAsync(ana, draft))!.Answers["what-matters"].ShouldBe("Staying in her own home with her dog");
    }

    [Fact]
    public async Task Assessment_NotEligible_WritesItsOutcomeInNationalWords()
    {
        await using var site = await TestSite.StartAsync();
        var ana = await site.WorkerAsync("Ana Lee");
        var episode = await AssessingAsync(site, ana);

        await site.FillsInAsync(ana, episode.Id, Given.AssessmentForm(Today) with { HasImpact = false, Wellbeing = null, NextSteps = [NextStep.AdviceOnly] });
        await site.ApprovesAsync(v => v.ActAsSystem(), episode.Id);

        (await site.EpisodeAsync(episode.Id)).ExitKey.ShouldBe(CareActAssessmentPathway.NotEligible);
        (await site.InDbAsync(db => db.CareEvents.Select(e => e.Outcome).SingleAsync())).ShouldBe("NFA - Information & Advice / Signposting only");
    }

    [Fact]
    public async Task Assessment_PersonHasDied_ClosesWithoutAnAssessmentAndRecordsTheDeath()
    {
        await using var site = await TestSite.StartAsync();
        var ana = await site.WorkerAsync("Ana Lee");
        var episode = await AssessingAsync(site, ana);

        await site.FillsInAsync(ana, episode.Id, new CareActAssessmentForm { Result = AssessmentResult.Died, DeathDate = new DateOnly(2024, 7, 29) });
        await site.ApprovesAsync(v => v.ActAsSystem(), episode.Id);

        (await site.EpisodeAsync(episode.Id)).Departure.ShouldBe(Departures.Died);
        (await site.InDbAsync(db => db.CareEvents.CountAsync())).ShouldBe(0);
        (await site.InDbAsync(db => db.People.Select(p => p.DeathDate).SingleAsync())).ShouldBe(new DateOnly(2024, 7, 29));
    }

    [Fact]
    public async Task Assessment_MovedBackAndReopened_GoesOnAsDeclared()
    {
        await using var site = await TestSite.StartAsync();
        var ana = await site.WorkerAsync("Ana Lee");
        var episode = await AssessingAsync(site, ana);

        await site.DoAsync<MoveBack>(async m => await m.RunAsync(await site.SeenAsync(episode.Id), "allocate", "The worker has left"));
        (await site.EpisodeAsync(episode.Id)).StageKey.ShouldBe("allocate");
        await site.AllocatedAsync(episode.Id, Given.IdOf(ana));
        await site.FillsInAsync(ana, episode.Id, Given.AssessmentForm(Today));
        await site.ApprovesAsync(v => v.ActAsSystem(), episode.Id);

        await site.DoAsync<ReopenEpisode>(async r => await r.RunAsync(await site.SeenAsync(episode.Id), "assess", "New facts"));

        (await site.EpisodeAsync(episode.Id)).StageKey.ShouldBe("assess");
        await site.FillsInAsync(ana, episode.Id, Given.AssessmentForm(Today) with { Reasons = "As before, with the new facts" });
        await site.ApprovesAsync(v => v.ActAsSystem(), episode.Id);
        (await site.InDbAsync(db => db.CareEvents.Select(e => e.Reference).OrderBy(r => r).ToListAsync())).ShouldBe([episode.Reference, $"{episode.Reference}/2"]);
    }

    private static async Task<Episode> AssessingAsync(TestSite site, Action<Viewer> worker)
    {
        var episode = await site.WaitsForAssessmentAsync(await site.SomeoneAsync());
        await site.AllocatedAsync(episode.Id, Given.IdOf(worker));
        return episode;
    }
}
