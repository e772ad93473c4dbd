using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Ui;

namespace Waymark.Liberty.Dols.Safeguards;

/// <summary>The safeguards of one application while it runs: conditions followed up, representative, advocate, suspension, a challenge in court.</summary>
[Scoped]
public sealed class KeepSafeguards(WaymarkDb db, CareClock clock, EpisodeDesk desk, Auditor audit)
{
    public async Task FollowUpAsync(Guid episodeId, Guid conditionId, bool? isMet, string? found)
    {
        var taken = await TakeAsync(episodeId);
        var condition = await db.Set<DolsCondition>().FirstOrDefaultAsync(c => c.Id == conditionId && c.EpisodeId == episodeId) ?? throw new RefusedException("There is no such condition.");
        (condition.IsMet, condition.Found) = (isMet ?? throw new RefusedException("Say whether the condition is met.", "IsMet"), Needed(found, "Say what you found.", "Found"));
        condition.CheckedDate = clock.Today;
        await SaveAsync("follow-up-condition", taken, new { condition = conditionId, isMet });
    }

    /// <summary>Appoints a representative; the one before ends (form 8).</summary>
    public async Task AppointRepresentativeAsync(Guid episodeId, string? name, bool isPaid, string? reason)
    {
        var taken = await TakeAsync(episodeId);
        var who = Needed(name, "Give the name and relation of the representative.", "Name");
        foreach (var before in await db.Set<DolsRepresentative>().Where(r => r.EpisodeId == episodeId && r.EndedDate == null).ToListAsync())
        {
            (before.EndedDate, before.EndedReason) = (clock.Today, Needed(reason, "Say why the representative before ends; they are told (form 8).", "Reason"));
        }

        db.Add(new DolsRepresentative { EpisodeId = episodeId, Name = who, IsPaid = isPaid, FromDate = clock.Today });
        await SaveAsync("appoint-representative", taken, new { isPaid });
    }

    public async Task ReferAdvocateAsync(Guid episodeId, AdvocateSection? section, string? name)
    {
        var taken = await TakeAsync(episodeId);
        db.Add(new DolsAdvocate { EpisodeId = episodeId, Section = section ?? throw new RefusedException("Choose the section.", "Section"), ReferredDate = clock.Today, Name = string.IsNullOrWhiteSpace(name) ? null : name.Trim() });
        await SaveAsync("refer-advocate", taken, new { section });
    }

    /// <summary>Form 7. Longer than 28 days and the authorisation ends; the page says so.</summary>
    public async Task SuspendAsync(Guid episodeId, string? reason)
    {
        var taken = await TakeAsync(episodeId, DolsPathway.Live);
        if (await db.Set<DolsSuspension>().AnyAsync(s => s.EpisodeId == episodeId && s.ToDate == null))
        {
            throw new RefusedException("It is suspended already.");
        }

        db.Add(new DolsSuspension { EpisodeId = episodeId, FromDate = clock.Today, Reason = Needed(reason, "Say why the person is not eligible for now.", "Reason") });
        await SaveAsync("suspend-authorisation", taken);
    }

    public async Task LiftAsync(Guid episodeId)
    {
        var taken = await TakeAsync(episodeId, DolsPathway.Live);
        var suspension = await db.Set<DolsSuspension>().FirstOrDefaultAsync(s => s.EpisodeId == episodeId && s.ToDate == null) ?? throw new RefusedException("It is not suspended.");
        if (clock.Today.DayNumber - suspension.FromDate.DayNumber >= DolsSuspension.MostDays)
        {
            throw new RefusedException($"It was suspended on {Format.Date(suspension.FromDate)}; after {DolsSuspension.MostDays} days the authorisation has ended by law. Record that it ended, and ask for a new one.");
        }

        suspension.ToDate = clock.Today;
        await SaveAsync("lift-suspension", taken);
    }

    public async Task ChallengedAsync(Guid episodeId)
    {
        var taken = await TakeAsync(episodeId);
        var made = await db.Set<DolsCase>().SingleAsync(c => c.EpisodeId == episodeId);
        made.ChallengedDate ??= clock.Today;
        await SaveAsync("record-challenge", taken);
    }

    private async Task<TakenEpisode> TakeAsync(Guid episodeId, string? stage = null)
    {
        var taken = await desk.TakeAsync(episodeId, permission: LibertyCan.Work);
        return stage is null || taken.Stage.Key == stage ? taken : throw new RefusedException("There is no authorisation in force.");
    }

    private Task SaveAsync(string act, TakenEpisode taken, object? detail = null)
    {
        audit.Record(act, taken.Episode, detail, taken.Episode.PersonId);
        return desk.SaveAsync(taken.Episode);
    }

    private static string Needed(string? text, string message, string field) => string.IsNullOrWhiteSpace(text) ? throw new RefusedException(message, field) : text.Trim();
}
