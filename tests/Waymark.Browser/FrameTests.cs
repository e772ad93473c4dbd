using Shouldly;
using Waymark.Browser.Support;
using Xunit;

namespace Waymark.Browser;

/// <summary>What stands around every page: navigation, the keys, the way in by keyboard, the way out.</summary>
public sealed class FrameTests(BrowserSite site)
{
    [Theory]
    [InlineData(1280)]
    [InlineData(375)]
    public async Task StaffFrame_IsAccessible_AndFits(int width)
    {
        var page = await site.PageAsAsync("asha.patel", width);
        await page.GotoAsync("/ui");
        await page.PictureAsync("components-staff");

        await page.ShouldBeAccessibleAsync();
        await page.ShouldFitItsWidthAsync();
        page.ShouldBeQuiet();
        (await page.GetByText("Asha Patel").IsVisibleAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task FirstTab_IsTheSkipLink_AndItLeadsToTheContent()
    {
        var page = await site.PageAsync();
        await page.GotoAsync("/accessibility");
        await page.PressUntilFocusedAsync(".govuk-skip-link", most: 1);
        await page.Keyboard.PressAsync("Enter");

        (await page.EvaluateAsync<string>("() => document.activeElement.id")).ShouldBe("main-content");
    }

    [Fact]
    public async Task Slash_GoesToFindAPerson_AndCanBeTurnedOff()
    {
        var page = await site.PageAsAsync("asha.patel");
        await page.GotoAsync("/ui");
        await page.PressOnceDrawnAsync("/");
        (await page.EvaluateAsync<string>("() => document.activeElement.id")).ShouldBe("wm-find");

        await page.Keyboard.TypeAsync("n/n");
        page.Url.ShouldEndWith("/ui", customMessage: "typing in a field is no shortcut");
        (await page.Locator("#wm-find").InputValueAsync()).ShouldBe("n/n");

        await page.GetByText("Turn off keyboard shortcuts").ClickAsync();
        await page.ReloadAsync();
        await page.PressOnceDrawnAsync("/");
        (await page.EvaluateAsync<string>("() => document.activeElement.id")).ShouldNotBe("wm-find");
    }

    [Fact]
    public async Task N_OpensANewContact()
    {
        var page = await site.PageAsAsync("asha.patel");
        await page.GotoAsync("/ui");
        await page.PressOnceDrawnAsync("n");
        await page.WaitForURLAsync("**/contacts/new");
    }

    [Fact]
    public async Task Menu_FoldsOnAPhone_AndStandsOpenWithoutJavaScript()
    {
        var page = await site.PageAsAsync("priya.nair", width: 375);
        await page.GotoAsync("/ui");
        var first = page.Locator(".wm-side-nav a").First;
        (await first.IsVisibleAsync()).ShouldBeFalse();
        await page.Locator(".wm-side-nav__toggle").ClickAsync();
        (await first.IsVisibleAsync()).ShouldBeTrue();

        var plain = await site.PageAsAsync("priya.nair", width: 375, javaScript: false);
        await plain.GotoAsync("/ui");
        (await plain.Locator(".wm-side-nav a").First.IsVisibleAsync()).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(375)]
    public async Task Home_SaysWhatOneCanDoHere(int width)
    {
        var page = await site.PageAsync(width);
        await page.GotoAsync("/");
        await page.PictureAsync("home");

        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Adult social care in Oxfordshire");
        await page.ShouldBeAccessibleAsync();
        await page.ShouldFitItsWidthAsync();
        foreach (var link in await page.Locator("main a[href^='/'], nav a[href^='/'], footer a[href^='/']").AllAsync())
        {
            var address = await link.GetAttributeAsync("href");
            (await page.APIRequest.GetAsync(site.Address + address)).Status.ShouldBe(200, address);
        }
    }
}
