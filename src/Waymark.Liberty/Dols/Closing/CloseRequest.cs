using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Jobs;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Microsoft.Extensions.DependencyInjection;

namespace Waymark.Liberty.Dols.Closing;

/// <summary>Closes an application that is not decided: the person died, was discharged or moved, or it is withdrawn. Open assessments stop.</summary>
[Scoped]
public sealed class CloseRequest(CareClock clock, EpisodeDesk desk, TakeExit takeExit, Auditor audit)
{
    public async Task RunAsync(SeenEpisode seen, string? exitKey, string? reason)
    {
        var taken = await desk.TakeAsync(seen.Id, seen.Version, LibertyCan.Work);
        if (!DolsPathway.OpenStages.Contains(taken.Stage.Key))
        {
            throw new RefusedException("It is decided. Record there that the authorisation has ended.");
        }

        var exit = taken.Stage.AllExits.FirstOrDefault(e => e.Key == exitKey && e.LeavesTasks && e.Closes) ?? throw new RefusedException("Choose why it is closed.", "ExitKey");
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RefusedException("Say what is known, in a line.", "Reason");
        }

        await takeExit.ApplyAsync(taken, exit, reason.Trim(), clock.Now, default, null, null);
        audit.Record("close-dols-request", taken.Episode, new { exit = exit.Key }, taken.Episode.PersonId);
        await desk.SaveAsync(taken.Episode);
    }
}

/// <summary>Extends an urgent authorisation, once, by up to 7 more days, where the reasons are exceptional (Schedule A1, paragraph 84).</summary>
[Scoped]
public sealed class ExtendUrgent(WaymarkDb db, EpisodeDesk desk, Auditor audit)
{
    public async Task RunAsync(SeenEpisode seen, int? days, string? reason)
    {
        var taken = await desk.TakeAsync(seen.Id, seen.Version, LibertyCan.Work);
        var made = await db.Set<DolsCase>().SingleAsync(c => c.EpisodeId == seen.Id);
        var running = db.EpisodeClocks.Local.FirstOrDefault(c => c.EpisodeId == seen.Id && c.ClockKey == DolsPathway.UrgentClock && c.StoppedOn is null)
            ?? throw new RefusedException("There is no urgent authorisation in force to extend.");
        if (made.UrgentExtendedDays > 0)
        {
            throw new RefusedException("It was extended already, and can be only once.");
        }

        if (days is not (>= 1 and <= 7))
        {
            throw new RefusedException("Give 1 to 7 days.", "Days");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RefusedException("Say what is exceptional.", "Reason");
        }

        (made.UrgentExtendedDays, made.UrgentExtensionReason) = (days.Value, reason.Trim());
        made.UrgentUntilDate = made.UrgentUntilDate!.Value.AddDays(days.Value);
        (running.DueDate, running.DueOn) = (made.UrgentUntilDate, WorkingCalendar.EndOf(made.UrgentUntilDate.Value));
        running.Limit = $"{running.Limit}, extended by {Kernel.Ui.Format.Days(days.Value)}";
        audit.Record("extend-urgent", taken.Episode, new { days }, taken.Episode.PersonId);
        await desk.SaveAsync(taken.Episode);
    }
}

/// <summary>Closes the episode of an authorisation that has ended by something other than its own form: a review, its last day.</summary>
[Scoped]
public sealed class EndAuthorisation(EpisodeDesk desk, TakeExit takeExit)
{
    /// <summary>In the caller's unit of work.</summary>
    public async Task AddAsync(Guid episodeId, string exitKey, string? reason, DateTime on)
    {
        var taken = await desk.TakeAsync(episodeId);
        await takeExit.ApplyAsync(taken, taken.Stage.ExitAt(exitKey), reason, on, default, null, null);
    }
}

/// <summary>Every hour: authorisations whose last day has passed have ended.</summary>
public sealed class EndExpiredAuthorisations : Job
{
    public override string Name => "end-expired-authorisations";
    public override TimeSpan Every => TimeSpan.FromHours(1);

    public override async Task RunAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var (db, clock, end, audit) = (services.GetRequiredService<WaymarkDb>(), services.GetRequiredService<CareClock>(), services.GetRequiredService<EndAuthorisation>(), services.GetRequiredService<Auditor>());
        var today = clock.Today;
        foreach (var made in await db.Set<DolsCase>().Where(c => c.AuthorisedUntilDate < today && c.AuthorisationEndedDate == null).OrderBy(c => c.Id).Take(200).ToListAsync(cancellation))
        {
            // The first day on which it no longer holds.
            (made.AuthorisationEndedDate, made.EndReason) = (made.AuthorisedUntilDate!.Value.AddDays(1), EndReason.Expired);
            await end.AddAsync(made.EpisodeId, "ended", null, clock.Now);
            audit.Record("expire-authorisation", made, null, made.PersonId);
            await db.SaveChangesAsync(cancellation);
        }
    }
}
