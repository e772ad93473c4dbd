using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;

namespace Waymark.Safeguarding.Agencies;

/// <summary>Feedback to agencies on the quality of their concerns, to print or to read out; over the last twelve months unless said.</summary>
[Requires(SafeguardingCan.View)]
public sealed class AgenciesPage(AgencyReader reader, CareClock clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    public DateOnly First => From ?? Last.AddYears(-1).AddDays(1);
    public DateOnly Last => Until ?? clock.Today;
    public IReadOnlyList<AgencyFeedback> Agencies { get; private set; } = [];
    public int Total => Agencies.Sum(a => a.Concerns);

    public async Task OnGetAsync() => Agencies = await reader.ReadAsync(First, Last);

    public string Share(AgencyFeedback agency)
    {
        ArgumentNullException.ThrowIfNull(agency);
        return $"{Math.Round(100m * agency.Concerns / Total, 0, MidpointRounding.AwayFromZero):0}%";
    }
}
