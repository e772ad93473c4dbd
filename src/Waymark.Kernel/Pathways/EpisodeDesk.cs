using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways;

/// <summary>
/// Takes episodes out for an act and saves what the act did. Here stand the refusals that every act shares: not there or not to be seen, closed already, changed by
/// someone else since the page was opened.
/// </summary>
[Scoped]
public sealed class EpisodeDesk(WaymarkDb db, Viewer viewer, RecordAccess access, Catalogue catalogue, ClockKeeper clocks)
{
    /// <param name="version">The version the page showed; null where the act does not depend on what was seen.</param>
    /// <param name="permission">Needed for the whole council or for the team that has the episode; null where the act asks itself.</param>
    /// <exception cref="RefusedException">One of the shared refusals.</exception>
    public async Task<TakenEpisode> TakeAsync(Guid episodeId, int? version = null, string? permission = null)
    {
        var taken = await TakeAnyAsync(episodeId);
        Check(taken, permission);
        await CheckOpenAsync(taken);
        await CheckVersionAsync(taken.Episode, version);
        return taken;
    }

    /// <summary>One that may be seen, open or closed, whatever its version.</summary>
    public async Task<TakenEpisode> TakeAnyAsync(Guid episodeId)
    {
        if ((await TakeManyAsync([episodeId])).SingleOrDefault() is { } taken)
        {
            return taken;
        }

        (await access.SightOfEpisodeAsync(episodeId)).Demand();
        throw new RefusedException("There is no such item of work. Go back to the list and choose again.");
    }

    /// <summary>Refuses a user who holds the permission neither for the council nor for the team that has the episode.</summary>
    public void Check(TakenEpisode taken, string? permission)
    {
        if (permission is not null && !viewer.MayFor(taken.Episode.TeamId, permission))
        {
            throw new RefusedException($"You may not do this to {taken.Episode.Reference}: it is with a team for which you do not hold the permission. Ask the manager of that team.");
        }
    }

    /// <summary>Those that exist and may be seen, open or closed, with their open spans and running clocks, in three statements.</summary>
    public async Task<IReadOnlyList<TakenEpisode>> TakeManyAsync(IReadOnlyCollection<Guid> episodeIds)
    {
        var episodes = await access.Visible(db.Episodes).Where(e => episodeIds.Contains(e.Id)).ToListAsync();
        var spans = await db.StageSpans.Where(s => episodeIds.Contains(s.EpisodeId) && s.ToOn == null && s.SupersededOn == null).ToDictionaryAsync(s => s.EpisodeId);
        await clocks.LoadAsync(episodeIds);
        return [.. episodes.Select(e => new TakenEpisode(e, catalogue.Pathway(e.PathwayKey), spans.GetValueOrDefault(e.Id)))];
    }

    public async Task CheckOpenAsync(TakenEpisode taken)
    {
        if (taken.Span is not null)
        {
            return;
        }

        var episode = taken.Episode;
        throw new RefusedException(
            $"{episode.Reference} was closed{await ByAsync(episode.Id, null)} on {Format.DateTime(episode.ClosedOn ?? default)}: {Departures.Title(episode.Departure ?? "closed")}. Re-open it if there is more to do.");
    }

    public async Task CheckVersionAsync(Episode episode, int? version)
    {
        if (version is { } seen && seen != episode.Version)
        {
            throw new RefusedException(await StaleWordsAsync(episode.Id, episode.Reference));
        }
    }

    /// <summary>" by Name", of whoever ended a visit (or the last one).</summary>
    public async Task<string> ByAsync(Guid episodeId, Guid? visitId)
    {
        var name = await (
            from span in db.StageSpans
            where span.EpisodeId == episodeId && span.ToOn != null && span.EndReason != null && span.SupersededOn == null && (visitId == null || span.VisitId == visitId)
            join user in db.Users on span.EndedById equals user.Id
            orderby span.ToOn descending, span.Id descending
            select user.DisplayName).FirstOrDefaultAsync();
        return name is null ? "" : $" by {name}";
    }

    /// <summary>Saves the act; an episode that someone else changed in between is refused in words and nothing of the act is kept.</summary>
    public async Task SaveAsync(params IEnumerable<Episode> touched)
    {
        foreach (var episode in touched)
        {
            // Even an act that leaves the row as it was counts as a change, so that two acts at one time never both pass.
            db.Entry(episode).Property(e => e.StageKey).IsModified = true;
        }

        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException stale)
        {
            var episode = stale.Entries.Select(e => e.Entity).OfType<Episode>().FirstOrDefault();
            db.ChangeTracker.Clear();
            throw new RefusedException(episode is null ? PageModelExtensions.SavedByAnother : await StaleWordsAsync(episode.Id, episode.Reference));
        }
    }

    private async Task<string> StaleWordsAsync(Guid id, string reference)
    {
        var subject = id.ToString();
        var last = await (
            from entry in db.Audit
            where entry.SubjectKind == nameof(Episode) && entry.SubjectId == subject
            join user in db.Users on entry.UserId equals user.Id into users
            from user in users.DefaultIfEmpty()
            orderby entry.Id descending
            select new { entry.Act, Name = user == null ? null : user.DisplayName }).FirstOrDefaultAsync();
        var who = last is null ? "by someone else" : $"by {last.Name ?? "Waymark"} ({last.Act.Replace('-', ' ')})";
        return $"{reference} was changed {who} while you had it open, so this was not done. Nothing else is lost: look at it as it is now, then try again.";
    }
}

/// <summary>An episode in an act's hand.</summary>
/// <param name="Span">The open span; null when the episode is closed.</param>
public sealed record TakenEpisode(Episode Episode, Pathway Pathway, StageSpan? Span)
{
    public StageSpan Open => Span ?? throw new InvalidOperationException("The episode is closed.");
    public Stage Stage => Pathway.StageAt(Episode.StageKey);
}
