using Microsoft.EntityFrameworkCore;
using Waymark.Assessment.CareActAssessment;
using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;

namespace Waymark.Tests.Support;

/// <summary>Care Act assessments from the list to the decision.</summary>
public static partial class Given
{
    /// <summary>A short assessment that was carried out. Two outcomes cannot be achieved, so needs are eligible.</summary>
    public static CareActAssessmentForm AssessmentForm(DateOnly started) => new()
    {
        Result = AssessmentResult.CarriedOut,
        StartedDate = started,
        WhoTookPart = WhoTookPart.ServiceUserAndCarer,
        WhatMatters = "Staying in her own home with her dog",
        DesiredOutcomes = "To cook for herself again",
        HasDifficulty = false,
        Capacity = CapacityFinding.NotDoubted,
        FromImpairment = true,
        Impairment = "Arthritis",
        SupportReason = PrimarySupportReason.PersonalCare,
        Fluctuates = false,
        Nutrition = Ability.Cannot,
        NutritionDetail = "Cannot lift a pan",
        Hygiene = Ability.Pain,
        HygieneDetail = "In and out of the bath",
        Toilet = Ability.Can,
        Clothing = Ability.Can,
        HomeSafety = Ability.Can,
        HabitableHome = Ability.Can,
        Relationships = Ability.Can,
        Work = Ability.DoesNotArise,
        Community = Ability.Can,
        Children = Ability.DoesNotArise,
        HasImpact = true,
        Wellbeing = [WellbeingArea.Health],
        Reasons = "She cannot feed or wash herself, and her health suffers",
        HasCarer = false,
        AffectsChild = false,
        Residence = OrdinaryResidence.ThisCouncil,
        HasAftercare = false,
        Checklist = HealthcareChecklist.NotIndicated,
        NextSteps = [NextStep.Plan],
        Advice = "Leaflet, 30 July, large print",
    };

    /// <summary>An assessment on the list since its referral.</summary>
    public static Task<Episode> WaitsForAssessmentAsync(this TestSite site, Person person, DateOnly? received = null) => site.OpensAsync(new NewEpisode
    {
        PathwayKey = CareActAssessmentPathway.PathwayKey,
        PersonId = person.Id,
        ReceivedOn = received is { } day ? day.ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc) : null,
    });

    public static async Task AllocatedAsync(this TestSite site, Guid episodeId, Guid workerId)
    {
        var seen = await site.SeenAsync(episodeId);
        await site.DoAsync((AllocateEpisode allocate) => allocate.RunAsync(seen, workerId));
    }

    /// <summary>Fills in the open stage's form and completes it.</summary>
    public static async Task<CompletedForm> FillsInAsync(this TestSite site, Action<Viewer> worker, Guid episodeId, Form form)
    {
        var definition = FormDefinition.Of(form.GetType());
        var draft = await site.DraftAsync(definition.Key, new DraftSubject { EpisodeId = episodeId, VisitId = await site.VisitAsync(episodeId) }, worker);
        await site.TypesAsync(worker, draft, [.. FormBinder.Unbind(form).All.Select(a => (a.Key.Field, a.Value))]);
        return await site.CompletesAsync(worker, draft, definition.Version);
    }

    /// <summary>Approves what waits for approval on the episode.</summary>
    public static async Task<StageCompleted> ApprovesAsync(this TestSite site, Action<Viewer> manager, Guid episodeId, bool approve = true, string? words = null)
    {
        var approval = await site.InDbAsync(db => db.Approvals.Where(a => a.EpisodeId == episodeId && a.DecidedOn == null).Select(a => a.Id).SingleAsync());
        return await site.DoAsync((DecideApproval decide) => decide.RunAsync(approval, approve, words), manager);
    }
}
