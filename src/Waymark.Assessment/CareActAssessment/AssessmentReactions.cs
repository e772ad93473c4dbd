using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Ui;

namespace Waymark.Assessment.CareActAssessment;

/// <summary>What an assessment leaves behind when it closes, in the same transaction: the national Assessment event, what it found, the person's support reason or death.</summary>
internal static class AssessmentReactions
{
    public static EpisodeReaction Reaction { get; } = new(CareActAssessmentPathway.PathwayKey, AfterAsync);

    private static async Task AfterAsync(IServiceProvider services, StageChange change)
    {
        if (change is not { HasClosed: true, Form: CareActAssessmentForm form, Episode.PersonId: { } personId })
        {
            return;
        }

        var db = services.GetRequiredService<WaymarkDb>();
        var person = await db.People.SingleAsync(p => p.Id == personId);
        if (form.Result == AssessmentResult.Died)
        {
            person.DeathDate ??= form.DeathDate;
        }

        if (form.Result != AssessmentResult.CarriedOut)
        {
            return;
        }

        person.SupportReason = Choices.Text(form.SupportReason!.Value);
        var (started, ended) = (form.StartedDate!.Value, CareClock.LondonDate(change.On));
        db.Set<AssessmentRecord>().Add(new AssessmentRecord
        {
            EpisodeId = change.Episode.Id,
            PersonId = personId,
            RevisionId = change.RevisionId!.Value,
            StartedDate = started,
            EndedDate = ended,
            IsEligible = form.IsEligible,
            OutcomesNotAchieved = form.OutcomesNotAchieved,
            HasSubstantialDifficulty = form.HasDifficulty == true,
            Advocate = form.Advocate is { } advocate ? FormDefinition.KeyOf(advocate.ToString()) : null,
            CarerFooting = form.CarerFooting is { } carer ? FormDefinition.KeyOf(carer.ToString()) : null,
            WrittenDate = form.WrittenDate,
        });
        db.CareEvents.Add(new CareEvent
        {
            PersonId = personId,
            Kind = CareEventKind.Assessment,
            Source = "waymark",
            Reference = await ReferenceAsync(db, change.Episode),
            StartDate = started,
            EndDate = ended,
            ClientType = "Service User",
            SupportReason = person.SupportReason,
            AssessmentType = "Long Term Assessment",
            Outcome = Outcome(form),
            TeamKey = await db.Teams.Where(t => t.Id == change.Episode.TeamId).Select(t => t.Key).FirstOrDefaultAsync(),
            EpisodeId = change.Episode.Id,
        });
    }

    /// <summary>Event outcomes of Client Level Data, release 1.</summary>
    private static string Outcome(CareActAssessmentForm form) =>
        form.NextSteps!.Contains(NextStep.Reablement) ? "Progress to Reablement/ST-Max"
        : form.IsEligible || form.NextSteps!.Contains(NextStep.PowerToMeet) ? "Progress to Support Planning / Services"
        : "NFA - Information & Advice / Signposting only";

    /// <summary>The episode's own; an episode re-opened and assessed again adds which time it is.</summary>
    private static async Task<string> ReferenceAsync(WaymarkDb db, Episode episode)
    {
        var before = await db.CareEvents.CountAsync(e => e.EpisodeId == episode.Id && e.Kind == CareEventKind.Assessment);
        return before == 0 ? episode.Reference : $"{episode.Reference}/{before + 1}";
    }
}
