using Microsoft.AspNetCore.Mvc;
using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Ui;

namespace Waymark.Liberty.Dols.Closing;

/// <summary>Closes a request that nobody need decide any more.</summary>
[LogsView, Requires(LibertyCan.Work)]
public sealed class CloseRequestPage(DolsReader reader, Catalogue catalogue, CloseRequest close) : DolsPage(reader)
{
    [BindProperty]
    public string? ExitKey { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public IEnumerable<Choice> Reasons => catalogue.Pathway(DolsPathway.PathwayKey).StageAt(View.Episode.StageKey).AllExits.Where(e => e is { LeavesTasks: true, Closes: true }).Select(e => new Choice(e.Key, e.Title));

    public Task<IActionResult> OnGetAsync(string reference) => ShowPageAsync(reference);

    public Task<IActionResult> OnPostAsync(string reference) => ActAsync(reference, "The request is closed.", () => close.RunAsync(SeenEpisode, ExitKey, Reason));
}
