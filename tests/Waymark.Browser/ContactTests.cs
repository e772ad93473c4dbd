using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Waymark.Browser.Support;
using Waymark.FrontDoor.Contacts;
using Waymark.Kernel.People;
using Xunit;

namespace Waymark.Browser;

/// <summary>A call as it is taken: by keyboard, with what is known shown as one types and the priority as the answers change.</summary>
public sealed class ContactTests(BrowserSite site)
{
    [Fact]
    public async Task FC_1_AContactWithItsCaller_IsRecordedByKeyboardAlone()
    {
        var someone = await SomeoneAsync(3);
        var page = await site.PageAsAsync("asha.patel");
        await page.GotoAsync("/my-day");

        // Two keystrokes, and the call is being taken.
        await page.PressOnceDrawnAsync("n");
        await page.WaitForURLAsync("**/contacts/new");

        // The browser gives the button the focus with its first picture, which may come after the page has loaded.
        await page.Locator("main form button:focus").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/contacts/CON-*");

        // About whom: the key of the search box, the reference, the first found.
        await page.PressOnceDrawnAsync("p");
        await page.Keyboard.TypeAsync(someone.Reference);
        await page.Locator("[data-people-shown] button").WaitForAsync();
        await page.PressUntilFocusedAsync("[data-people-shown] button", most: 3);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#known").WaitForAsync();
        (await page.Locator("#about").Locator("..").InnerTextAsync()).ShouldContain(someone.Reference);

        // Who is calling, what matters, what came of it: Tab, arrows and Space.
        await ChooseAsync(page, "q.caller", 1);
        await page.PressUntilFocusedAsync("[name='q.caller-name']");
        await page.Keyboard.TypeAsync("Ngozi Okafor");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("Daughter");
        await ChooseAsync(page, "q.checked", 0);
        await page.PressUntilFocusedAsync("[name='q.what-matters']");
        await page.Keyboard.TypeAsync("To stay at home with her cat");
        await ChooseAsync(page, "q.outcome", 1);
        await page.PressUntilFocusedAsync("button[value=complete]");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/work/CON-*");

        var reference = new Uri(page.Url).AbsolutePath.Split('/')[^1];
        var (contact, subject) = await site.InDbAsync(async db =>
        {
            var of = await db.Set<ContactSubject>().SingleAsync(s => db.Episodes.Any(e => e.Id == s.EpisodeId && e.Reference == reference));
            return (await db.Set<Contact>().SingleAsync(c => c.Id == of.ContactId), of);
        });
        (contact.CallerName, contact.CallerRelation, contact.CallerChecked, contact.IsThirdParty).ShouldBe(("Ngozi Okafor", "Daughter", "Details", true));
        (subject.PersonId, subject.Outcome, subject.WhatMatters).ShouldBe((someone.Id, "signposted", "To stay at home with her cat"));
        contact.SecondsToSave.ShouldNotBeNull("the work after the talk is measured");
        page.ShouldBeQuiet();
    }

    [Fact]
    public async Task FC_1_WhoMayHaveARecord_IsShownWithWhyAsOneTypes_AndIsChosenInOneClick()
    {
        var someone = await SomeoneAsync(5);
        var page = await NewContactAsync();
        await page.GetByText("They have no record: add them").ClickAsync();
        var form = page.Locator("form[data-duplicates]");
        await form.Locator("[name='Input.GivenName']").FillAsync(someone.GivenName);
        await form.Locator("[name='Input.FamilyName']").FillAsync(someone.FamilyName);
        await form.Locator("[name='Input.BirthDate.Day']").FillAsync(someone.BirthDate!.Value.Day.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await form.Locator("[name='Input.BirthDate.Month']").FillAsync(someone.BirthDate.Value.Month.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await form.Locator("[name='Input.BirthDate.Year']").FillAsync(someone.BirthDate.Value.Year.ToString(System.Globalization.CultureInfo.InvariantCulture));

        var match = form.Locator("[data-duplicates-shown] li", new() { HasText = someone.Reference });
        await match.WaitForAsync();
        (await match.InnerTextAsync()).ShouldContain("same birth date and has the same name");
        await page.PictureAsync("contact-duplicates");
        await page.ShouldBeAccessibleAsync();
        await match.GetByRole(AriaRole.Button).ClickAsync();

        await page.Locator("#known").WaitForAsync();
        (await page.Locator("#about").Locator("..").InnerTextAsync()).ShouldContain(someone.Reference);
        page.ShouldBeQuiet();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(375)]
    public async Task FC_2_Priority_FollowsTheAnswers_WithReasonAndVersion(int width)
    {
        var page = await NewContactAsync(width);
        var shown = page.Locator("[data-priority-shown]");
        (await page.Locator("[data-priority-button]").IsVisibleAsync()).ShouldBeFalse();

        await page.Locator("[name='q.outcome'][value=Forward]").CheckAsync();
        await page.Locator("[name='q.danger'][value=No]").CheckAsync();
        await Assertions.Expect(shown).ToContainTextAsync("nothing above applies");
        await page.Locator("[name='q.falls'][value=TwoOrMore]").CheckAsync();
        await Assertions.Expect(shown).ToContainTextAsync("Medium repeated falls");
        await page.Locator("[name='q.alone'][value=Yes]").CheckAsync();
        await Assertions.Expect(shown).ToContainTextAsync("High lives alone, repeated falls");
        await page.Locator("[name='q.danger'][value=Yes]").CheckAsync();
        await Assertions.Expect(shown).ToContainTextAsync("Urgent");
        await Assertions.Expect(shown).ToContainTextAsync("By the table “");
        await page.PictureAsync("contact-priority");
        await page.ShouldBeAccessibleAsync();
        await page.ShouldFitItsWidthAsync();

        await page.Locator("[name='q.outcome'][value=Resolved]").CheckAsync();
        await Assertions.Expect(shown).ToContainTextAsync("once you choose to forward it");
        page.ShouldBeQuiet();
    }

    [Fact]
    public async Task FC_2_Priority_WithoutScripts_IsWorkedOutByAButton()
    {
        var page = await site.PageAsAsync("asha.patel", javaScript: false);
        await page.GotoAsync("/contacts/new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await page.Locator("[name='q.outcome'][value=Forward]").CheckAsync();
        await page.Locator("[name='q.danger'][value=Yes]").CheckAsync();
        await page.Locator("[data-priority-button] button").ClickAsync();

        await Assertions.Expect(page.Locator("[data-priority-shown]")).ToContainTextAsync("Urgent in danger or without essential care today");
        (await page.Locator("[name='q.danger'][value=Yes]").IsCheckedAsync()).ShouldBeTrue();
    }

    private async Task<IPage> NewContactAsync(int width = 1280)
    {
        var page = await site.PageAsAsync("asha.patel", width);
        await page.GotoAsync("/contacts/new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await page.WaitForURLAsync("**/contacts/CON-*");
        return page;
    }

    private Task<Person> SomeoneAsync(int skip) => site.InDbAsync(db =>
        db.People.AsNoTracking().Where(p => p.DeathDate == null && p.BirthDate != null && p.MergedIntoId == null).OrderBy(p => p.Reference).Skip(skip).FirstAsync());

    /// <summary>Tabs to the radios of a question and goes down to the answer.</summary>
    private static async Task ChooseAsync(IPage page, string question, int down)
    {
        await page.PressUntilFocusedAsync($"[name='{question}']");
        await page.Keyboard.PressAsync("Space");
        for (var i = 0; i < down; i++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }
    }
}
