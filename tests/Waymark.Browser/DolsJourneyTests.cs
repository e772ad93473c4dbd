using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Waymark.Browser.Support;
using Waymark.Kernel.Forms;
using Waymark.Kernel.People;
using Waymark.Liberty.Dols;
using Waymark.Liberty.Dols.Assessments;
using Waymark.Liberty.Dols.Requests;
using Waymark.Liberty.Dols.Signing;
using Xunit;

namespace Waymark.Browser;

/// <summary>A deprivation of liberty request with an urgent authorisation, each step by whoever does it, to a signed decision and its letter.</summary>
public sealed class DolsJourneyTests(BrowserSite site)
{
    private static readonly DateOnly Today = new(2024, 7, 31);

    [Fact]
    public async Task DL_1_K_09_K_10_CareHomeAsksWithAnUrgentAuthorisation_ToTheSignedDecisionAndItsLetter()
    {
        var (home, team) = (await site.PageAsAsync("robin.hale"), await site.PageAsAsync("nia.rowe"));
        var (assessor, signatory) = (await site.PageAsAsync("bea.ives"), await site.PageAsAsync("ellis.ward"));

        // The care home asks.
        await home.GotoAsync("/dols/requests/new");
        await home.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await home.WaitForURLAsync("**/drafts/**");
        (await home.Locator("[name='q.authority']").InputValueAsync()).ShouldBe("Meadow View");
        await CompleteAsync(home, Request());
        await home.WaitForURLAsync("**/dols/requests");
        var reference = (await home.Locator("tr", new() { HasText = "Ottoline Vane" }).Locator("a").First.InnerTextAsync()).Trim();
        await home.PictureAsync("dols-own-requests");

        // Received: both clocks, then the person, the priority, accepted.
        await team.GotoAsync($"/work/{reference}");
        var clocks = team.Locator(".wm-clocks");
        await Assertions.Expect(clocks).ToContainTextAsync("Standard authorisation: due Tuesday 20 August");
        await Assertions.Expect(clocks).ToContainTextAsync("Urgent authorisation: due Monday 5 August");
        await team.ShouldBeAccessibleAsync();
        await team.PictureAsync("dols-check");
        await team.GetByRole(AriaRole.Link, new() { Name = "Find or add the person" }).ClickAsync();
        await team.GetByRole(AriaRole.Button, new() { Name = "None of these: add a new record" }).ClickAsync();
        await team.WaitForURLAsync($"**/work/{reference}");
        await team.GetByRole(AriaRole.Link, new() { Name = "Set the priority" }).ClickAsync();
        await team.GetByLabel("The person objects, by words or acts").CheckAsync();
        await team.GetByRole(AriaRole.Button, new() { Name = "Set the priority" }).ClickAsync();
        await team.WaitForURLAsync($"**/work/{reference}");
        await CompleteAsync(team, new DolsCheckForm { Result = CheckResult.Accept, IsOwnPlace = false, NeedsAdvocate = false });
        await Assertions.Expect(team.Locator("[aria-current=step]")).ToContainTextAsync("Waiting for assessors");

        // Two assessors.
        await team.GotoAsync($"/dols/{reference}/assessors");
        foreach (var kind in AssessmentKind.All)
        {
            var who = kind == AssessmentKind.MentalHealth || kind == AssessmentKind.Eligibility ? "Dr Noor Haq, doctor" : "Bea Ives, social worker";
            await team.Locator($"select[name='chosen.{kind.Key}']").SelectOptionAsync(new SelectOptionValue { Label = who }, new() { Force = true });
        }

        await team.Locator("[name=HasDeclared][type=checkbox]").CheckAsync();
        await team.PictureAsync("dols-assessors");
        await team.GetByRole(AriaRole.Button, new() { Name = "Appoint" }).ClickAsync();
        await team.WaitForURLAsync($"**/work/{reference}");

        // Six assessments, the doctor's entered by the team.
        foreach (var (title, form) in Six())
        {
            var page = title is "Mental health" or "Eligibility" ? team : assessor;
            await page.GotoAsync($"/work/{reference}");
            await page.GetByRole(AriaRole.Button, new() { Name = $"Fill in {title} assessment" }).ClickAsync();
            await page.WaitForURLAsync("**/drafts/**");
            await CompleteAsync(page, form);
            await page.WaitForURLAsync($"**/work/{reference}");
        }

        await team.GotoAsync($"/work/{reference}");
        await team.PictureAsync("dols-assessed");
        await CompleteAsync(team, new DolsOutcomeForm { Outcome = AssessedOutcome.AllMet });
        await Assertions.Expect(team.Locator("[aria-current=step]")).ToContainTextAsync("With the signatory");

        // Signed by someone who assessed nothing.
        await signatory.GotoAsync($"/work/{reference}");
        await CompleteAsync(signatory, new DolsDecisionForm
        {
            Decided = SignatoryDecision.Grant, FromDate = Today, UntilDate = new DateOnly(2024, 12, 31), Purpose = "Care in the home", Representative = RepresentativeKind.Unpaid, RepresentativeName = "Rose Vane, sister",
            Reasons = "All six are met", Signature = "Ellis Ward, head of service",
        });
        await Assertions.Expect(signatory.Locator("[aria-current=step]")).ToContainTextAsync("Authorisation in force");
        await signatory.PictureAsync("dols-granted");

        await home.GotoAsync($"/dols/requests/{reference}");
        await Assertions.Expect(home.Locator("main")).ToContainTextAsync("Granted until 31 Dec 2024");
        var letter = await home.APIRequest.GetAsync($"/dols/requests/{reference}/letters/granted/pdf");
        (letter.Status, letter.Headers["content-type"]).ShouldBe((200, "application/pdf"));
        (await site.InDbAsync(db => db.Set<DolsCase>().Where(c => c.FamilyName == "Vane").Select(c => c.Status).SingleAsync())).ShouldBe(DolsStatus.Granted);
        foreach (var page in new[] { home, team, assessor, signatory })
        {
            page.ShouldBeQuiet();
        }
    }

    private static RequestForm Request() => new()
    {
        SentBy = SentBy.Online, Kind = RequestKind.Urgent, GivenName = "Ottoline", FamilyName = "Vane", BirthDate = new DateOnly(1939, 5, 6), Sex = Sex.Female, Diagnosis = "Vascular dementia", Disability = DisabilityGroup.Dementia,
        Communication = "Hearing aid", Authority = "Meadow View", Place = PlaceKind.CareHome, ContactPerson = "Robin Hale", Funding = Funding.Council, SupervisoryBody = "Oxfordshire", NeededFrom = Today, Purpose = "Long-term care",
        Care = "Help day and night", Restrictions = "A locked door", Objects = Objection.Objects, Wishes = "Asks to go home", HasNobody = false, Attorney = "None known", UrgentDate = new DateOnly(2024, 7, 30), UrgentTime = "14:30",
        UrgentDays = 7, UrgentReason = "She walked onto the road", Signature = "Robin Hale, manager",
    };

    private static (string Title, Form Form)[] Six() =>
    [
        ("Age", new AgeForm { Evidence = "Birth certificate", Basis = Basis.New, AssessedDate = Today, IsMet = true, Reasons = "85" }),
        ("No refusals", new NoRefusalsForm { HasAdvanceDecision = false, AttorneyObjects = false, Basis = Basis.New, AssessedDate = Today, IsMet = true, Reasons = "None" }),
        ("Mental capacity", new DolsCapacityForm
        {
            Help = "Seen in the morning", Understand = TestedBy.Cannot, Retain = TestedBy.Cannot, Weigh = TestedBy.Cannot, Communicate = TestedBy.Can, IsBecauseOfImpairment = true, Basis = Basis.New, AssessedDate = Today, IsMet = true, Reasons = "Dementia",
        }),
        ("Mental health", new MentalHealthForm { Disorder = "Dementia", Effect = "Distress", Basis = Basis.New, AssessedDate = Today, IsMet = true, Reasons = "A disorder of mind" }),
        ("Eligibility", new EligibilityForm { IsSubjectToAct = false, IsWithinScope = false, Basis = Basis.New, AssessedDate = Today, IsMet = true, Reasons = "A care home" }),
        ("Best interests", new DolsBestInterestsForm
        {
            Consulted = "Her sister", Situation = "In the home", Restrictions = "A locked door", Effects = "She tries it", Normality = "Not her life before", Wishes = "To go home", Shown = ShownWishes.Objecting, Consents = ConsentByWishes.NotAsked,
            IsDeprived = Deprivation.Deprived, Necessary = "The road", Proportionate = "The garden is open", LessRestrictive = "A sensor was tried", MostMonths = 6, Representative = "Her sister", Basis = Basis.New, AssessedDate = Today, IsMet = true, Reasons = "For now",
        }),
    ];

    /// <summary>Types the answers of the record into the form on the page, as a person would, and completes it.</summary>
    private static async Task CompleteAsync(IPage page, Form form)
    {
        var definition = FormDefinition.Of(form.GetType());
        var answers = FormBinder.Unbind(form).All.ToDictionary(a => a.Key.Question, a => a.Value);
        foreach (var question in definition.Questions.Where(q => answers.ContainsKey(q.Key)))
        {
            var (name, text) = ($"q.{question.Key}", answers[question.Key]);
            switch (question.Kind)
            {
                case QuestionKind.Choice or QuestionKind.YesNo or QuestionKind.Choices:
                    await page.Locator($"[name='{name}'][value='{text}']").CheckAsync();
                    break;
                case QuestionKind.Date:
                    var date = AnswerText.ReadDate(text, out _)!.Value;
                    foreach (var (part, number) in new[] { ("Day", date.Day), ("Month", date.Month), ("Year", date.Year) })
                    {
                        await page.Locator($"[name='{name}.{part}']").FillAsync($"{number}");
                    }

                    break;
                default:
                    await page.Locator($"[name='{name}']").FillAsync(text);
                    break;
            }
        }

        await page.Locator("button[value=complete]").ClickAsync();
    }
}
