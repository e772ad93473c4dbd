using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Pathways;
using Waymark.Safeguarding;
using Waymark.Safeguarding.AgedCases;
using Waymark.Safeguarding.Agencies;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Safeguarding;

/// <summary>From the concern to the closed enquiry, through the engine.</summary>
public sealed class EnquiryTests
{
    [Theory, BothEngines]
    public async Task SG_5_Concern_ScreenedTriagedEnquiredApprovedAndClosed_LeavesWhatTheCollectionCounts(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (ana, manager) = (await site.SafeguarderAsync("Ana Lee"), await site.SafeguarderAsync("Mo Khan"));
        var person = await site.SomeoneAsync();
        site.Stands(new DateOnly(2024, 7, 24), new TimeOnly(10, 0));
        var concern = await site.ConcernAsync(person);
        site.Stands(new DateOnly(2024, 7, 25), new TimeOnly(10, 0));
        var enquiry = (await site.DecidedAsync(ana, concern.Id))!;
        enquiry.Kind.ShouldBe(EnquiryPathway.Section42Kind);
        site.Stands(new DateOnly(2024, 7, 31), new TimeOnly(10, 0));
        await site.AllocatedAsync(enquiry.Id, Given.IdOf(ana));

        await site.DoesTaskAsync(ana, enquiry.Id, EnquiryPathway.PlanTask, Given.PlanningForm());
        await site.DoesTaskAsync(ana, enquiry.Id, EnquiryPathway.ConversationTask, Given.ConversationForm());
        (await Should.ThrowAsync<RefusedException>(() => site.FillsInAsync(ana, enquiry.Id, Given.EnquiryForm()))).Message.ShouldContain("protection plan");
        await site.DoesTaskAsync(ana, enquiry.Id, EnquiryPathway.ProtectionTask, Given.ProtectionPlanForm(new DateOnly(2024, 9, 30)));
        (await site.FillsInAsync(ana, enquiry.Id, Given.EnquiryForm())).Stage!.Result.ShouldBe(CompletionResult.AwaitsApproval);
        await Should.ThrowAsync<RefusedException>(() => site.ApprovesAsync(ana, enquiry.Id));
        await site.ApprovesAsync(manager, enquiry.Id);
        (await site.EpisodeAsync(enquiry.Id)).StageKey.ShouldBe(EnquiryPathway.Closing);
        site.Stands(new DateOnly(2024, 8, 2), new TimeOnly(10, 0));
        await site.FillsInAsync(ana, enquiry.Id, Given.CloseForm());

        (await site.EpisodeAsync(enquiry.Id)).ClosedDate.ShouldBe(new DateOnly(2024, 8, 2));
        var record = await site.EnquiryRecordAsync(enquiry.Id);
        (record.IsSection42, record.StartedDate, record.ConcludedDate, record.CountsHere).ShouldBe((true, new DateOnly(2024, 7, 25), new DateOnly(2024, 8, 2), true));
        (record.RiskAssessment, record.RiskOutcome, record.Capacity, record.SupportedBy).ShouldBe(
            (RiskAssessmentOutcome.IdentifiedAction, RiskOutcome.Reduced, CapacityAnswer.Lacks, SupportedBy.Advocate));
        (record.AskedAtPlanning, record.AskedAtClose, record.Achieved).ShouldBe((OutcomesAsked.Expressed, OutcomesAsked.Expressed, OutcomesAchieved.Partially));
        (record.HealthConditions, record.ProtectionReviewDate).ShouldBe(("Dementia,Stroke", new DateOnly(2024, 9, 30)));
        (await site.InDbAsync(db => db.Set<SafeguardingRisk>().Where(r => r.EpisodeId == enquiry.Id).Select(r => r.Type).OrderBy(t => t).ToListAsync()))
            .ShouldBe([AbuseType.Neglect, AbuseType.Organisational], ignoreOrder: true);
        (await site.ConcernRecordAsync(concern.Id)).Outcome.ShouldBe(ConcernPathway.Section42);
        (await site.InDbAsync(db => db.EpisodeLinks.SingleAsync(l => l.FromEpisodeId == concern.Id))).ToEpisodeId.ShouldBe(enquiry.Id);
    }

    [Theory, BothEngines]
    public async Task SG_5_EnquiriesCausedToBeMade_MustBeReturnedBeforeTheEnquiryIsComplete(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (ana, enquiry) = await EnquiringAsync(site);
        await site.DoAsync((CauseEnquiry cause) => cause.RunAsync(enquiry.Id, "City Hospital", "Who gave the medicine?", new DateOnly(2024, 8, 9)), ana);
        var form = Given.EnquiryForm() with { NeedsProtectionPlan = false };
        (await Should.ThrowAsync<RefusedException>(() => site.FillsInAsync(ana, enquiry.Id, form))).Message.ShouldContain("City Hospital");
        var caused = await site.InDbAsync(db => db.Set<CausedEnquiry>().Select(c => c.Id).SingleAsync());

        await site.DoAsync((ReturnCausedEnquiry back) => back.RunAsync(caused, "The night nurse; charts attached", true), ana);

        await Should.ThrowAsync<RefusedException>(() => site.DoAsync((ReturnCausedEnquiry back) => back.WithdrawAsync(caused, "Too late"), ana));
        (await site.FillsInAsync(ana, enquiry.Id, form)).Stage!.Result.ShouldBe(CompletionResult.AwaitsApproval);
    }

    [Fact]
    public async Task SG_5_MoreTime_IsAgreedByAManagerWithAReason_AndTheLimitStands()
    {
        await using var site = await TestSite.StartAsync();
        var (ana, enquiry) = await EnquiringAsync(site);
        var worker = await site.WorkerAsync("Bo Ray", Can.ViewWork, Can.DoWork, SafeguardingCan.View, SafeguardingCan.Enquire);
        var due = (await site.ClocksAsync(enquiry.Id))[EnquiryPathway.EnquiryClock].DueOn;
        await Should.ThrowAsync<RefusedException>(() => site.DoAsync((ExtendEnquiry extend) => extend.RunAsync(enquiry.Id, new DateOnly(2024, 9, 20), "Police first"), worker));
        await Should.ThrowAsync<RefusedException>(() => site.DoAsync((ExtendEnquiry extend) => extend.RunAsync(enquiry.Id, new DateOnly(2024, 9, 20), " "), ana));

        await site.DoAsync((ExtendEnquiry extend) => extend.RunAsync(enquiry.Id, new DateOnly(2024, 9, 20), "Police first"), ana);

        var record = await site.EnquiryRecordAsync(enquiry.Id);
        (record.ExtendedTo, record.ExtensionReason).ShouldBe((new DateOnly(2024, 9, 20), "Police first"));
        (await site.ClocksAsync(enquiry.Id))[EnquiryPathway.EnquiryClock].DueOn.ShouldBe(due);
    }

    [Fact]
    public async Task Enquiry_LedByAnotherCouncil_DoesNotCountHere()
    {
        await using var site = await TestSite.StartAsync();
        var (ana, enquiry) = await EnquiringAsync(site, Given.PlanningForm() with { Lead = EnquiryLead.OtherCouncil, LeadCouncil = "Westshire", PlacedBy = "Eastshire" });

        await site.FillsInAsync(ana, enquiry.Id, Given.EnquiryForm() with { NeedsProtectionPlan = false });
        await site.ApprovesAsync(await site.SafeguarderAsync("Mo Khan"), enquiry.Id);

        var record = await site.EnquiryRecordAsync(enquiry.Id);
        (record.LedBy, record.PlacedBy, record.CountsHere).ShouldBe(("Westshire", "Eastshire", false));
    }

    [Fact]
    public async Task Enquiry_OpenedAgain_IsNotConcluded_AndItsMarksRunOn()
    {
        await using var site = await TestSite.StartAsync();
        var (ana, enquiry) = await EnquiringAsync(site);
        await site.FillsInAsync(ana, enquiry.Id, Given.EnquiryForm() with { NeedsProtectionPlan = false });
        await site.ApprovesAsync(await site.SafeguarderAsync("Mo Khan"), enquiry.Id);
        await site.FillsInAsync(ana, enquiry.Id, Given.CloseForm());
        (await site.EnquiryRecordAsync(enquiry.Id)).ConcludedDate.ShouldBe(new DateOnly(2024, 7, 31));
        site.Stands(new DateOnly(2024, 8, 5), new TimeOnly(10, 0));

        var seen = await site.SeenAsync(enquiry.Id);
        await site.DoAsync((ReopenEpisode reopen) => reopen.RunAsync(seen, EnquiryPathway.Enquire, "The home did it again"), ana);

        (await site.EnquiryRecordAsync(enquiry.Id)).ConcludedDate.ShouldBeNull();
        var clocks = await site.InDbAsync(db => db.EpisodeClocks.Where(c => c.EpisodeId == enquiry.Id && c.ClockKey == EnquiryPathway.ClinicClock).ToListAsync());
        clocks.Single().StoppedOn.ShouldBeNull();
    }

    /// <summary>K-06 and K-07 by hand: opened on 1 May (past 12 weeks on 31 July), 12 June (7 weeks) and 19 June (6 weeks to the day: not over).</summary>
    [Theory, BothEngines]
    public async Task SG_8_SG_9_K_06_K_07_Agenda_HoldsThosePastTheMark_AsAtAnyDay(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var opened = new List<Episode>();
        foreach (var day in new[] { new DateOnly(2024, 5, 1), new DateOnly(2024, 6, 12), new DateOnly(2024, 6, 19), new DateOnly(2024, 7, 29) })
        {
            site.Stands(day, new TimeOnly(10, 0));
            opened.Add(await site.OpensAsync(new NewEpisode { PathwayKey = EnquiryPathway.PathwayKey, PersonId = (await site.SomeoneAsync()).Id, Kind = EnquiryPathway.Section42Kind }));
        }

        site.Stands(new DateOnly(2024, 7, 31), new TimeOnly(10, 0));
        var now = await AgendaAsync(site, new DateOnly(2024, 7, 31));
        (now.Open, now.PastClinic, now.PastAged).ShouldBe((4, 2, 1));
        now.Cases.Select(c => (c.Episode.Id, c.IsAged)).ShouldBe([(opened[0].Id, true), (opened[1].Id, false)]);
        var then = await AgendaAsync(site, new DateOnly(2024, 6, 13));
        (then.Open, then.PastClinic, then.PastAged).ShouldBe((2, 1, 0));

        using var client = site.Client((await Given.UserAsync(site, Roles.SafeguardingLead)).Id);
        var page = await client.PageAsync("/safeguarding/aged-cases?At.Day=13&At.Month=6&At.Year=2024");
        var links = page.QuerySelectorAll("main .wm-stat a").ToDictionary(a => a.GetAttribute("href")!, a => a.QuerySelector(".wm-stat__number")!.TextContent.Trim());
        links.Values.ShouldBe(["2", "1", "0"]);
        foreach (var (address, number) in links)
        {
            var list = await client.PageAsync(address);
            list.QuerySelectorAll("main a[href^='/work/SGE-']").Select(a => a.GetAttribute("href")).Distinct().Count().ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(number, address);
        }

        var lead = await site.SafeguarderAsync("Tom Ellis");
        await site.DoAsync((RecordCaseMeeting meeting) => meeting.RunAsync(opened[0].Id, "The manager rings the trust", "Ask for charts on day one"), lead);
        (await AgendaAsync(site, new DateOnly(2024, 7, 31))).Cases[0].LastMeeting!.Learning.ShouldBe("Ask for charts on day one");
    }

    [Fact]
    public async Task SG_13_SG_21_OutcomesCapacityAndAdvocate_AreAskedAtConcernPlanningAndClose()
    {
        await using var site = await TestSite.StartAsync();
        var (ana, enquiry) = await EnquiringAsync(site, Given.PlanningForm() with { OutcomesAsked = OutcomesAsked.NotAsked, DesiredOutcomes = null, WhyNotAsked = "Unconscious" });
        var planning = Given.PlanningForm() with { SupportedBy = SupportedBy.NotNeeded };
        planning.Check(new Facts { Today = new DateOnly(2024, 7, 31), Now = site.CareClock.Now }).Single().Question.ShouldBe("SupportedBy");
        await site.FillsInAsync(ana, enquiry.Id, Given.EnquiryForm() with { NeedsProtectionPlan = false });
        await site.ApprovesAsync(await site.SafeguarderAsync("Mo Khan"), enquiry.Id);
        await site.FillsInAsync(ana, enquiry.Id, Given.CloseForm() with { OutcomesAsked = OutcomesAsked.NoneExpressed, DesiredOutcomes = null, Achieved = null });

        var record = await site.EnquiryRecordAsync(enquiry.Id);
        (record.AskedAtPlanning, record.AskedAtClose, record.Achieved, record.Capacity, record.SupportedBy).ShouldBe(
            (OutcomesAsked.NotAsked, OutcomesAsked.NoneExpressed, null, CapacityAnswer.Lacks, SupportedBy.Advocate));
    }

    [Fact]
    public async Task Feedback_ToAgencies_SaysHowGoodTheirConcernsWere_AndLeavesWhistleblowersOut()
    {
        await using var site = await TestSite.StartAsync();
        var ana = await site.SafeguarderAsync("Ana Lee");
        var concern = await site.ConcernAsync(but: c => c with { Source = ConcernSource.Ambulance });
        await site.DecidedAsync(ana, concern.Id, Given.TriageForm() with { IsOrganisational = true, Quality = ConcernQuality.Incomplete, QualityWords = "Say where the adult is now" });
        await site.ConcernAsync(but: c => c with { Source = ConcernSource.Ambulance });
        await site.ConcernAsync(but: c => c with { Source = ConcernSource.CareProvider, IsWhistleblower = true });

        var agencies = await site.InScopeAsync(s => s.GetRequiredService<AgencyReader>().ReadAsync(new DateOnly(2024, 7, 1), new DateOnly(2024, 7, 31)));

        var one = agencies.Single();
        (one.Source, one.Concerns, one.Enquiries, one.Undecided, one.Incomplete, one.Clear).ShouldBe((ConcernSource.Ambulance, 2, 1, 1, 1, 0));
        one.Words.ShouldBe(["Say where the adult is now"]);
    }

    private static Task<AgedCaseAgenda> AgendaAsync(TestSite site, DateOnly at) => site.InScopeAsync(s => s.GetRequiredService<AgedCaseReader>().ReadAsync(at));

    /// <summary>An enquiry with its worker, planned and talked about.</summary>
    private static async Task<(Action<Viewer> Worker, Episode Enquiry)> EnquiringAsync(TestSite site, PlanningForm? plan = null)
    {
        var ana = await site.SafeguarderAsync("Ana Lee");
        var concern = await site.ConcernAsync(await site.SomeoneAsync());
        var enquiry = (await site.DecidedAsync(ana, concern.Id))!;
        await site.AllocatedAsync(enquiry.Id, Given.IdOf(ana));
        await site.DoesTaskAsync(ana, enquiry.Id, EnquiryPathway.PlanTask, plan ?? Given.PlanningForm());
        await site.DoesTaskAsync(ana, enquiry.Id, EnquiryPathway.ConversationTask, Given.ConversationForm());
        return (ana, enquiry);
    }
}
