using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;

namespace Waymark.Liberty.Dols.LookAgain;

/// <summary>An application open, or an authorisation in force, that began under the law as it was before 2 June 2026.</summary>
public sealed record ToLookAt(Guid EpisodeId, string Reference, string Name, string Authority, DateOnly Since, DateOnly? Until)
{
    public bool IsLive => Until is not null;
}

/// <summary>Which applications and authorisations to look at again since the law changed. Before that day there are none.</summary>
[Scoped]
public sealed class LookAgainReader(WaymarkDb db, RecordAccess access, CareClock clock)
{
    public bool HasChanged => clock.Today >= DeprivationTest.Changed;

    public async Task<ShownRows<ToLookAt>> ReadAsync()
    {
        if (!HasChanged)
        {
            return new ShownRows<ToLookAt>([], 0, 0);
        }

        var today = clock.Today;
        var open = DolsPathway.OpenStages;
        var changed = DeprivationTest.Changed;
        var rows = from made in db.Set<DolsCase>().AsNoTracking()
                   where made.LookedAgainDate == null && made.ReceivedDate < changed
                   join episode in db.Episodes.AsNoTracking() on made.EpisodeId equals episode.Id
                   where episode.ClosedDate == null
                   where open.Contains(episode.StageKey)
                       || (episode.StageKey == DolsPathway.Live && made.CompletedDate < changed && made.AuthorisedUntilDate >= today)
                   select new Row { Episode = episode, Case = made };
        var shown = await access.RowsForAsync(rows, r => r.Episode.PersonId, r => r.Episode.Id, r => r.OrderBy(x => x.Case.AuthorisedUntilDate == null ? 0 : 1).ThenBy(x => x.Case.ReceivedDate).Take(500));
        return new ShownRows<ToLookAt>(
            [.. shown.Rows.Select(r => new ToLookAt(r.Episode.Id, r.Episode.Reference, $"{r.Case.GivenName} {r.Case.FamilyName}", r.Case.AuthorityName, r.Case.ReceivedDate, r.Case.AuthorisedUntilDate))], shown.Visible, shown.Restricted);
    }

    private sealed class Row
    {
        public required Episode Episode { get; init; }
        public required DolsCase Case { get; init; }
    }
}

/// <summary>Records that one was looked at under the law that holds now, and what came of it.</summary>
[Scoped]
public sealed class LookedAgain(WaymarkDb db, CareClock clock, EpisodeDesk desk, Auditor audit)
{
    public async Task RunAsync(Guid episodeId, string? outcome)
    {
        if (clock.Today < DeprivationTest.Changed)
        {
            throw new RefusedException("The law changes on 2 June 2026; there is nothing to look at again before.");
        }

        if (string.IsNullOrWhiteSpace(outcome))
        {
            throw new RefusedException("Say what came of it: it goes on and why, a review is asked for, or there is no deprivation of liberty.", "Outcome");
        }

        var taken = await desk.TakeAsync(episodeId, permission: LibertyCan.Work);
        var made = await db.Set<DolsCase>().SingleAsync(c => c.EpisodeId == episodeId);
        (made.LookedAgainDate, made.LookedAgainOutcome) = (clock.Today, outcome.Trim());
        audit.Record("look-again", taken.Episode, null, taken.Episode.PersonId);
        await desk.SaveAsync(taken.Episode);
    }
}
