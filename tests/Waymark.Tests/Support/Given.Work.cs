using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;

namespace Waymark.Tests.Support;

/// <summary>Teams with duties, people to work for, episodes and what is done to them.</summary>
public static partial class Given
{
    private static int lastPerson;

    public static Task<Team> TeamAsync(this TestSite site, string name, string? dutyKey = null, string wards = "") => site.InDbAsync(async db =>
    {
        var team = new Team { Key = name.ToLowerInvariant().Replace(' ', '-'), Name = name };
        db.Teams.Add(team);
        if (dutyKey is not null)
        {
            db.TeamDuties.Add(new TeamDuty { TeamId = team.Id, DutyKey = dutyKey, Wards = wards, FromDate = new DateOnly(2018, 1, 1) });
        }

        await db.SaveChangesAsync();
        return team;
    });

    public static Task<Person> SomeoneAsync(this TestSite site, string given = "Amal", string family = "Okafor", string? ward = null, DateOnly? born = null, DateOnly? died = null) =>
        site.InDbAsync(async db =>
        {
            var person = new Person
            {
                Reference = $"P-{Interlocked.Increment(ref lastPerson):000000}T",
                GivenName = given,
                FamilyName = family,
                SortKey = $"{family} {given}".ToLowerInvariant(),
                Ward = ward,
                BirthDate = born,
                DeathDate = died,
            };
            db.People.Add(person);
            await db.SaveChangesAsync();
            return person;
        });

    /// <summary>Opens an episode, received now unless said.</summary>
    public static Task<Episode> OpensAsync(this TestSite site, NewEpisode request, Action<Viewer>? @as = null) =>
        site.InScopeAsync(s => s.GetRequiredService<OpenEpisode>().RunAsync(request), @as);

    public static Task<Episode> EpisodeAsync(this TestSite site, Guid id) => site.InDbAsync(db => db.Episodes.AsNoTracking().SingleAsync(e => e.Id == id));

    /// <summary>The episode as a page would show it now.</summary>
    public static async Task<SeenEpisode> SeenAsync(this TestSite site, Guid id) => new(id, (await site.EpisodeAsync(id)).Version);

    /// <summary>Spans that stand, in order.</summary>
    public static Task<List<StageSpan>> SpansAsync(this TestSite site, Guid episodeId) => site.InDbAsync(db =>
        db.StageSpans.AsNoTracking().Where(s => s.EpisodeId == episodeId && s.SupersededOn == null).OrderBy(s => s.FromOn).ThenBy(s => s.Id).ToListAsync());

    public static Task<Dictionary<string, EpisodeClock>> ClocksAsync(this TestSite site, Guid episodeId) => site.InDbAsync(db =>
        db.EpisodeClocks.AsNoTracking().Where(c => c.EpisodeId == episodeId).ToDictionaryAsync(c => c.ClockKey));

    /// <summary>Runs a use case, as the system or as someone.</summary>
    public static Task DoAsync<T>(this TestSite site, Func<T, Task> act, Action<Viewer>? @as = null) where T : notnull => site.InScopeAsync(s => act(s.GetRequiredService<T>()), @as);

    public static Task<TResult> DoAsync<T, TResult>(this TestSite site, Func<T, Task<TResult>> act, Action<Viewer>? @as = null) where T : notnull =>
        site.InScopeAsync(s => act(s.GetRequiredService<T>()), @as);

    public static async Task<Guid> VisitAsync(this TestSite site, Guid episodeId) => (await site.SpansAsync(episodeId)).Single(s => s.ToOn is null).VisitId;

    /// <summary>Completes the open stage by an exit.</summary>
    public static async Task<StageCompleted> LeavesAsync(this TestSite site, Guid episodeId, string exit, Action<Viewer>? @as = null, string? reason = null, Guid? visit = null, Guid? revision = null)
    {
        var visitId = visit ?? await site.VisitAsync(episodeId);
        return await site.InScopeAsync(s => s.GetRequiredService<CompleteStage>().RunAsync(new StageCompletion
        {
            EpisodeId = episodeId,
            VisitId = visitId,
            ExitKey = exit,
            ExitReason = reason,
            RevisionId = revision,
        }), @as);
    }

    /// <summary>The id of whoever this acts as.</summary>
    public static Guid IdOf(Action<Viewer> worker)
    {
        var viewer = new Viewer();
        worker(viewer);
        return viewer.UserId;
    }
}
