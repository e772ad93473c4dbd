using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Pathways;
using Waymark.Safeguarding.Concerns;

namespace Waymark.Safeguarding.Enquiries;

/// <summary>What an enquiry's forms leave behind, in the same transaction; and which team it goes to.</summary>
internal static class EnquiryReactions
{
    public static EpisodeReaction Reaction { get; } = new(EnquiryPathway.PathwayKey, AfterAsync, BeforeAsync) { RouteAsync = RouteAsync };

    /// <summary>The record of an enquiry that a concern's triage has just opened.</summary>
    public static async Task StartedAsync(IServiceProvider services, Episode enquiry, ConcernRecord concern, TriageForm triage)
    {
        var db = services.GetRequiredService<WaymarkDb>();
        db.Add(new EnquiryRecord
        {
            EpisodeId = enquiry.Id,
            IsSection42 = enquiry.Kind == EnquiryPathway.Section42Kind,
            StartedDate = concern.DecidedDate!.Value,
            InterimProtection = triage.InterimProtection,
            IsOrganisational = concern.IsOrganisational,
            CountsHere = concern.InThisArea != YesNoUnknown.No,
            Capacity = concern.Capacity,
        });
        var risks = db.Set<SafeguardingRisk>().Local.Where(r => r.EpisodeId == concern.EpisodeId && db.Entry(r).State == EntityState.Added).ToList();
        if (risks.Count == 0)
        {
            risks = await db.Set<SafeguardingRisk>().AsNoTracking().Where(r => r.EpisodeId == concern.EpisodeId).ToListAsync();
        }

        db.AddRange(risks.Select(r => new SafeguardingRisk { EpisodeId = enquiry.Id, Type = r.Type, Source = r.Source, Location = r.Location }));
    }

    /// <summary>
    /// Known to another team: that team enquires, if triage says so. The one that works with the person now; an enquiry into an organisation, and one of which nobody knows
    /// the person, goes by the duty.
    /// </summary>
    private static async Task<Guid?> RouteAsync(IServiceProvider services, Episode enquiry, Stage stage)
    {
        if (stage.Key != EnquiryPathway.Allocate || enquiry.PersonId is not { } person)
        {
            return null;
        }

        var db = services.GetRequiredService<WaymarkDb>();
        var from = db.EpisodeLinks.Local.Where(l => l.ToEpisodeId == enquiry.Id).Select(l => l.FromEpisodeId).FirstOrDefault();
        var concern = db.Set<ConcernRecord>().Local.FirstOrDefault(c => c.EpisodeId == from);
        return concern is { Enquirer: TriageEnquirer.KnownTeam, IsOrganisational: false } ? await KnownTeams.OfAsync(db, person) : null;
    }

    private static async Task BeforeAsync(IServiceProvider services, TakenEpisode taken, StageCompletion completion)
    {
        if (completion.Form is not EnquiryForm form)
        {
            return;
        }

        var db = services.GetRequiredService<WaymarkDb>();
        var id = taken.Episode.Id;
        if (form.NeedsProtectionPlan == true && !await db.FormRevisions.AnyAsync(r => r.EpisodeId == id && r.FormKey == ProtectionPlanForm.Key))
        {
            throw new RefusedException("A protection plan is needed and none is complete. Complete it under “Protection plan”, then complete the enquiry.");
        }

        if (await db.Set<CausedEnquiry>().Where(c => c.EpisodeId == id && c.ReturnedOn == null && c.WithdrawnOn == null).Select(c => c.Body).FirstOrDefaultAsync() is { } body)
        {
            throw new RefusedException($"{body} has been asked to make enquiries and has not returned them. Record what came back, or withdraw the request.");
        }
    }

    private static async Task AfterAsync(IServiceProvider services, StageChange change)
    {
        var db = services.GetRequiredService<WaymarkDb>();
        if (await RecordAsync(db, change.Episode.Id) is not { } record)
        {
            return;
        }

        if (change is { From.Key: EnquiryPathway.Enquire, To.Key: EnquiryPathway.Closing, Form: EnquiryForm form })
        {
            await FoundAsync(services, db, change.Episode.Id, record, form);
        }
        else if (change is { HasClosed: true, Form: CloseForm close })
        {
            (record.AskedAtClose, record.Achieved, record.SupportedBy) = (close.OutcomesAsked, close.Achieved, close.SupportedBy ?? record.SupportedBy);
            (record.FeedbackDate, record.ConcludedDate) = (close.FeedbackDate, CareClock.LondonDate(change.On));
        }
        else if (change is { From: null, To.Key: EnquiryPathway.Enquire })
        {
            // Opened again: it is not concluded any more.
            record.ConcludedDate = null;
        }
    }

    /// <summary>Approved: what was found becomes what is counted. The tasks beside it are read here too, as they stood when the manager approved.</summary>
    private static async Task FoundAsync(IServiceProvider services, WaymarkDb db, Guid id, EnquiryRecord record, EnquiryForm form)
    {
        (record.Ended, record.RiskAssessment, record.RiskOutcome) = (form.Ended, form.RiskAssessment, form.RiskOutcome);
        (record.HasProtectionPlan, record.ReviewConsidered) = (form.NeedsProtectionPlan, form.ConsiderReview);
        db.RemoveRange(await db.Set<SafeguardingRisk>().Where(r => r.EpisodeId == id).ToListAsync());
        db.AddRange((form.Risks ?? []).Select(r => (r.Type, r.Source, r.Location)).Distinct().Select(r => new SafeguardingRisk { EpisodeId = id, Type = r.Type!.Value, Source = r.Source, Location = r.Location }));
        if (await LastAsync<PlanningForm>(services, db, id, PlanningForm.Key) is { } plan)
        {
            (record.AskedAtPlanning, record.Capacity, record.SupportedBy) = (plan.OutcomesAsked, plan.Capacity, plan.SupportedBy);
            (record.LedBy, record.PlacedBy) = (plan.Lead == EnquiryLead.OtherCouncil ? plan.LeadCouncil : null, plan.PlacedBy);
            record.CountsHere = plan.Lead == EnquiryLead.ThisCouncil && form.Ended != EnquiryEnd.LedElsewhere;
            record.HealthConditions = string.Join(',', plan.HealthConditions ?? []);
        }

        record.LedBy = form.LedBy ?? record.LedBy;
        record.ProtectionReviewDate = (await LastAsync<ProtectionPlanForm>(services, db, id, ProtectionPlanForm.Key))?.ReviewDate;
    }

    private static async Task<TForm?> LastAsync<TForm>(IServiceProvider services, WaymarkDb db, Guid episodeId, string key)
        where TForm : Form
    {
        var revision = await db.FormRevisions.Where(r => r.EpisodeId == episodeId && r.FormKey == key).OrderByDescending(r => r.Number).Select(r => (Guid?)r.Id).FirstOrDefaultAsync();
        return revision is { } id ? await services.GetRequiredService<CompletedForms>().ReadAsync(id) as TForm : null;
    }

    private static async Task<EnquiryRecord?> RecordAsync(WaymarkDb db, Guid episodeId) =>
        db.Set<EnquiryRecord>().Local.FirstOrDefault(e => e.EpisodeId == episodeId) ?? await db.Set<EnquiryRecord>().SingleOrDefaultAsync(e => e.EpisodeId == episodeId);
}
