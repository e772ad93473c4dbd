using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Policy;
using Waymark.Safeguarding.Matrix;

namespace Waymark.Safeguarding.Public;

/// <summary>A concern from a professional or a care provider, with the guidance on levels of concern beside it. Needs no account and, as <see cref="TellUsPage"/>, no cookie.</summary>
[Public]
[IgnoreAntiforgeryToken]
[RequestFormLimits(ValueLengthLimit = TellUsPage.MostBytes)]
[FormTooLong(TellUsPage.MostBytes)]
public sealed class ProfessionalPage(CareClock clock, SendConcern send, ConcernLevels levels) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Who { get; set; } = "";

    [BindProperty]
    public Guid Once { get; set; }

    /// <summary>Keys of the indicators chosen.</summary>
    [BindProperty]
    public List<string> Indicators { get; set; } = [];

    public bool IsProvider => Who == "provider";
    public OpenForm Form { get; private set; } = OpenForm.Empty<ProfessionalConcernForm>();
    public LevelsOfConcern Guidance { get; private set; } = null!;
    public PolicyItem? Suggested { get; private set; }

    public void OnGet() => Show();

    public async Task<IActionResult> OnPostAsync()
    {
        Show();
        ModelState.Clear();
        Form = OpenForm.Read<ProfessionalConcernForm>(await Request.ReadFormAsync(), ModelState, new Facts { Today = clock.Today, Now = clock.Now });
        if (Form.Form is not ProfessionalConcernForm told)
        {
            return Page();
        }

        var reference = await send.RunAsync(Form, told.ConcernFor(clock.Now, IsProvider) with
        {
            SentKey = Once == Guid.Empty ? null : Once,
            MatrixResult = Suggested?.Key,
            MatrixVersion = Guidance.Version,
            MatrixAnswers = string.Join(',', Known),
        });
        TempData[ReceivedPage.Key] = reference;
        return LocalRedirect("/report-a-concern/received");
    }

    /// <summary>What the guidance says of what is ticked; nothing is checked and nothing sent.</summary>
    public async Task<IActionResult> OnPostGuideAsync()
    {
        Show();
        ModelState.Clear();
        Form = OpenForm.Read<ProfessionalConcernForm>(await Request.ReadFormAsync(), ModelState, new Facts { Today = clock.Today, Now = clock.Now });

        ModelState.Clear();
        return Page();
    }

    private IEnumerable<string> Known => Indicators.Where(k => Guidance.Indicators.Any(i => i.Key == k)).Distinct();

    private void Show()
    {
        Guidance = levels.On(clock.Today);
        Suggested = Guidance.Suggests(Indicators);
    }
}
