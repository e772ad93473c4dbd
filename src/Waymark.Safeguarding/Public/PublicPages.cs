using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Policy;

namespace Waymark.Safeguarding.Public;

/// <summary>999 first, then how to tell us. Titles are neutral: the list of pages visited tells nothing.</summary>
[Public]
public sealed class StartPage(CouncilPolicy policy, CareClock clock) : PageModel
{
    /// <summary>What happens next, in the council's own words.</summary>
    public string Next => policy.TextAt(NextText, clock.Today);

    public const string NextText = "safeguarding.public.what-happens-next";
}

/// <summary>
/// A concern from a member of the public. It needs no cookie, so no token is asked for: the page acts for nobody who is signed in, and a concern must never be lost to a
/// cookie that a browser refused.
/// </summary>
[Public]
[IgnoreAntiforgeryToken]
[RequestFormLimits(ValueLengthLimit = MostBytes)]
[FormTooLong(MostBytes)]
public sealed class TellUsPage(CareClock clock, SendConcern send) : PageModel
{
    public const int MostBytes = 200_000;

    [BindProperty]
    public Guid Once { get; set; }

    public OpenForm Form { get; private set; } = OpenForm.Empty<PublicConcernForm>();

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPostAsync()
    {
        ModelState.Clear();
        Form = OpenForm.Read<PublicConcernForm>(await Request.ReadFormAsync(), ModelState, new Facts { Today = clock.Today, Now = clock.Now });
        if (Form.Form is not PublicConcernForm told)
        {
            return Page();
        }

        var reference = await send.RunAsync(Form, told.Concern(clock.Now) with { SentKey = Once == Guid.Empty ? null : Once });
        TempData[ReceivedPage.Key] = reference;
        return LocalRedirect("/report-a-concern/received");
    }
}

/// <summary>The receipt: seen once, by whoever sent it.</summary>
[Public]
public sealed class ReceivedPage(CouncilPolicy policy, CareClock clock) : PageModel
{
    public string Next => policy.TextAt(StartPage.NextText, clock.Today);

    public const string Key = "concern-received";

    public string? Reference { get; private set; }

    public void OnGet() => Reference = TempData[Key] as string;
}
