using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Pathways;
using Waymark.Safeguarding;
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
}
