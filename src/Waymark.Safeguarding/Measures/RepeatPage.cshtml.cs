using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Ui;
using Waymark.Safeguarding.Collection;

namespace Waymark.Safeguarding.Measures;

/// <summary>SG-11: repeat concerns of a year and the tenth of them drawn for an audit.</summary>
[Requires(SafeguardingCan.View)]
public sealed class RepeatPage(DrawRepeatConcerns draw, CareClock clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary>What the draw is called; another name draws others.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Draw { get; set; }

    public RepeatSample Sample { get; private set; } = null!;
    public CollectionYear Of => Year is > 1990 and < 9000 ? new(Year.Value) : new(CollectionYear.Of(clock.Today).Start - 1);
    public string Drawn => string.IsNullOrWhiteSpace(Draw) ? $"audit {Of.Start}" : Draw.Trim()[..Math.Min(Draw.Trim().Length, 60)];
    public IReadOnlyList<Choice> Years => [.. Enumerable.Range(0, 5).Select(back => new CollectionYear(CollectionYear.Of(clock.Today).Start - back)).Select(y => new Choice($"{y.Start}", y.Title))];

    public async Task OnGetAsync(CancellationToken cancellation) => Sample = await draw.RunAsync(Of, Drawn, cancellation);
}
