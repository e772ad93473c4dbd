using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Ui;

namespace Waymark.Liberty.Dols.Backlog;

/// <summary>DL-2: burn-down of contracts with agencies.</summary>
[Requires(LibertyCan.Work)]
public sealed class BacklogPage(ReadBacklog read, KeepBacklog keep) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Agencies { get; set; }

    [BindProperty]
    public int? Target { get; set; }

    [BindProperty]
    public DateOnly? From { get; set; }

    [BindProperty]
    public DateOnly? Until { get; set; }

    [BindProperty]
    public string? Agency { get; set; }

    [BindProperty]
    public int? Count { get; set; }

    public IReadOnlyList<BacklogView> Views { get; private set; } = [];

    public async Task OnGetAsync() => Views = await read.AllAsync();

    public Task<IActionResult> OnPostAddAsync() => ActAsync(async () =>
    {
        await keep.AddAsync(Name, Agencies, Target, From, Until);
        return "The contract is added.";
    });

    public Task<IActionResult> OnPostGiveAsync(Guid contract) => ActAsync(async () => $"{Format.Plural(await keep.GiveAsync(contract, Agency, Count), "request")} given to {Agency}.");

    private async Task<IActionResult> ActAsync(Func<Task<string>> act)
    {
        var words = "";
        if (await this.TryAsync(async () => words = await act()))
        {
            this.Flash(words);
            return LocalRedirect("/dols/backlog");
        }

        Views = await read.AllAsync();
        return Page();
    }
}
