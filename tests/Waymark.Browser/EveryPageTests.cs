using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Waymark.Browser.Support;
using Waymark.Demo;
using Xunit;

namespace Waymark.Browser;

/// <summary>What holds for every page of the site, as the endpoint table lists them: a new page is looked at without being named here.</summary>
public sealed partial class EveryPageTests(BrowserSite site)
{
    [Fact]
    public void EveryRouteWithParameters_HasASample() =>
        SitePages.All(site).Where(p => p.Address is null).Select(p => p.Route).ShouldBeEmpty("add an address for these in SitePages.Samples");

    [Fact]
    public async Task EveryPage_IsAccessible_FitsAPhone_AndRaisesNoError()
    {
        var users = new List<IPage> { await site.PageAsync() };
        foreach (var user in DemoUsers.All)
        {
            users.Add(await site.PageAsAsync(user.UserName));
        }

        var faults = new List<string>();
        foreach (var (route, address) in SitePages.All(site).Where(p => p.Address is not null))
        {
            var page = await FirstWhoMayAsync(users, address!);
            if (page is null)
            {
                faults.Add($"{address}: none of the demo users may open it");
                continue;
            }

            await LookAsync(page, route, faults);
        }

        faults.ShouldBeEmpty();
    }

    /// <summary>The first user who gets the page itself, and stands on it: not a refusal, not the way to sign in.</summary>
    private static async Task<IPage?> FirstWhoMayAsync(List<IPage> users, string address)
    {
        foreach (var page in users)
        {
            // Asked without drawing the page, which is the quicker part; redirects (to sign in, to the next step) are followed and seen by their address.
            var answer = await page.APIRequest.GetAsync(address);
            if (new Uri(answer.Url).AbsolutePath == address.Split('?')[0] && (answer.Status == 200 || address.StartsWith("/error/", StringComparison.Ordinal)))
            {
                page.Forget();
                await page.GotoAsync(address);
                return page;
            }
        }

        return null;
    }

    private static async Task LookAsync(IPage page, string route, List<string> faults)
    {
        await page.SetViewportSizeAsync(1280, 900);
        var name = "page" + Parameter().Replace(route == "/" ? "/home" : route, "one").Replace('/', '-');
        await TryAsync(page.ShouldBeAccessibleAsync, faults);
        await page.PictureAsync(name);
        await page.SetViewportSizeAsync(375, 800);
        await TryAsync(page.ShouldFitItsWidthAsync, faults);
        await page.PictureAsync(name);
        (await page.Locator("h1").CountAsync()).ShouldBe(1, $"{route} has one main heading");
        if (!route.StartsWith("/error/", StringComparison.Ordinal))
        {
            await TryAsync(() => { page.ShouldBeQuiet(); return Task.CompletedTask; }, faults);
        }
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    private static async Task TryAsync(Func<Task> look, List<string> faults)
    {
        try
        {
            await look();
        }
        catch (ShouldAssertException fault)
        {
            faults.Add(fault.Message);
        }
    }
}
