using Microsoft.AspNetCore.Mvc;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Ui;

namespace Waymark.Liberty.Dols.Requests;

/// <summary>DL-1: the screening table, as the council's policy has it today.</summary>
[LogsView, Requires(LibertyCan.Work)]
public sealed class DolsPriorityPage(DolsReader reader, CriteriaTables tables, CareClock clock, Prioritise prioritise) : DolsPage(reader)
{
    [BindProperty]
    public List<string> Criteria { get; set; } = [];

    public CriteriaTable Table => tables.On(clock.Today);
    public IEnumerable<Choice> Choices => Table.Criteria.Select(c => new Choice(c.Key, c.Words, c.Weight == 0 ? null : Format.Plural(c.Weight, "point")));

    public Task<IActionResult> OnGetAsync(string reference) => ShowPageAsync(reference);

    public Task<IActionResult> OnPostAsync(string reference) => ActAsync(reference, "The priority is set.", () => prioritise.RunAsync(SeenEpisode, Criteria));
}
