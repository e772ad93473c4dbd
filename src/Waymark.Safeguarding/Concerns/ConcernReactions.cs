using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;
using Waymark.Safeguarding.Enquiries;

namespace Waymark.Safeguarding.Concerns;

/// <summary>What a concern's forms leave behind as it moves, in the same transaction: the screen, the limbs and the decision on its record, the link to the enquiry it joins.</summary>
internal static class ConcernReactions
{
    public static EpisodeReaction Reaction { get; } = new(ConcernPathway.PathwayKey, AfterAsync, BeforeAsync);

    /// <summary>Before the exit: what the enquiry that is opened takes along, and whether the one to be joined is there.</summary>
    private static async Task BeforeAsync(IServiceProvider services, TakenEpisode taken, StageCompletion completion)
    {
        var db = services.GetRequiredService<WaymarkDb>();
        switch (completion.Form)
        {
            case EmergencyScreenForm screen:
                var screened = await RecordAsync(db, taken.Episode.Id);
                (screened.NeedsEmergencyAction, screened.ScreenedOn, screened.ScreenedById) =
                    (screen.NeedsEmergencyAction, services.GetRequiredService<CareClock>().Now, services.GetRequiredService<Viewer>().UserId);
                break;
            case TriageForm triage:
                await TriagedAsync(services, db, taken.Episode, triage);
                break;
        }
    }

    private static async Task TriagedAsync(IServiceProvider services, WaymarkDb db, Episode episode, TriageForm form)
    {
        var record = await RecordAsync(db, episode.Id);
        (record.HasNeeds, record.AtRisk, record.CannotProtect) = (form.HasNeeds, form.AtRisk, form.CannotProtect);
        (record.OutcomesAsked, record.Capacity, record.InThisArea) = (form.OutcomesAsked ?? record.OutcomesAsked, form.Capacity ?? record.Capacity, form.InThisArea ?? record.InThisArea);
        (record.Location, record.RiskSource) = (form.Location ?? record.Location, form.RiskSource ?? record.RiskSource);
        record.IsOrganisational = form.IsOrganisational ?? record.IsOrganisational;
        (record.Quality, record.QualityWords) = (form.Quality, form.QualityWords);
        record.Enquirer = form.Enquirer;
        if (form.Abuse is { Count: > 0 } types)
        {
            db.RemoveRange(await db.Set<SafeguardingRisk>().Where(r => r.EpisodeId == episode.Id).ToListAsync());
            db.AddRange(types.Select(type => new SafeguardingRisk { EpisodeId = episode.Id, Type = type, Source = record.RiskSource, Location = record.Location }));
        }

        if (form is { Outcome: TriageOutcome.Joins, IsUndecided: false })
        {
            await JoinAsync(services, db, episode, form.JoinsReference!);
        }
    }

    private static async Task AfterAsync(IServiceProvider services, StageChange change)
    {
        if (change is not { HasClosed: true, Exit: { } exit, Form: TriageForm form })
        {
            return;
        }

        var db = services.GetRequiredService<WaymarkDb>();
        var record = await RecordAsync(db, change.Episode.Id);
        (record.Outcome, record.DecidedOn, record.DecidedDate) = (exit.Key, change.On, CareClock.LondonDate(change.On));
        record.DecidedById = services.GetRequiredService<Viewer>().UserId;
        record.ImmediateProtection = form.ImmediateProtection ?? form.InterimProtection ?? record.ImmediateProtection;
        record.FeedbackDate = form.FeedbackDate;
        var id = change.Episode.Id;
        record.HadEnquiryWork = await services.GetRequiredService<EarlyWork>().On(db.Episodes.Where(e => e.Id == id)).AnyAsync();
        if (change.Opened is { } opened)
        {
            await EnquiryReactions.StartedAsync(services, opened, record, form);
        }
    }

    private static async Task JoinAsync(IServiceProvider services, WaymarkDb db, Episode episode, string reference)
    {
        var access = services.GetRequiredService<RecordAccess>();
        var wanted = reference.Trim().ToUpperInvariant();
        var enquiry = await access.Visible(db.Episodes).FirstOrDefaultAsync(e => e.Reference == wanted && e.PathwayKey == EnquiryPathway.PathwayKey && e.ClosedOn == null)
            ?? throw new RefusedException($"There is no open enquiry {wanted} that you may see. Check the reference, or choose a new enquiry.", "JoinsReference");
        db.EpisodeLinks.Add(new EpisodeLink { FromEpisodeId = episode.Id, ToEpisodeId = enquiry.Id, Kind = OpenEpisode.OpenedLink });
        if (episode.PersonId is { } person && person != enquiry.PersonId
            && !await db.EpisodeParties.AnyAsync(p => p.EpisodeId == enquiry.Id && p.PersonId == person && p.Role == EnquiryPathway.AdultRole))
        {
            // One enquiry about many adults: each stands in it by name.
            db.EpisodeParties.Add(new EpisodeParty { EpisodeId = enquiry.Id, PersonId = person, Role = EnquiryPathway.AdultRole });
        }
    }

    private static async Task<ConcernRecord> RecordAsync(WaymarkDb db, Guid episodeId) =>
        db.Set<ConcernRecord>().Local.FirstOrDefault(c => c.EpisodeId == episodeId) ?? await db.Set<ConcernRecord>().SingleAsync(c => c.EpisodeId == episodeId);
}
