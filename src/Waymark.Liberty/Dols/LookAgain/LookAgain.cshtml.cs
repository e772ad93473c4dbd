using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Ui;

namespace Waymark.Liberty.Dols.LookAgain;

/// <summary>Practice, liberty since 2 June 2026.</summary>
[Requires(LibertyCan.Work)]
public sealed class LookAgainPage(LookAgainReader reader, LookedAgain looked, CareClock clock) : PageModel
{
    public IReadOnlyList<ToLookAt> Rows { get; private set; } = [];
    public int Restricted { get; private set; }
    public bool HasChanged => reader.HasChanged;
    public DateOnly Today => clock.Today;

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync(Guid episode, string? outcome)
    {
        if (await this.TryAsync(() => looked.RunAsync(episode, outcome)))
        {
            this.Flash("Saved.");
            return LocalRedirect("/dols/look-again");
        }

        await ShowAsync();
        return Page();
    }

    private async Task ShowAsync()
    {
        var shown = await reader.ReadAsync();
        (Rows, Restricted) = (shown.Rows, shown.Restricted);
    }
}
