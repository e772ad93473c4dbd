using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Organisations;

namespace Waymark.Liberty.Dols.Requests;

/// <summary>Begins a request, with what is known of the place filled in.</summary>
[Requires(LibertyCan.Request)]
public sealed class NewRequestPage(OwnAuthority own, CareClock clock, OpenDraft open, SaveAnswers save) : PageModel
{
    public Organisation? Authority { get; private set; }
    public DeprivationTest Test => DeprivationTest.On(clock.Today);

    public async Task OnGetAsync() => Authority = await own.FindAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var draft = await open.RunAsync(RequestForm.Key, new DraftSubject());
        if (await own.FindAsync() is { } authority)
        {
            TypedAnswer[] known =
            [
                new(new(FormDefinition.KeyOf(nameof(RequestForm.SentBy))), nameof(SentBy.Online)),
                new(new(FormDefinition.KeyOf(nameof(RequestForm.Authority))), authority.Name),
                new(new(FormDefinition.KeyOf(nameof(RequestForm.CqcLocation))), authority.ExternalId ?? ""),
            ];
            await save.RunAsync(draft, [.. known.Where(k => k.Text.Length > 0)]);
        }

        return LocalRedirect($"/drafts/{draft}?return=/dols/requests");
    }
}
