using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;

namespace Waymark.Liberty.Dols;

public sealed record EndingAuthorisation(string Reference, string Name, string Authority, DateOnly Until);

/// <summary>Where the safeguards stand: what waits, how long it takes, what ends soon, what the nation asks.</summary>
[Requires(LibertyCan.Work)]
public sealed class OverviewPage(WaymarkDb db, RecordAccess access, Catalogue catalogue, MeasureSheet sheet, CouncilPolicy policy, CareClock clock) : PageModel
{
    private const int MostShown = 50;
    private static readonly string[] Keys = ["dols-waiting-items", "dols-allocated-items", "dols-longest-wait", "dols-median-wait", "dols-live", "dols-received", "dols-completed", "dols-completed-rate", "dols-days-mean", "dols-days-median", "dols-days-longest", "dols-within-21-days"];

    public DateOnly Today => clock.Today;
    public int ThisYear => Today.AddMonths(-3).Year;
    public int Within => (int)policy.NumberAt("dols.renew-within", Today);
    public IReadOnlyList<(string Key, string Title, string Text)> Figures { get; private set; } = [];
    public IReadOnlyList<EndingAuthorisation> Ending { get; private set; } = [];
    public int EndingInAll { get; private set; }

    public async Task OnGetAsync()
    {
        List<Measure> measures = [.. Keys.Select(k => catalogue.Measures[k])];
        var values = await sheet.ReadAsync(measures, Today);
        Figures = [.. measures.Zip(values, (m, v) => (m.Key, m.Title, m.Fold == Fold.RatePer100000 && v.OfText is { } of ? $"{v.Text} ({of})" : v.Text))];
        var (today, last) = (Today, Today.AddDays(Within));
        var ending = from made in db.Set<DolsCase>().AsNoTracking()
                     where made.AuthorisationEndedDate == null && made.AuthorisedUntilDate >= today && made.AuthorisedUntilDate <= last
                        && !db.Set<DolsCase>().Any(c => c.PersonId == made.PersonId && c.CompletedDate == null && c.Status == null && c.ReceivedDate > made.ReceivedDate)
                     join episode in access.Visible(db.Episodes.AsNoTracking()) on made.EpisodeId equals episode.Id
                     select new { episode.Reference, made.GivenName, made.FamilyName, made.AuthorityName, Until = made.AuthorisedUntilDate!.Value };
        EndingInAll = await ending.CountAsync();
        Ending = [.. (await ending.OrderBy(e => e.Until).ThenBy(e => e.Reference).Take(MostShown).ToListAsync()).Select(e => new EndingAuthorisation(e.Reference, $"{e.GivenName} {e.FamilyName}", e.AuthorityName, e.Until))];
    }
}
