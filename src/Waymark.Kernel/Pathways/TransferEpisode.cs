using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Pathways;

/// <summary>
/// Hands an episode to another team, with a reason, and perhaps to a worker of it. The new team owns it from that instant: it has a named owner at every moment (AW-11).
/// The stay in the stage goes on, so the wait is not begun again.
/// </summary>
[Scoped]
public sealed class TransferEpisode(WaymarkDb db, CareClock clock, EpisodeDesk desk, SpanWriter spans, Auditor audit)
{
    /// <exception cref="RefusedException">No such team or closed; the team has it already; no reason.</exception>
    public async Task RunAsync(SeenEpisode seen, Guid teamId, string? reason, Guid? workerId = null)
    {
        var taken = await desk.TakeAsync(seen.Id, seen.Version, Can.AllocateWork);
        await ApplyAsync(taken, teamId, reason, workerId);
        await desk.SaveAsync(taken.Episode);
    }

    internal async Task ApplyAsync(TakenEpisode taken, Guid teamId, string? reason, Guid? workerId)
    {
        var words = Words.Needed(reason, "Say why it goes to another team; the team that gets it reads this.");
        var team = await db.Teams.FirstOrDefaultAsync(t => t.Id == teamId) ?? throw new RefusedException("Choose the team to transfer to.", "TeamId");
        if (team.ClosedDate <= clock.Today)
        {
            throw new RefusedException($"{team.Name} is closed. Choose another team.", "TeamId");
        }

        var episode = taken.Episode;
        if (episode.TeamId == teamId)
        {
            throw new RefusedException($"{team.Name} has {episode.Reference} already.", "TeamId");
        }

        audit.Record("transfer-episode", episode, new { before = episode.TeamId, team = teamId, worker = workerId, reason = words }, episode.PersonId);
        (episode.TeamId, episode.WorkerId) = (teamId, workerId);
        spans.Continue(episode, taken.Open, clock.Now);
    }
}

/// <summary>Transfers many to one team.</summary>
[Scoped]
public sealed class TransferMany(ManyEpisodes many, TransferEpisode transfer)
{
    public Task<ManyOutcome> RunAsync(IReadOnlyCollection<SeenEpisode> seen, Guid teamId, string? reason) => many.RunAsync(seen, Can.AllocateWork, taken => transfer.ApplyAsync(taken, teamId, reason, null));
}

internal static class Words
{
    /// <summary>What a person wrote, trimmed; refused when there is nothing.</summary>
    public static string Needed(string? text, string message, string field = "Reason") => string.IsNullOrWhiteSpace(text) ? throw new RefusedException(message, field) : text.Trim();
}
