using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Pathways.Work;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.Pathways.Wall;

/// <summary>The clock wall: what is about to breach, team by team.</summary>
[LogsView, Requires(Can.ViewWork)]
public sealed class ClockWallPage(ClockWallReader reader, CouncilPolicy policy, CareClock clock) : PageModel, IShowsPeople
{
    [BindProperty(SupportsGet = true)]
    public string? Area { get; set; }

    public ClockWall Wall { get; private set; } = null!;
    public IReadOnlyList<WallArea> Areas => reader.Areas;
    public DateOnly Today => clock.Today;
    public IEnumerable<Guid> ShownPeople => Wall.Backlog.Select(i => i.Person?.Id).OfType<Guid>();

    public async Task<IActionResult> OnGetAsync()
    {
        if ((Area is null ? await reader.BusiestAsync() : reader.Areas.FirstOrDefault(a => a.Name.Equals(Area, StringComparison.OrdinalIgnoreCase))) is not { } area)
        {
            return NotFound();
        }

        Wall = await reader.ReadAsync(area);
        return Page();
    }

    public string Priority(string? key) => key is null ? "Not set" : policy.TitleOf(SetPriority.List, key, Today);

    /// <summary>The work list behind a number.</summary>
    public static string Link(TeamName? team, WallColumn column, string? due)
    {
        ArgumentNullException.ThrowIfNull(column);
        return QueryHelpers.AddQueryString("/work", new Dictionary<string, string?> { ["pathway"] = column.Pathway.Key, ["team"] = team?.Key ?? WorkFilter.Nobody, ["clock"] = column.Clock.Key, ["due"] = due }.Where(p => p.Value is not null));
    }
}
