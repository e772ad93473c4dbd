using Microsoft.Playwright;
using Shouldly;
using Waymark.Browser.Support;
using Xunit;

namespace Waymark.Browser;

/// <summary>The components by themselves, in a real browser.</summary>
public sealed class GalleryTests(BrowserSite site)
{
    [Theory]
    [InlineData(1280)]
    [InlineData(375)]
    public async Task Components_AreAccessible_AndFit(int width)
    {
        var page = await site.PageAsync(width);
        await page.GotoAsync("/ui");
        await page.PictureAsync("components");

        await page.ShouldBeAccessibleAsync();
        await page.ShouldFitItsWidthAsync();
        page.ShouldBeQuiet();
    }

    [Fact]
    public async Task Errors_KeepWhatWasTyped_AndLeadToTheField()
    {
        var page = await site.PageAsync();
        await page.GotoAsync("/ui");
        await page.GetByLabel("Day").FillAsync("31");
        await page.GetByLabel("Month").FillAsync("2");
        await page.GetByLabel("Year").FillAsync("2024");
        await page.GetByLabel("What matters to them").FillAsync("Her garden & \"the cat\"");
        await page.GetByText("Save and continue").ClickAsync();

        (await page.TitleAsync()).ShouldStartWith("Error: ");
        var summary = page.Locator(".govuk-error-summary");
        (await summary.EvaluateAsync<bool>("e => e === document.activeElement")).ShouldBeTrue("the error summary takes the focus");
        (await summary.Locator("a").AllTextContentsAsync()).ShouldBe(["Enter full name", "Date of birth must be a real date", "Choose how they got in touch"]);
        await page.PictureAsync("components-errors");
        await page.ShouldBeAccessibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Date of birth must be a real date" }).ClickAsync();
        (await page.GetByLabel("Day").EvaluateAsync<bool>("e => e === document.activeElement")).ShouldBeTrue("the link focuses the day");
        (await page.GetByLabel("Day").InputValueAsync()).ShouldBe("31");
        (await page.GetByLabel("Month").InputValueAsync()).ShouldBe("2");
        (await page.GetByLabel("What matters to them").InputValueAsync()).ShouldBe("Her garden & \"the cat\"");
    }

    [Fact]
    public async Task Refusal_StandsAtItsField()
    {
        var page = await site.PageAsync();
        await page.GotoAsync("/ui");
        await page.GetByLabel("Full name").FillAsync("Amal Okafor");
        await page.GetByLabel("Day").FillAsync("27");
        await page.GetByLabel("Month").FillAsync("March");
        await page.GetByLabel("Year").FillAsync("1940");
        await page.GetByLabel("By phone").CheckAsync();
        await page.GetByText("Save and continue").ClickAsync();
        await page.PictureAsync("components-refusal");

        await page.GetByRole(AriaRole.Link, new() { Name = "That reference is in use by another person" }).ClickAsync();
        (await page.Locator("#Input_Reference").EvaluateAsync<bool>("e => e === document.activeElement")).ShouldBeTrue();
        (await page.GetByLabel("Month").InputValueAsync()).ShouldBe("March");
    }

    [Fact]
    public async Task WithoutJavaScript_EverythingIsThere()
    {
        var page = await site.PageAsync(javaScript: false);
        await page.GotoAsync("/ui");
        await page.PictureAsync("components-no-javascript");

        (await page.GetByText("One document.").IsVisibleAsync()).ShouldBeTrue("both tabs show");
        (await page.GetByLabel("Reference of the call").IsVisibleAsync()).ShouldBeTrue("what a choice reveals shows");
        (await page.Locator("select#Input_Team").IsVisibleAsync()).ShouldBeTrue();
        (await page.GetByText("Signposted").IsVisibleAsync()).ShouldBeTrue("the chart's table shows");
    }

    [Fact]
    public async Task Chart_IsDrawnFromItsTable_AndSaysWhatIsUnderThePointer()
    {
        var page = await site.PageAsync();
        await page.GotoAsync("/ui");
        var line = page.Locator("figure[data-chart=line]");

        (await line.Locator("path.wm-chart__line").CountAsync()).ShouldBe(4, "two series, and each once more in the legend");
        (await line.Locator(".wm-chart__svg .wm-chart__published").CountAsync()).ShouldBe(await line.Locator("td[data-published=true]").CountAsync());
        (await line.Locator("details tbody tr").CountAsync()).ShouldBe(14, "the table stays, folded because it is long");
        await line.Locator(".wm-chart__svg").HoverAsync(new() { Position = new() { X = 2, Y = 60 } });
        (await line.Locator(".wm-chart__say").InnerTextAsync()).ShouldBe("1 April 2021: North 1,448, South 620");

        var bars = page.Locator("figure[data-chart=bar]");
        (await bars.Locator("rect.wm-chart__bar").CountAsync()).ShouldBe(5);
        (await bars.Locator("table").IsVisibleAsync()).ShouldBeTrue("a short table stands open");
        page.ShouldBeQuiet();
    }

    [Fact]
    public async Task OnPaper_OnlyThePageItself_AndEveryTableOpen()
    {
        var page = await site.PageAsAsync("priya.nair");
        await page.GotoAsync("/ui");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.PictureAsync("components-print");

        (await page.Locator(".wm-side-nav").IsVisibleAsync()).ShouldBeFalse();
        (await page.GetByText("Save and continue").IsVisibleAsync()).ShouldBeFalse();
        (await page.GetByText("People waiting, in priority order").IsVisibleAsync()).ShouldBeTrue();
        (await page.Locator("figure[data-chart=line] tbody td").First.IsVisibleAsync()).ShouldBeTrue("a folded table is printed");
    }
}
