using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Pathways;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Forms;

/// <summary>The form as a browser without scripts uses it, and the autosave that a browser with scripts adds.</summary>
public sealed class FormPageTests
{
    private static readonly string Key = FormDefinition.Of<SampleForm>().Key;

    [Fact]
    public async Task Page_Draft_AsksEveryQuestionWithGovUkMarkupAndSaysWhenEachIsForAnswering()
    {
        await using var desk = await DeskAsync();

        var page = await desk.Ana.PageAsync(desk.Url);

        page.QuerySelector("h1")!.TextContent.ShouldBe("Sample form");
        page.QuerySelector(".govuk-caption-l")!.TextContent.ShouldContain("Amal Okafor");
        page.QuerySelectorAll("textarea[name='q.what-matters'].govuk-textarea").ShouldHaveSingleItem();
        page.QuerySelectorAll("input[type=radio][name='q.has-needs']").Length.ShouldBe(3);
        page.QuerySelectorAll("input[type=checkbox][name='q.help']").Length.ShouldBe(3);
        page.QuerySelectorAll("input[name^='q.visited-date.']").Select(i => i.GetAttribute("name")).ShouldBe(["q.visited-date.Day", "q.visited-date.Month", "q.visited-date.Year"]);
        page.QuerySelector("[data-question='q.meals'] [data-only-if]")!.TextContent.ShouldBe("Only if the answer to “Which help is wanted?” is “Meals”");
        page.QuerySelector("button[value=complete]").ShouldNotBeNull();
        page.QuerySelectorAll("script:not([src]), [style], [onclick]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Save_ComesBackWithEveryAnswerAsTyped()
    {
        await using var desk = await DeskAsync();

        var saved = await desk.SendAsync(desk.Ana, "save", ("q.what-matters", "Her dog\r\nand garden"), ("q.has-needs", "Yes"), ("q.help", "Meals"), ("q.visited-date.Day", "31"), ("q.visited-date.Month", ""), ("q.visited-date.Year", "2024"), ("q.savings", "about 20"));

        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await desk.Ana.PageAsync(desk.Url);
        Value(page, "q.what-matters").ShouldBe("Her dog\nand garden");
        page.QuerySelectorAll<IHtmlInputElement>("[name^='q.']:checked").Select(i => i.Value).ShouldBe(["Yes", "Meals"]);
        (Value(page, "q.visited-date.Day"), Value(page, "q.visited-date.Month"), Value(page, "q.visited-date.Year"), Value(page, "q.savings")).ShouldBe(("31", "", "2024", "about 20"));
        page.Title!.ShouldStartWith("Sample form");
    }

    [Fact]
    public async Task Complete_FaultyAnswers_ShowsASummaryLinkedToEachFieldAndKeepsWhatWasTyped()
    {
        await using var desk = await DeskAsync();

        var page = await (await desk.SendAsync(desk.Ana, "complete", ("q.has-needs", "Yes"), ("q.visited-date.Day", "31"), ("q.visited-date.Month", "6"), ("q.visited-date.Year", "2024"))).PageAsync();

        page.Title!.ShouldStartWith("Error: ");
        page.Errors().ShouldBe(["Answer “What matters to the person?”", "“When was the visit?”: there is no 31/6/2024 in the calendar; check the day and the month"]);
        foreach (var link in page.QuerySelectorAll(".govuk-error-summary__list a"))
        {
            page.QuerySelector(link.GetAttribute("href")!).ShouldNotBeNull();
        }

        page.QuerySelector("[data-question='q.visited-date'] .govuk-error-message")!.TextContent.ShouldContain("there is no 31/6/2024");
        Value(page, "q.visited-date.Month").ShouldBe("6");
    }

    [Fact]
    public async Task Complete_GoodAnswers_MovesOnAndReturnsToTheWork()
    {
        await using var desk = await DeskAsync();

        var done = await desk.SendAsync(desk.Ana, "complete", ("q.what-matters", "Her dog"), ("q.has-needs", "No"));

        done.RedirectPath().ShouldBe($"/work/{desk.Episode.Reference}");
        (await desk.Site.EpisodeAsync(desk.Episode.Id)).ExitKey.ShouldBe("no-needs");
        (await desk.Ana.PageAsync(desk.Url)).QuerySelector("main")!.TextContent.ShouldContain("Ana Lee completed this form on 31 July 2024, 10:00");
    }

    [Fact]
    public async Task Rows_AreAddedFilledAndTakenAwayWithoutScripts()
    {
        await using var desk = await DeskAsync();

        var added = await desk.SendAsync(desk.Ana, "add:helpers", ("q.is-helped", "Yes"));
        added.RedirectPath().ShouldEndWith("#q_helpers");
        await desk.SendAsync(desk.Ana, "add:helpers");
        var page = await desk.Ana.PageAsync(desk.Url);
        var names = page.QuerySelectorAll("input[name^='q.helpers.name[']").Select(i => i.GetAttribute("name")!).ToList();
        names.Count.ShouldBe(2);
        var rows = names.Select(n => n["q.helpers.name".Length..]).ToList();

        await desk.SendAsync(desk.Ana, $"remove:helpers{rows[0]}", (names[0], "Taken"), (names[1], "Stays"));

        page = await desk.Ana.PageAsync(desk.Url);
        page.QuerySelectorAll<IHtmlInputElement>("input[name^='q.helpers.name[']").Select(i => i.Value).ShouldBe(["Stays"]);
        (await desk.Site.InDbAsync(db => db.DraftAnswers.Where(a => a.Text == "Taken").CountAsync())).ShouldBe(1, "what was typed in a row taken away is kept");
    }

    [Fact]
    public async Task Post_OfAnOldPage_DoesNotWriteOverWhatAnotherAnsweredSince()
    {
        await using var desk = await DeskAsync();
        await desk.SendAsync(desk.Ana, "save", ("q.what-matters", "Her dog"), ("q.savings", "10"));
        var benPage = (await desk.Ben.PageAsync(desk.Url)).QuerySelector<IHtmlFormElement>("form[data-autosave]")!;
        await desk.SendAsync(desk.Ana, "save", ("q.what-matters", "Her dog and garden"));

        await desk.Ben.SendFormAsync(benPage, desk.Url, ("_act", "save"), ("q.savings", "20"));

        var page = await desk.Ana.PageAsync(desk.Url);
        (Value(page, "q.what-matters"), Value(page, "q.savings")).ShouldBe(("Her dog and garden", "20"));
        page.QuerySelector("[data-answer-by='q.savings']")!.TextContent.ShouldBe("Ben Ode, 31 July 2024, 10:00");
    }

    [Fact]
    public async Task Restore_EarlierAnswer_ByOneButton()
    {
        await using var desk = await DeskAsync();
        await desk.SendAsync(desk.Ana, "save", ("q.what-matters", "Her dog"));
        await desk.SendAsync(desk.Ben, "save", ("q.what-matters", "Nothing"));
        var button = (await desk.Ana.PageAsync(desk.Url)).QuerySelector("button[value^='restore:']")!.GetAttribute("value")!;

        await desk.SendAsync(desk.Ana, button);

        Value(await desk.Ana.PageAsync(desk.Url), "q.what-matters").ShouldBe("Her dog");
    }

    [Fact]
    public async Task Use_KnownAnswer_FillsItInWithOneButtonAndSaysWhereItIsFrom()
    {
        await using var desk = await DeskAsync();
        var before = await desk.Site.DraftAsync(Key, new DraftSubject { PersonId = desk.Episode.PersonId }, desk.AnaWorks);
        await desk.Site.TypesAsync(desk.AnaWorks, before, ("what-matters", "Her dog"), ("has-needs", "No"));
        await desk.Site.CompletesAsync(desk.AnaWorks, before, 2);

        (await desk.Ana.PageAsync(desk.Url)).QuerySelector("[data-suggestion]")!.TextContent.ShouldContain("Sample form, 31 July 2024");
        await desk.SendAsync(desk.Ana, "use:what-matters");

        var page = await desk.Ana.PageAsync(desk.Url);
        Value(page, "q.what-matters").ShouldBe("Her dog");
        page.QuerySelector("[data-suggestion]").ShouldBeNull();
    }

    [Fact]
    public async Task Page_DraftOfAnEarlierVersion_SaysWhatChangedAndShowsWhatIsNoLongerAsked()
    {
        await using var desk = await DeskAsync();
        var draft = await CompleteFormTests.OldDraftAsync(desk.Site, desk.AnaWorks, desk.Episode);

        var main = (await desk.Ana.PageAsync($"/drafts/{draft}")).QuerySelector("main")!.TextContent;

        main.ShouldContain("It was started on version 1 and is now version 2");
        main.ShouldContain("Changed: “What is important?” is now “What matters to the person?”");
        main.ShouldContain("No longer asked: “Which pets?”");
        main.ShouldContain("A dog");
    }

    [Fact]
    public async Task Page_ScriptAndRightToLeftInAnAnswer_AreText()
    {
        await using var desk = await DeskAsync();
        await desk.Site.TypesAsync(desk.AnaWorks, desk.Draft, ("what-matters", "</textarea><script>alert(1)</script> שרה"), ("has-needs", "No"), ("savings", "\"><b>20"));

        var page = await desk.Ana.PageAsync(desk.Url);
        page.QuerySelectorAll("main script, main b").ShouldBeEmpty();
        Value(page, "q.what-matters").ShouldBe("</textarea><script>alert(1)</script> שרה");
        page.QuerySelector("[name='q.what-matters']")!.GetAttribute("dir").ShouldBe("auto");

        await desk.Site.TypesAsync(desk.AnaWorks, desk.Draft, ("savings", "20"));
        var completed = await desk.Site.CompletesAsync(desk.AnaWorks, desk.Draft, 2);
        var print = await desk.Ana.PageAsync($"/forms/{completed.RevisionId}/print");
        print.QuerySelectorAll("main script").ShouldBeEmpty();
        print.QuerySelector("main")!.TextContent.ShouldContain("<script>alert(1)</script> שרה");
    }

    [Fact]
    public async Task Post_TenMegabytes_IsAnsweredInPlainWordsAndNothingSavedIsLost()
    {
        await using var desk = await DeskAsync();
        await desk.SendAsync(desk.Ana, "save", ("q.what-matters", "Her dog"));

        var refused = await desk.SendAsync(desk.Ana, "save", ("q.what-matters", new string('x', 10_000_000)));

        refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await refused.PageAsync()).QuerySelector("main")!.TextContent.ShouldContain("Nothing that was saved before is lost");
        Value(await desk.Ana.PageAsync(desk.Url), "q.what-matters").ShouldBe("Her dog");
    }

    [Fact]
    public async Task Post_AnswerTooLongToSave_SaysSoAtTheFieldWithTheTextStillThere()
    {
        await using var desk = await DeskAsync();

        var page = await (await desk.SendAsync(desk.Ana, "save", ("q.what-matters", new string('x', 250_000)))).PageAsync();

        page.Errors().ShouldHaveSingleItem().ShouldContain("the most that can be saved is 200,000");
        Value(page, "q.what-matters").Length.ShouldBe(250_000);
    }

    [Fact]
    public async Task Autosave_SignedOut_Is401AndNeverARedirect()
    {
        await using var desk = await DeskAsync();

        (await desk.AutosaveAsync(desk.Site.Client(), null, 0, ("what-matters", "Her dog"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await desk.Site.Client().GetAsync($"{desk.Url}/answers?after=0")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Autosave_WithoutTheAntiforgeryHeader_SavesNothing()
    {
        await using var desk = await DeskAsync();

        (await desk.AutosaveAsync(desk.Ana, null, 0, ("what-matters", "Her dog"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await desk.Site.ReadsAsync(desk.AnaWorks, desk.Draft))!.Answers["what-matters"].ShouldBe("");
    }

    [Fact]
    public async Task Autosave_TwoWorkers_SeeEachOthersAnswers()
    {
        await using var desk = await DeskAsync();
        var (ana, ben) = (await desk.TokenAsync(desk.Ana), await desk.TokenAsync(desk.Ben));

        await desk.AutosaveAsync(desk.Ana, ana, 0, ("what-matters", "Her dog"));
        var reply = await (await desk.AutosaveAsync(desk.Ben, ben, 0, ("savings", "20"))).Content.ReadFromJsonAsync<JsonElement>();

        reply.GetProperty("number").GetInt32().ShouldBe(2);
        var hers = reply.GetProperty("answers")[0];
        (hers.GetProperty("field").GetString(), hers.GetProperty("text").GetString(), hers.GetProperty("by").GetString(), hers.GetProperty("mine").GetBoolean()).ShouldBe(("what-matters", "Her dog", "Ana Lee", false));
        (await desk.Ben.GetAsync($"{desk.Url}/answers?after=2")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await desk.Ana.GetAsync($"{desk.Url}/answers?after=1")).Content.ReadAsStringAsync()).ShouldContain("\"savings\"");
    }

    [Fact]
    public async Task Autosave_Refusals_HaveTheirStatusAndWords()
    {
        await using var desk = await DeskAsync();
        var token = await desk.TokenAsync(desk.Ana);

        async Task<(HttpStatusCode Status, string Words)> TryAsync(string text, string field = "what-matters", string? url = null)
        {
            using var response = await desk.AutosaveAsync(desk.Ana, token, 0, url, (field, text));
            return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("words").GetString()!);
        }

        (await TryAsync(new string('x', 10_000_000))).ShouldBe((HttpStatusCode.RequestEntityTooLarge, "That is more text than one answer can hold; the most is 200,000 characters. Shorten it, or attach it as a document. What was saved before is still there."));
        (await TryAsync("x", "no-such")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await TryAsync("x", url: $"/drafts/{Guid.NewGuid()}")).Status.ShouldBe(HttpStatusCode.NotFound);
        await desk.SendAsync(desk.Ben, "complete", ("q.what-matters", "Her dog"), ("q.has-needs", "No"));
        var late = await TryAsync("Late");
        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Words.ShouldStartWith("Ben Ode completed this form on 31 July 2024, 10:00.");
    }

    [Fact]
    public async Task Discard_ByOneButton_ThenALateAutosaveIsGone()
    {
        await using var desk = await DeskAsync();
        var token = await desk.TokenAsync(desk.Ana);

        await desk.Site.PostFormAsync(desk.Ben, desk.Url, "main details form", [("_act", "discard")]);

        (await desk.AutosaveAsync(desk.Ana, token, 0, ("what-matters", "Late"))).StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task PrintHistoryAndBeside_OfTwoForms_ShowWhatChanged()
    {
        await using var desk = await DeskAsync();
        await desk.SendAsync(desk.Ana, "complete", ("q.what-matters", "Her dog"), ("q.has-needs", "Yes"), ("q.savings", "10"));
        await desk.Site.DoAsync<MoveBack>(async m => await m.RunAsync(await desk.Site.SeenAsync(desk.Episode.Id), "fill", "Again"), viewer => viewer.ActAsSystem());
        var draft = await desk.Site.DraftAsync(Key, await CompleteFormTests.SubjectAsync(desk.Site, desk.Episode), desk.AnaWorks);
        var first = await desk.Site.InDbAsync(db => db.FormRevisions.Select(r => r.Id).SingleAsync());

        (await desk.Ana.PageAsync($"/drafts/{draft}?beside={first}")).QuerySelector("[data-question='q.savings'] .wm-question__then")!.TextContent.ShouldContain("£10.00");

        await desk.Site.TypesAsync(desk.AnaWorks, draft, ("savings", "20"));
        var second = (await desk.Site.CompletesAsync(desk.AnaWorks, draft, 2)).RevisionId;
        var print = await desk.Ana.PageAsync($"/forms/{second}/print");
        print.QuerySelectorAll("th[scope=row]").Single(h => h.TextContent == "Savings").NextElementSibling!.TextContent.ShouldBe("£20.00");
        var history = await desk.Ana.PageAsync($"/forms/{second}/history");
        history.QuerySelectorAll("h2").Length.ShouldBe(2);
        history.QuerySelectorAll("tbody tr").ShouldHaveSingleItem().TextContent.ShouldContain("£10.00");
        (await desk.Ana.PageAsync($"/forms/{second}/beside/{first}")).QuerySelectorAll(".wm-differs").ShouldHaveSingleItem().TextContent.ShouldContain("Savings");
    }

    [Fact]
    public async Task Print_FormChangedOutsideWaymark_SaysSo()
    {
        await using var desk = await DeskAsync();
        await desk.SendAsync(desk.Ana, "complete", ("q.what-matters", "Her dog"), ("q.has-needs", "No"));
        var id = await desk.Site.InDbAsync(db => db.FormRevisions.Select(r => r.Id).SingleAsync());
        (await desk.Ana.PageAsync($"/forms/{id}/print")).QuerySelector(".govuk-warning-text").ShouldBeNull();

        await desk.Site.InDbAsync(db => db.FormRevisions.ExecuteUpdateAsync(set => set.SetProperty(r => r.Content, r => r.Content.Replace("Her dog", "Her cat"))));

        (await desk.Ana.PageAsync($"/forms/{id}/print")).QuerySelector(".govuk-warning-text")!.TextContent.ShouldContain("no longer has the fingerprint");
    }

    [Fact]
    public async Task Pages_ByWhoMayNotSeeWork_AreNotFound()
    {
        await using var desk = await DeskAsync();
        await desk.SendAsync(desk.Ana, "complete", ("q.what-matters", "Her dog"), ("q.has-needs", "No"));
        var id = await desk.Site.InDbAsync(db => db.FormRevisions.Select(r => r.Id).SingleAsync());
        var nobody = desk.Site.Client((await Given.UserAsync(desk.Site, null)).Id);

        foreach (var url in new[] { desk.Url, $"/forms/{id}/print", $"/forms/{id}/history", $"/forms/{id}/beside/{id}" })
        {
            (await nobody.GetAsync(url)).StatusCode.ShouldBe(HttpStatusCode.NotFound, url);
        }
    }

    [Fact]
    public async Task Pages_OfAPerson_AreLoggedAsViews()
    {
        await using var desk = await DeskAsync();
        await desk.Ana.GetAsync(desk.Url);
        await desk.SendAsync(desk.Ana, "complete", ("q.what-matters", "Her dog"), ("q.has-needs", "No"));
        var id = await desk.Site.InDbAsync(db => db.FormRevisions.Select(r => r.Id).SingleAsync());
        await desk.Ben.GetAsync($"/forms/{id}/print");
        await desk.Site.Services.GetRequiredService<ViewLog>().FlushAsync(TestContext.Current.CancellationToken);

        var seen = await desk.Site.InDbAsync(db => db.ViewLog.Where(v => v.PersonId == desk.Episode.PersonId).ToListAsync());
        seen.ShouldContain(v => v.Page == "/drafts/{id:guid}" && v.UserId == Given.IdOf(desk.AnaWorks));
        seen.ShouldContain(v => v.Page == "/forms/{id:guid}/print" && v.UserId != Given.IdOf(desk.AnaWorks));
    }

    [Fact]
    public async Task Draft_OfARestrictedPerson_IsNotThereForAnyoneElse()
    {
        await using var desk = await DeskAsync();
        var token = await desk.TokenAsync(desk.Ben);
        await desk.Site.InDbAsync(async db =>
        {
            db.Restrictions.Add(new Restriction { PersonId = desk.Episode.PersonId!.Value, Reason = "Known to staff", OwnerId = Guid.NewGuid(), AllowedUserIds = Given.IdOf(desk.AnaWorks).ToString(), FromOn = desk.Site.Time.GetUtcNow().UtcDateTime.AddDays(-1) });
            return await db.SaveChangesAsync();
        });

        (await desk.Ben.GetAsync(desk.Url)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await desk.Ben.GetAsync($"{desk.Url}/answers?after=0")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await desk.AutosaveAsync(desk.Ben, token, 0, ("what-matters", "Seen"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await desk.AutosaveAsync(desk.Ana, await desk.TokenAsync(desk.Ana), 0, ("what-matters", "Her dog"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static string Value(IHtmlDocument page, string name) => page.QuerySelector($"[name='{name}']") switch
    {
        IHtmlTextAreaElement area => area.Value,
        IHtmlInputElement input => input.Value,
        _ => throw new InvalidOperationException($"The page has no field {name}: {page.QuerySelector("main")?.TextContent}"),
    };

    private static async Task<Desk> DeskAsync()
    {
        var site = await TestSite.StartAsync(configure: Given.ModuleOf(new SampleFormModule()));
        var (ana, ben) = (await Given.UserAsync(site, Roles.SocialWorker, name: "Ana Lee"), await Given.UserAsync(site, Roles.SocialWorker, name: "Ben Ode"));
        Action<Viewer> works = v => v.SignIn(ana.Id, "Ana Lee", new HashSet<string>(), new HashSet<string> { Can.DoWork, Can.ViewWork }, [], []);
        var (episode, draft) = await CompleteFormTests.OpenAsync(site, works);
        return new Desk(site, site.Client(ana.Id), site.Client(ben.Id), works, episode, draft);
    }

    /// <summary>Two workers before one form.</summary>
    private sealed record Desk(TestSite Site, HttpClient Ana, HttpClient Ben, Action<Viewer> AnaWorks, Episode Episode, Guid Draft) : IAsyncDisposable
    {
        public string Url => $"/drafts/{Draft}";

        public Task<HttpResponseMessage> SendAsync(HttpClient client, string act, params (string Name, string? Value)[] fields) =>
            Site.PostFormAsync(client, Url, "form[data-autosave]", [.. fields, ("_act", act)]);

        public async Task<string> TokenAsync(HttpClient client) =>
            (await client.PageAsync(Url)).QuerySelector<IHtmlInputElement>("form[data-autosave] input[name=__RequestVerificationToken]")!.Value;

        public Task<HttpResponseMessage> AutosaveAsync(HttpClient client, string? token, int after, params (string Field, string Text)[] answers) => AutosaveAsync(client, token, after, null, answers);

        public async Task<HttpResponseMessage> AutosaveAsync(HttpClient client, string? token, int after, string? url, params (string Field, string Text)[] answers)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{url ?? Url}/answers")
            {
                Content = JsonContent.Create(new { after, answers = answers.Select(a => new { field = a.Field, text = a.Text }) }),
            };
            if (token is not null)
            {
                request.Headers.Add("RequestVerificationToken", token);
            }

            return await client.SendAsync(request);
        }

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }
}
