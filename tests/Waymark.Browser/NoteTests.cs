using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Waymark.Browser.Support;
using Xunit;

namespace Waymark.Browser;

/// <summary>Case notes: one key opens the box with the cursor in it, one saves. What is typed between is kept.</summary>
public sealed class NoteTests(BrowserSite site)
{
    [Fact]
    public async Task OnAPerson_TwoKeystrokes_AndTheNoteIsInTheStory()
    {
        var page = await site.PageAsAsync("jo.mensah");
        await page.GotoAsync($"/people/{site.Work.Person}");
        await WriteAsync(page, "Rang her: she has had the bath rail fitted");

        await Assertions.Expect(page.Locator(".wm-timeline__item").First).ToContainTextAsync("the bath rail fitted");
        page.Url.ShouldEndWith($"/people/{site.Work.Person}");
        await page.ShouldBeAccessibleAsync();
        page.ShouldBeQuiet();
    }

    [Fact]
    public async Task OnAnEpisode_TwoKeystrokes_AndTheNoteStandsOnIt()
    {
        var reference = await site.InDbAsync(db => db.Episodes.Where(e => e.ClosedDate == null && e.PersonId != null && e.PathwayKey == "care-act-assessment").OrderBy(e => e.Reference).Select(e => e.Reference).FirstAsync());
        var page = await site.PageAsAsync("jo.mensah");
        await page.GotoAsync($"/work/{reference}");
        await WriteAsync(page, "Left a message with her neighbour");

        await page.GotoAsync($"/work/{reference}/notes");
        await Assertions.Expect(page.Locator(".wm-timeline__item").First).ToContainTextAsync("Left a message with her neighbour");
    }

    [Fact]
    public async Task LeftUnsaved_IsThereOnComingBack_AndNotInTheRecord()
    {
        var page = await site.PageAsAsync("sam.reed");
        await page.GotoAsync($"/people/{site.Work.Person}");
        await page.PressOnceDrawnAsync("c");
        await page.Keyboard.TypeAsync("Half a note");
        await Assertions.Expect(page.Locator("[data-note-saved]")).ToContainTextAsync("not in the record until you save it");

        await page.GotoAsync("/my-day");
        await page.GotoAsync($"/people/{site.Work.Person}");
        (await page.Locator("[name='Input.Text']").InputValueAsync()).ShouldBe("Half a note");
        (await site.InDbAsync(db => db.Notes.AnyAsync(n => n.Text == "Half a note"))).ShouldBeFalse();
    }

    private static async Task WriteAsync(IPage page, string text)
    {
        await page.PressOnceDrawnAsync("c");
        await page.Keyboard.TypeAsync(text);
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("The note is saved");
    }
}
