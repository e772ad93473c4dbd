using Shouldly;
using Waymark.Browser.Support;
using Xunit;

namespace Waymark.Browser;

/// <summary>A form being filled in, in a real browser: what is asked shows, what is typed is kept.</summary>
public sealed class FormTests(BrowserSite site)
{
    [Fact]
    public async Task Questions_Show_AndThoseThatDependOnAnAnswerComeWithIt()
    {
        var page = await site.PageAsAsync("asha.patel");
        await page.GotoAsync($"/drafts/{site.Work.Draft}");

        (await page.GetByLabel("What matters to them, in their words").IsVisibleAsync()).ShouldBeTrue();
        var name = page.Locator("[data-question$='caller-name']");
        (await name.IsVisibleAsync()).ShouldBeFalse("it is asked only when someone else calls");
        await page.Locator("[data-question$='caller'] input[value='Family']").CheckAsync();
        (await name.IsVisibleAsync()).ShouldBeTrue();
        page.ShouldBeQuiet();
    }
}
