using Microsoft.AspNetCore.Mvc;
using Waymark.Kernel.Access;

namespace Waymark.Liberty.Dols.Closing;

/// <summary>Extends an urgent authorisation.</summary>
[LogsView, Requires(LibertyCan.Work)]
public sealed class ExtendUrgentPage(DolsReader reader, ExtendUrgent extend) : DolsPage(reader)
{
    [BindProperty]
    public int? Days { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public Task<IActionResult> OnGetAsync(string reference) => ShowPageAsync(reference);

    public Task<IActionResult> OnPostAsync(string reference) => ActAsync(reference, "The urgent authorisation is extended.", () => extend.RunAsync(SeenEpisode, Days, Reason));
}
