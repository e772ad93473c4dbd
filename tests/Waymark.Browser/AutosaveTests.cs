using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Waymark.Assessment.CareActAssessment;
using Waymark.Browser.Support;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Pathways;
using Xunit;

namespace Waymark.Browser;

/// <summary>A form that saves itself, in real browsers: two workers, a lost connection, a sign-in that ran out.</summary>
public sealed class AutosaveTests(BrowserSite site)
{
    private const string Matters = "[name='q.what-matters']";
    private const string Saved = "Saved just now";

    [Fact]
    public async Task Typed_IsSavedWithoutAButton_AndTheOtherWorkerSeesIt()
    {
        var url = await PlanAsync(1);
        var (asha, jo) = (await OpenAsync("asha.patel", url), await OpenAsync("jo.mensah", url));

        await asha.Locator(Matters).FillAsync("Her dog");
        await Expect(asha, Saved);
        await jo.Locator("[name='q.contingency']").FillAsync("Call her son");
        await Expect(jo, Saved);

        // The save brought Asha's answer along, and says whose it is.
        (await jo.Locator(Matters).InputValueAsync()).ShouldBe("Her dog");
        (await jo.Locator("[data-answer-by='q.what-matters']").TextContentAsync())!.ShouldStartWith("Asha Patel, ");
        await LookAsync(asha);
        await Assertions.Expect(asha.Locator("[name='q.contingency']")).ToHaveValueAsync("Call her son");

        // Both have the same question open: neither loses a word.
        await TypeAsync(asha, "Her dog and her garden");
        await TypeAsync(jo, "Her dog and her sister");
        await asha.ReloadAsync();
        await jo.ReloadAsync();
        (await jo.Locator(Matters).InputValueAsync()).ShouldBe(await asha.Locator(Matters).InputValueAsync());
        (await asha.Locator(".wm-earlier").First.TextContentAsync())!.ShouldContain("Her dog");
        await asha.ShouldBeAccessibleAsync();
        asha.ShouldBeQuiet();
        jo.ShouldBeQuiet();
    }

    [Fact]
    public async Task ConnectionLost_KeepsTheTextWarnsBeforeLeavingAndSavesWhenItIsBack()
    {
        var page = await OpenAsync("asha.patel", await PlanAsync(2));
        await page.Context.SetOfflineAsync(true);
        await page.Locator(Matters).FillAsync("Typed on a train");
        await Assertions.Expect(page.Locator("[data-autosave-notice]")).ToContainTextAsync("there is no connection");

        var asked = new TaskCompletionSource<string>();
        page.Dialog += async (_, dialog) =>
        {
            await dialog.DismissAsync();
            asked.TrySetResult(dialog.Type);
        };
        await page.CloseAsync(new() { RunBeforeUnload = true });
        (await asked.Task.WaitAsync(TimeSpan.FromSeconds(15))).ShouldBe("beforeunload");
        (await page.Locator(Matters).InputValueAsync()).ShouldBe("Typed on a train");

        await page.Context.SetOfflineAsync(false);
        await Expect(page, Saved);
        await Assertions.Expect(page.Locator("[data-autosave-notice]")).ToBeHiddenAsync();
        (await AnswerAsync(page, "what-matters")).ShouldBe("Typed on a train");
    }

    [Fact]
    public async Task SignedOut_KeepsTheTextShowsTheWayBackAndSavesAfterSigningInElsewhere()
    {
        var page = await OpenAsync("asha.patel", await PlanAsync(3));
        await page.Context.ClearCookiesAsync(new() { NameRegex = new("^(?!waymark\\.form$)") });

        await page.Locator(Matters).FillAsync("Typed too late");
        var link = page.Locator("[data-autosave-notice] a");
        await Assertions.Expect(link).ToBeVisibleAsync();
        (await link.GetAttributeAsync("href"))!.ShouldStartWith("/account/sign-in?returnUrl=%2Fdrafts%2F");
        (await page.Locator(Matters).InputValueAsync()).ShouldBe("Typed too late");

        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/demo");
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign in as Asha Patel" }).ClickAsync();
        await other.WaitForURLAsync(u => !u.EndsWith("/demo", StringComparison.Ordinal));
        await LookAsync(page);
        await Expect(page, Saved);
        (await AnswerAsync(page, "what-matters")).ShouldBe("Typed too late");
    }

    [Fact]
    public async Task Completed_ByAnotherMeanwhile_SaysWhoAndTheTextStays()
    {
        var url = await PlanAsync(4);
        var page = await OpenAsync("asha.patel", url);
        await site.InDbAsync(async db =>
        {
            var jo = await db.Users.Where(u => u.UserName == "jo.mensah").Select(u => u.Id).SingleAsync();
            var id = Guid.Parse(url.Split('/')[^1]);
            var now = new DateTime(2024, 7, 31, 9, 5, 0, DateTimeKind.Utc);
            return await db.Drafts.Where(d => d.Id == id).ExecuteUpdateAsync(set => set.SetProperty(d => d.CompletedOn, now).SetProperty(d => d.ClosedById, jo));
        });

        await page.Locator(Matters).FillAsync("Too late");

        await Assertions.Expect(page.Locator("[data-autosave-notice]")).ToContainTextAsync("Jo Mensah completed this form on 31 July 2024, 10:05");
        (await page.Locator(Matters).InputValueAsync()).ShouldBe("Too late");
    }

    [Fact]
    public async Task Assessment_FilledInByKeyboard_AsksWhatFollowsAndCompletes()
    {
        var (url, reference) = await AssessmentAsync();
        var page = await OpenAsync("jo.mensah", url);
        (await page.Locator("[data-question='q.started-date']").IsVisibleAsync()).ShouldBeFalse();

        await page.Locator("[name='q.result'][value='Signposted']").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.PressUntilFocusedAsync("[name='q.signposted-to']");
        await page.Keyboard.TypeAsync("Community Links; she wants company, not care");
        await page.PressUntilFocusedAsync("button[value=complete]");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/work/{reference}");

        (await site.InDbAsync(db => db.Approvals.AnyAsync(a => db.Episodes.Any(e => e.Id == a.EpisodeId && e.Reference == reference) && a.ExitKey == CareActAssessmentPathway.Signposted))).ShouldBeTrue();
    }

    [Fact]
    public async Task Assessment_EveryQuestionShown_IsAccessibleWithAndWithoutScripts()
    {
        var (url, _) = await AssessmentAsync();
        var page = await OpenAsync("jo.mensah", url);
        await page.Locator("[name='q.result'][value='CarriedOut']").CheckAsync();
        await page.ShouldBeAccessibleAsync();
        await page.ShouldFitItsWidthAsync();
        await page.PictureAsync("care-act-assessment");

        var bare = await site.PageAsAsync("jo.mensah", javaScript: false);
        await bare.GotoAsync(url);
        (await bare.Locator("[data-only-if]").First.IsVisibleAsync()).ShouldBeTrue();
        (await bare.Locator("[data-question='q.started-date']").IsVisibleAsync()).ShouldBeTrue();
    }

    /// <summary>Types and waits until it has reached the site.</summary>
    private static Task TypeAsync(IPage page, string text) =>
        page.RunAndWaitForResponseAsync(() => page.Locator(Matters).FillAsync(text), r => r.Request.Method == "POST" && r.Url.EndsWith("/answers", StringComparison.Ordinal) && r.Ok);

    private static Task Expect(IPage page, string state) => Assertions.Expect(page.Locator("[data-autosave-state]")).ToHaveTextAsync(state);

    /// <summary>The worker comes back to the window, on which the page asks what is new.</summary>
    private static Task LookAsync(IPage page) => page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");

    private async Task<IPage> OpenAsync(string user, string url)
    {
        var page = await site.PageAsAsync(user);
        await page.GotoAsync(url);
        return page;
    }

    private async Task<string> AnswerAsync(IPage page, string question)
    {
        var id = Guid.Parse(new Uri(page.Url).AbsolutePath.Split('/')[^1]);
        return await site.InDbAsync(db => db.DraftAnswers.Where(a => a.DraftId == id && a.Question == question).Select(a => a.Text).SingleAsync());
    }

    /// <summary>A plan begun for one of the county's people.</summary>
    private Task<string> PlanAsync(int person) => AsJoAsync(async (services, db) =>
    {
        var id = await db.People.Where(p => p.DeathDate == null).OrderBy(p => p.Reference).Select(p => p.Id).Skip(person).FirstAsync();
        return $"/drafts/{await services.GetRequiredService<OpenDraft>().RunAsync("care-and-support-plan", new DraftSubject { PersonId = id })}";
    });

    /// <summary>An assessment given to Jo.</summary>
    private Task<(string Url, string Reference)> AssessmentAsync() => AsJoAsync(async (services, db) =>
    {
        var person = await db.People.Where(p => p.DeathDate == null).OrderBy(p => p.Reference).Select(p => p.Id).FirstAsync();
        var episode = await services.GetRequiredService<OpenEpisode>().RunAsync(new NewEpisode { PathwayKey = CareActAssessmentPathway.PathwayKey, PersonId = person, StageKey = CareActAssessmentPathway.Assess });
        var visit = await db.StageSpans.Where(s => s.EpisodeId == episode.Id).Select(s => s.VisitId).SingleAsync();
        var draft = await services.GetRequiredService<OpenDraft>().RunAsync("care-act-assessment", new DraftSubject { EpisodeId = episode.Id, VisitId = visit });
        return ($"/drafts/{draft}", episode.Reference);
    });

    private async Task<T> AsJoAsync<T>(Func<IServiceProvider, WaymarkDb, Task<T>> work)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
        var jo = await db.Users.SingleAsync(u => u.UserName == "jo.mensah");
        scope.ServiceProvider.GetRequiredService<Viewer>().SignIn(jo.Id, jo.DisplayName, new HashSet<string>(), new HashSet<string> { Can.DoWork, Can.ViewWork, Can.ViewPeople }, [], []);
        return await work(scope.ServiceProvider, db);
    }
}
