using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Waymark.Browser.Support;
using Waymark.Host.Account;
using Waymark.Kernel.Access;
using Xunit;

namespace Waymark.Browser;

/// <summary>The way in with an account of the site's own, as a person goes it.</summary>
public sealed class SignInTests(BrowserSite site)
{
    private const string Password = "otter lantern gravel 71";

    [Fact]
    public async Task PasswordAndApp_SetUpThenUsed_EachPageAccessible()
    {
        var name = await AccountAsync();
        var page = await site.PageAsync();
        await page.GotoAsync("/account/sign-in");
        await GiveAsync(page, name, "not the password");
        await page.Locator(".govuk-error-summary").WaitForAsync();
        await page.PictureAsync("sign-in-refused");
        await page.ShouldBeAccessibleAsync();

        await GiveAsync(page, name, Password);
        var secret = (await page.Locator("#totp-key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.PictureAsync("two-factor-set-up");
        await page.ShouldBeAccessibleAsync();
        await page.Locator("#Code").FillAsync(Totp.CodeAt(secret, DateTimeOffset.UtcNow));
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#recovery-codes").WaitForAsync();
        var recovery = await page.Locator("#recovery-codes code").First.InnerTextAsync();
        await page.ShouldBeAccessibleAsync();

        await page.GotoAsync("/account/password");
        await page.PictureAsync("password");
        await page.ShouldBeAccessibleAsync();
        await page.GetByText("Sign out", new() { Exact = true }).First.ClickAsync();

        await page.GotoAsync("/account/sign-in");
        await GiveAsync(page, name, Password);
        await page.Locator("#Code").WaitForAsync();
        await page.PictureAsync("two-factor");
        await page.ShouldBeAccessibleAsync();
        await page.Locator("#Code").FillAsync(recovery);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(address => !address.Contains("two-factor", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
        await page.GotoAsync("/account/sessions");
        (await page.Locator("h1").InnerTextAsync()).ShouldNotBeEmpty();
        page.Url.ShouldEndWith("/account/sessions");
    }

    private static async Task GiveAsync(IPage page, string name, string password)
    {
        await page.Locator("#Input_UserName").FillAsync(name);
        await page.Locator("#Input_Password").FillAsync(password);
        await page.Keyboard.PressAsync("Enter");
    }

    private async Task<string> AccountAsync()
    {
        await using var scope = site.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Viewer>().ActAsSystem();
        var user = new User { UserName = "nia.bowen", DisplayName = "Nia Bowen" };
        (await scope.ServiceProvider.GetRequiredService<UserManager<User>>().CreateAsync(user, Password)).Succeeded.ShouldBeTrue();
        return user.UserName;
    }
}
