using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;
using Waymark.Liberty.Dols.Assessors;

namespace Waymark.Liberty.Dols;

/// <summary>What the episode page shows of an application beside its stage.</summary>
public sealed record DolsPanelView
{
    public required Episode Episode { get; init; }
    public required DolsCase Case { get; init; }
    public required DolsPriority? Priority { get; init; }
    public required IReadOnlyDictionary<string, string> Appointed { get; init; }
    public required IReadOnlyList<DolsAssessment> Found { get; init; }
    public required bool MayWork { get; init; }
    public required DeprivationTest Test { get; init; }
    public required bool ReceiptIsDayOne { get; init; }
    public required bool GivingIsDayOne { get; init; }

    /// <summary>The small pages that make sense now.</summary>
    public IEnumerable<(string Url, string Title)> Acts
    {
        get
        {
            var at = $"/dols/{Episode.Reference}";
            if (Episode.ClosedDate is null && Episode.StageKey == DolsPathway.Check)
            {
                yield return ($"{at}/person", Episode.PersonId is null ? "Find or add the person" : "Say that it is somebody else");
                yield return ($"{at}/priority", "Set the priority");
            }

            if (Episode.ClosedDate is null && Episode.StageKey is DolsPathway.Allocate or DolsPathway.Assess)
            {
                yield return ($"{at}/assessors", "Appoint assessors");
            }

            yield return ($"{at}/safeguards", "Safeguards: conditions, representative, advocate, suspension, review");
            if (Episode.ClosedDate is null && Case is { Status: null, UrgentUntilDate: not null, UrgentExtendedDays: 0 })
            {
                yield return ($"{at}/urgent", "Extend the urgent authorisation");
            }

            if (Episode.ClosedDate is null && Case.Status is null)
            {
                yield return ($"{at}/close", "Close without a decision");
            }
        }
    }
}

public sealed class DolsPanel(WaymarkDb db, Viewer viewer, CareClock clock, CouncilPolicy policy) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid episodeId)
    {
        var episode = await db.Episodes.AsNoTracking().SingleAsync(e => e.Id == episodeId);
        if (await db.Set<DolsCase>().AsNoTracking().FirstOrDefaultAsync(c => c.EpisodeId == episodeId) is not { } made)
        {
            // An item of an extract: it has an episode and no application.
            return Content("");
        }

        return View("/Dols/DolsPanel.cshtml", new DolsPanelView
        {
            Episode = episode,
            Case = made,
            Priority = await db.Set<DolsPriority>().AsNoTracking().Where(p => p.EpisodeId == episodeId).OrderByDescending(p => p.SetOn).FirstOrDefaultAsync(),
            Appointed = await (
                from a in db.Set<DolsAppointment>()
                where a.EpisodeId == episodeId && a.EndedOn == null
                join who in db.Set<DolsAssessor>() on a.AssessorId equals who.Id
                select new { a.Kind, who.Name }).ToDictionaryAsync(a => a.Kind, a => a.Name),
            Found = await db.Set<DolsAssessment>().AsNoTracking().Where(a => a.EpisodeId == episodeId).OrderBy(a => a.Id).ToListAsync(),
            MayWork = viewer.MayFor(episode.TeamId, LibertyCan.Work),
            Test = DeprivationTest.On(clock.Today),
            ReceiptIsDayOne = policy.NumberAt(DolsPathway.ReceiptIsDayOne, episode.ReceivedDate) != 0,
            GivingIsDayOne = policy.NumberAt(DolsPathway.GivingIsDayOne, episode.ReceivedDate) != 0,
        });
    }
}
