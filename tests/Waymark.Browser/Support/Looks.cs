using System.Runtime.CompilerServices;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;

namespace Waymark.Browser.Support;

/// <summary>What a test asks of any page: is it accessible, quiet, in view, reachable by keyboard; and a picture of it.</summary>
public static class Looks
{
    private static readonly ConditionalWeakTable<IPage, List<string>> Said = [];
    private static readonly string[] Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    internal static void Listen(this IPage page)
    {
        var said = Said.GetOrCreateValue(page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                said.Add($"{message.Text} {message.Location}");
            }
        };
        page.PageError += (_, error) => said.Add(error);
    }

    /// <summary>No error of a script or of the content security policy since the page was made.</summary>
    public static void ShouldBeQuiet(this IPage page) => (Said.TryGetValue(page, out var said) ? said : []).ShouldBeEmpty();

    /// <summary>Starts listening for errors afresh, where one page visits several addresses.</summary>
    public static void Forget(this IPage page) => Said.GetOrCreateValue(page).Clear();

    /// <summary>Runs axe by WCAG 2.2 AA and best practice; a violation fails with its rule, what to do and where.</summary>
    public static async Task ShouldBeAccessibleAsync(this IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = [.. Rules] } });
        result.Violations.Where(v => !v.Nodes.All(n => IsReveal(v, n) || IsBack(v, n))).Select(v => $"{v.Id} ({v.Impact}): {v.Help} at {string.Join("; ", v.Nodes.Select(n => n.Target))}").ShouldBeEmpty($"axe on {page.Url}");
    }

    /// <summary>
    /// GOV.UK Frontend's radios and checkboxes that reveal something carry aria-expanded, which ARIA does not list for them and screen readers do say; the design
    /// system keeps it knowingly.
    /// </summary>
    private static bool IsReveal(AxeResultItem violation, AxeResultNode node) =>
        violation.Id == "aria-allowed-attr" && node.Html.Contains("aria-expanded", StringComparison.Ordinal)
        && (node.Html.Contains("govuk-radios__input", StringComparison.Ordinal) || node.Html.Contains("govuk-checkboxes__input", StringComparison.Ordinal));

    /// <summary>The design system puts a back link before the main content, so that the skip link skips it; axe would have all content in landmarks.</summary>
    private static bool IsBack(AxeResultItem violation, AxeResultNode node) => violation.Id == "region" && node.Html.Contains("govuk-back-link", StringComparison.Ordinal);

    /// <summary>Nothing makes the page scroll sideways.</summary>
    public static async Task ShouldFitItsWidthAsync(this IPage page) =>
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, $"{page.Url} scrolls sideways");

    /// <summary>A picture of the whole page in <c>artifacts/screens</c>, named for what it shows.</summary>
    public static async Task PictureAsync(this IPage page, string name)
    {
        var width = page.ViewportSize!.Width;
        await page.ScreenshotAsync(new() { Path = Path.Combine(Screens, $"{name}-{width}.png"), FullPage = true });
    }

    /// <summary>A key as one who sees the page presses it: a browser drops what is pressed before it has drawn anything.</summary>
    public static async Task PressOnceDrawnAsync(this IPage page, string key)
    {
        await page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))))");
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>Presses Tab until the element has the focus, as a person without a mouse does; fails after <paramref name="most"/> presses.</summary>
    public static async Task PressUntilFocusedAsync(this IPage page, string selector, int most = 60)
    {
        var target = page.Locator(selector).First;
        for (var press = 0; press < most; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                return;
            }
        }

        var at = await page.EvaluateAsync<string>("() => document.activeElement.outerHTML.slice(0, 200)");
        throw new ShouldAssertException($"{selector} was not reached by {most} presses of Tab on {page.Url}; the focus is at {at}");
    }

    private static string Screens
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Waymark.slnx")))
            {
                folder = folder.Parent;
            }

            return Path.Combine((folder ?? throw new InvalidOperationException("The tests stand in no checkout.")).FullName, "artifacts", "screens");
        }
    }
}
