using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Host.Layout;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;

namespace Waymark.Host.Home;

/// <summary>The public start page: what can I do here? Staff who are signed in go to their day.</summary>
[Public]
public sealed class IndexModel(WaymarkDb db, Viewer viewer, SiteFacts facts, PageList pages) : PageModel
{
    /// <summary>In the order a resident looks for them. Those whose page this site does not have are left out.</summary>
    private static readonly HomeAction[] All =
    [
        new("Get help for yourself or someone else", "/get-help", "Tell us what is happening and what matters to you. It takes about ten minutes."),
        new("Check a request you made", "/my-request", "See what stage it is at and when you will hear from us."),
        new("Find services near you", "/services", "Groups, care, equipment and advice in your area."),
        new("Tell us someone may be at risk", "/report-a-concern", "If you are worried that an adult is being harmed or neglected. You need not give your name."),
        new("How are we doing?", "/our-figures", "How many people are waiting, how long, and how that has changed: the figures we publish, with whose they are and what they mean."),
        new("Meetings about care", "/meetings", "What was decided at the Health and Wellbeing Board, in plain words."),
        new("Try it as a member of staff", "/demo", "Sign in as one of the made-up workers of the demo county and see their day."),
        new("Sign in", "/account/sign-in", "For people who work in adult social care here."),
    ];

    public string Heading { get; private set; } = "";
    public bool IsDemo { get; private set; }
    public HomeAction? Starts { get; private set; }
    public IReadOnlyList<HomeAction> Actions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (viewer.IsSignedIn && pages.Has("/my-day"))
        {
            return Redirect("/my-day");
        }

        var about = await facts.ReadAsync(db);
        IsDemo = about.IsDemo;
        Heading = about.Council is null ? "Adult social care" : $"Adult social care in {about.Council}";
        var here = All.Where(a => pages.Has(a.Url) && (a.Url != "/demo" || about.IsDemo)).ToList();
        Starts = here.FirstOrDefault(a => a.Url == "/get-help");
        Actions = [.. here.Where(a => a != Starts)];
        return Page();
    }
}

/// <param name="About">A sentence on what it is for.</param>
public sealed record HomeAction(string Title, string Url, string About);
