using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Waymark.Browser.Support;
using Waymark.Kernel.People;
using Xunit;

namespace Waymark.Browser;

/// <summary>The first thread in a real browser, each step by whoever does it: a contact becomes a list, a measure and its rows.</summary>
public sealed partial class FirstThreadTests(BrowserSite site)
{
    private const string Waiting = "assessment-waiting-items";
    private const string Allocated = "assessment-allocated-items";

    [Fact]
    public async Task FC_1_FC_2_FC_3_AW_1_FromTheCallToTheApprovedAssessment_TheListAndTheNumberMove_AndOpen()
    {
        var person = await SomeoneAsync();
        var (asha, sam) = (await site.PageAsAsync("asha.patel"), await site.PageAsAsync("sam.reed"));
        var (jo, priya) = (await site.PageAsAsync("jo.mensah"), await site.PageAsAsync("priya.nair"));
        var (number, list) = (await NumberAsync(priya, Waiting), await ListAsync(priya));
        list.ShouldBe(number, "list and measure agree");
        var (givenOut, assessed) = (await LeftAsync(priya, Waiting, "given a worker"), await LeftAsync(priya, Allocated, "assessed"));

        // The call, forwarded.
        await asha.GotoAsync($"/contacts/new?person={person.Reference}");
        await asha.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await asha.Locator("[name='q.caller'][value=Person]").CheckAsync();
        await asha.Locator("[name='q.what-matters']").FillAsync("To stay at home with her dog");
        await asha.Locator("[name='q.outcome'][value=Forward]").CheckAsync();
        await asha.Locator("[name='q.danger'][value=Yes]").CheckAsync();
        await Assertions.Expect(asha.Locator("[data-priority-shown]")).ToContainTextAsync("Urgent");
        await asha.Locator("button[value=complete]").ClickAsync();
        await asha.WaitForURLAsync("**/work/CON-*");
        var contact = new Uri(asha.Url).AbsolutePath;
        (await asha.Locator("[name^='q.']").CountAsync()).ShouldBe(0, "whoever prioritised it does not screen it");
        (await NumberAsync(priya, Waiting)).ShouldBe(number, "not on the list before it is screened");

        // Screened by somebody else.
        await sam.GotoAsync(contact);
        await sam.Locator("[name='q.outcome'][value=Forward]").CheckAsync();
        await sam.Locator("[name='q.priority'][value=Agree]").CheckAsync();
        await sam.Locator("button[value=complete]").ClickAsync();
        var opened = sam.Locator("main a[href^='/work/CAA']").First;
        await opened.WaitForAsync();
        var assessment = (await opened.GetAttributeAsync("href"))!;
        (await NumberAsync(priya, Waiting)).ShouldBe(number + 1);
        (await ListAsync(priya)).ShouldBe(list + 1);

        // The number opens its rows, and the person is among them.
        await OpenRowsAsync(priya, Waiting);
        (await RowsOfAsync(priya, Waiting, assessment)).ShouldBe(1);
        await priya.PictureAsync("measure-rows");

        // Given to a worker: the list falls by one, the number too, and the person is gone from the rows.
        await priya.GotoAsync($"{assessment}/do/allocate");
        await priya.Locator("select[name='Input.WorkerId']").SelectOptionAsync(new SelectOptionValue { Label = "Jo Mensah" }, new() { Force = true });
        await priya.GetByRole(AriaRole.Button, new() { Name = "Allocate" }).ClickAsync();
        await priya.WaitForURLAsync($"**{assessment}");
        (await NumberAsync(priya, Waiting)).ShouldBe(number);
        (await ListAsync(priya)).ShouldBe(list);
        (await RowsOfAsync(priya, Waiting, assessment)).ShouldBe(0);
        (await LeftAsync(priya, Waiting, "given a worker")).ShouldBe(givenOut + 1, "departures say why");

        // Assessed.
        await jo.GotoAsync(assessment);
        await AnswerAsync(jo);
        await jo.Locator("button[value=complete]").ClickAsync();
        await Assertions.Expect(jo.Locator("main")).ToContainTextAsync("Completed and waiting for approval");
        (await LeftAsync(priya, Allocated, "assessed")).ShouldBe(assessed, "not before it is approved");

        // Approved by somebody else: gone from the other list, and the departures say why.
        await OpenRowsAsync(priya, Allocated);
        (await RowsOfAsync(priya, Allocated, assessment)).ShouldBe(1);
        await priya.GotoAsync(assessment);
        await priya.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Assertions.Expect(priya.Locator("main")).ToContainTextAsync("Closed 31 July 2024");
        await priya.PictureAsync("episode-closed");
        (await RowsOfAsync(priya, Allocated, assessment)).ShouldBe(0);
        (await LeftAsync(priya, Allocated, "assessed")).ShouldBe(assessed + 1, "departures say why");
        foreach (var page in new[] { asha, sam, jo, priya })
        {
            page.ShouldBeQuiet();
        }
    }

    /// <summary>The shortest assessment that was carried out; two outcomes cannot be achieved.</summary>
    private static async Task AnswerAsync(IPage page)
    {
        (string Question, string Value)[] choices =
        [
            ("result", "CarriedOut"), ("who-took-part", "ServiceUserOnly"), ("has-difficulty", "No"), ("capacity", "NotDoubted"), ("from-impairment", "Yes"), ("support-reason", "PersonalCare"), ("fluctuates", "No"),
            ("nutrition", "Cannot"), ("hygiene", "Pain"), ("toilet", "Can"), ("clothing", "Can"), ("home-safety", "Can"), ("habitable-home", "Can"), ("relationships", "Can"), ("work", "DoesNotArise"),
            ("community", "Can"), ("children", "DoesNotArise"), ("has-impact", "Yes"), ("wellbeing", "Health"), ("has-carer", "No"), ("affects-child", "No"), ("residence", "ThisCouncil"),
            ("has-aftercare", "No"), ("checklist", "NotIndicated"), ("next-steps", "Plan"),
        ];
        (string Question, string Text)[] words =
        [
            ("started-date.Day", "31"), ("started-date.Month", "7"), ("started-date.Year", "2024"), ("what-matters", "Her dog"), ("desired-outcomes", "To cook again"), ("impairment", "Arthritis"),
            ("nutrition-detail", "Cannot lift a pan"), ("hygiene-detail", "In and out of the bath"), ("reasons", "She cannot feed or wash herself"), ("advice", "Leaflet, large print"),
        ];
        foreach (var (question, value) in choices)
        {
            await page.Locator($"[name='q.{question}'][value='{value}']").CheckAsync();
        }

        foreach (var (question, text) in words)
        {
            await page.Locator($"[name='q.{question}']").FillAsync(text);
        }
    }

    private static async Task<int> NumberAsync(IPage page, string measure)
    {
        await page.GotoAsync($"/measures/{measure}");
        return Count(await page.Locator(".wm-stat").First.InnerTextAsync());
    }

    /// <summary>How many the work list holds.</summary>
    private static async Task<int> ListAsync(IPage page)
    {
        await page.GotoAsync("/work?pathway=care-act-assessment&stage=allocate");
        var download = page.Locator("main a", new() { HasText = "Download these" });
        return await download.CountAsync() == 0 ? 0 : Count(await download.InnerTextAsync());
    }

    /// <summary>Departures of one reason.</summary>
    private static async Task<int> LeftAsync(IPage page, string measure, string reason)
    {
        await page.GotoAsync($"/measures/{measure}");
        var row = page.Locator("tr", new() { HasText = $"Left: {reason}" });
        return await row.CountAsync() == 0 ? 0 : Count(await row.Locator("td").InnerTextAsync());
    }

    /// <summary>Opening the people behind a number asks why, once a day.</summary>
    private static async Task OpenRowsAsync(IPage page, string measure)
    {
        await page.GotoAsync($"/measures/{measure}");
        await page.Locator(".wm-stat a").First.ClickAsync();
        await page.Locator("[name=Purpose]").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the rows" }).ClickAsync();
        await page.Locator("main table").WaitForAsync();
    }

    /// <summary>Rows of one episode, over every page of them.</summary>
    private static async Task<int> RowsOfAsync(IPage page, string measure, string episode)
    {
        var found = 0;
        for (var number = 1; ; number++)
        {
            await page.GotoAsync($"/measures/{measure}/rows?p={number}");
            found += await page.Locator($"main a[href='{episode}']").CountAsync();
            if (await page.Locator("a[rel=next]").CountAsync() == 0)
            {
                return found;
            }
        }
    }

    private static int Count(string text) => int.Parse(Digits().Match(text).Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    /// <summary>Someone of a ward that Jo's team looks after, with nothing open.</summary>
    private Task<Person> SomeoneAsync() => site.InDbAsync(db =>
        db.People.AsNoTracking().Where(p => p.Ward == "Northfield" && p.DeathDate == null && p.MergedIntoId == null && !db.Restrictions.Any(r => r.PersonId == p.Id)
            && !db.Episodes.Any(e => e.PersonId == p.Id && e.ClosedDate == null)).OrderBy(p => p.Reference).FirstAsync());

    [GeneratedRegex(@"[\d,]+")]
    private static partial Regex Digits();
}
