using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Safeguarding;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;

namespace Waymark.Tests.Support;

/// <summary>Concerns and enquiries, from receipt to close.</summary>
public static partial class Given
{
    /// <summary>Acts as someone who sees and does all of safeguarding.</summary>
    public static Task<Action<Viewer>> SafeguarderAsync(this TestSite site, string name) => site.WorkerAsync(
        name, Can.ViewPeople, Can.ViewWork, Can.DoWork, Can.AllocateWork, SafeguardingCan.View, SafeguardingCan.Raise, SafeguardingCan.Screen, SafeguardingCan.Triage, SafeguardingCan.Enquire, SafeguardingCan.Approve);

    /// <summary>The care clock at a London wall time.</summary>
    public static DateTime Stands(this TestSite site, DateOnly day, TimeOnly at)
    {
        site.CareClock.Offset = CareClock.FromLondon(day, at) - site.Time.GetUtcNow().UtcDateTime;
        return site.CareClock.Now;
    }

    /// <summary>A concern received and raised now, identified now unless said.</summary>
    public static Task<Episode> ConcernAsync(this TestSite site, Person? person = null, Func<NewConcern, NewConcern>? but = null, Action<Viewer>? @as = null) => site.InScopeAsync(async services =>
    {
        var now = services.GetRequiredService<CareClock>().Now;
        var concern = new NewConcern
        {
            Channel = ConcernChannel.Public,
            Source = ConcernSource.FamilyOrFriend,
            PersonId = person?.Id,
            ReceivedOn = now,
            RaisedOn = now,
            IdentifiedOn = now,
            Abuse = [AbuseType.Neglect],
            RiskSource = RiskSource.ServiceProvider,
            Location = RiskLocation.CareHomeResidential,
            InThisArea = YesNoUnknown.Yes,
        };
        var episode = await services.GetRequiredService<RaiseConcern>().AddAsync(but?.Invoke(concern) ?? concern);
        await services.GetRequiredService<WaymarkDb>().SaveChangesAsync();
        return episode;
    }, @as);

    public static EmergencyScreenForm ScreenForm(bool emergency = false) => emergency
        ? new() { NeedsEmergencyAction = true, Steps = [EmergencyStep.Police], Action = "Police called by J. Reed, 22:20", SafeForNow = YesNoUnknown.Yes }
        : new() { NeedsEmergencyAction = false, WhyNot = "Staff are with her", SafeForNow = YesNoUnknown.Yes };

    /// <summary>All three limbs met: a section 42 enquiry, unless changed.</summary>
    public static TriageForm TriageForm() => new()
    {
        Gathered = "The home's manager says that two doses were missed",
        OutcomesAsked = OutcomesAsked.Expressed,
        DesiredOutcomes = "To feel safe at night",
        InThisArea = YesNoUnknown.Yes,
        HasNeeds = Limb.Yes,
        HasNeedsReason = "Lives in residential care",
        AtRisk = Limb.Yes,
        AtRiskReason = "Medicine missed twice",
        CannotProtect = Limb.Yes,
        CannotProtectReason = "Relies on staff for it",
        Outcome = TriageOutcome.Section42,
        Enquirer = TriageEnquirer.SafeguardingTeam,
        InterimProtection = "A second member of staff checks each round",
        WhatWasDone = "Spoke with the home and the daughter",
        Feedback = ReferrerFeedback.Told,
        FeedbackDate = new DateOnly(2024, 7, 31),
    };

    public static PlanningForm PlanningForm() => new()
    {
        OutcomesAsked = OutcomesAsked.Expressed,
        DesiredOutcomes = "To feel safe at night",
        Agreement = ConcernAgreement.Yes,
        Capacity = CapacityAnswer.Lacks,
        CapacityAssessment = "By the home's GP, 2 July",
        HasDifficulty = true,
        SupportedBy = SupportedBy.Advocate,
        SupporterName = "Jude Field, 3 July",
        HealthConditions = [HealthCondition.Dementia, HealthCondition.Stroke],
        Lead = EnquiryLead.ThisCouncil,
        Plan = "Ask the home for its charts by Friday; speak with the daughter",
        PositionOfTrust = YesNoUnknown.No,
        Police = YesNoUnknown.No,
    };

    public static ConversationForm ConversationForm() => new()
    {
        SpokeWithAdult = true,
        Conversations = [new Conversation { With = "Amal and her advocate", Date = new DateOnly(2024, 7, 30), WasSafe = YesNoUnknown.Yes, Said = "They forget me at night" }],
    };

    public static ProtectionPlanForm ProtectionPlanForm(DateOnly review) => new()
    {
        AdultSays = "I want the light on",
        Steps = [new ProtectionStep { Risk = "Missed medicine", Step = "Two sign each round", By = "The home's manager" }],
        Lead = "The enquiry officer",
        ReviewDate = review,
    };

    public static EnquiryForm EnquiryForm() => new()
    {
        Ended = EnquiryEnd.Made,
        Risks =
        [
            new EnquiredRisk { Type = AbuseType.Neglect, Source = RiskSource.ServiceProvider, Location = RiskLocation.CareHomeResidential },
            new EnquiredRisk { Type = AbuseType.Organisational, Source = RiskSource.ServiceProvider, Location = RiskLocation.CareHomeResidential },
        ],
        Findings = "Two rounds were missed in the week",
        RiskAssessment = RiskAssessmentOutcome.IdentifiedAction,
        RiskOutcome = RiskOutcome.Reduced,
        Action = "The home trains its night staff by September",
        NeedsProtectionPlan = true,
        ConsiderReview = false,
    };

    public static CloseForm CloseForm() => new()
    {
        OutcomesAsked = OutcomesAsked.Expressed,
        DesiredOutcomes = "To feel safe at night",
        Achieved = OutcomesAchieved.Partially,
        SupportedBy = SupportedBy.Advocate,
        Feedback = ReferrerFeedback.Anonymous,
    };

    /// <summary>Completes a task beside the open stage.</summary>
    public static async Task<CompletedForm> DoesTaskAsync(this TestSite site, Action<Viewer> worker, Guid episodeId, string taskKey, Form form)
    {
        var visit = await site.VisitAsync(episodeId);
        var task = await site.InDbAsync(db => db.EpisodeTasks.Where(t => t.VisitId == visit && t.TaskKey == taskKey).Select(t => t.Id).SingleAsync());
        var definition = FormDefinition.Of(form.GetType());
        var draft = await site.DraftAsync(definition.Key, new DraftSubject { EpisodeId = episodeId, VisitId = visit, TaskId = task }, worker);
        await site.TypesAsync(worker, draft, [.. FormBinder.Unbind(form).All.Select(a => (a.Key.Field, a.Value))]);
        return await site.CompletesAsync(worker, draft, definition.Version);
    }

    /// <summary>Screened and triaged, now.</summary>
    public static async Task<Episode?> DecidedAsync(this TestSite site, Action<Viewer> worker, Guid concernId, TriageForm? triage = null)
    {
        if ((await site.EpisodeAsync(concernId)).StageKey == ConcernPathway.Screen)
        {
            (await site.FillsInAsync(worker, concernId, ScreenForm())).Errors.ShouldBeNothing();
        }

        var done = await site.FillsInAsync(worker, concernId, triage ?? TriageForm());
        done.Errors.ShouldBeNothing();
        return done.Stage!.Opened;
    }

    public static Task<ConcernRecord> ConcernRecordAsync(this TestSite site, Guid episodeId) => site.InDbAsync(db => db.Set<ConcernRecord>().SingleAsync(c => c.EpisodeId == episodeId));

    public static Task<EnquiryRecord> EnquiryRecordAsync(this TestSite site, Guid episodeId) => site.InDbAsync(db => db.Set<EnquiryRecord>().SingleAsync(e => e.EpisodeId == episodeId));

    private static void ShouldBeNothing(this IReadOnlyList<FormError> errors)
    {
        if (errors.Count > 0)
        {
            throw new InvalidOperationException(string.Join("; ", errors.Select(e => $"{e.Field}: {e.Message}")));
        }
    }
}
