using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Host.Account;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;

namespace Waymark.Tests.Support;

/// <summary>Accounts that sign in with a password, through the pages.</summary>
public static partial class Given
{
    public const string Password = "otter lantern gravel 71";

    /// <summary>A local account with <see cref="Password"/>, and an authenticator app unless two steps are not asked for.</summary>
    /// <returns>The user, and the app's secret.</returns>
    public static async Task<(User User, string? Secret)> AccountAsync(TestSite site, string? roleKey, bool withApp = false)
    {
        var user = await UserAsync(site, roleKey);
        return (user, await site.InScopeAsync(async services =>
        {
            var users = services.GetRequiredService<UserManager<User>>();
            var own = (await users.FindByIdAsync(user.Id.ToString()))!;
            (await users.AddPasswordAsync(own, Password)).Succeeded.ShouldBeTrue();
            if (!withApp)
            {
                return null;
            }

            var secret = Totp.NewSecret();
            await services.GetRequiredService<TwoFactor>().TurnOnAsync(own, secret, Totp.CodeAt(secret, site.Time.GetUtcNow()));
            site.Time.Advance(TimeSpan.FromMinutes(1));
            return secret;
        }));
    }

    /// <summary>Lets accounts sign in with a password alone, for tests about something else.</summary>
    public static Task OneStepIsEnoughAsync(TestSite site) => site.InDbAsync(async db =>
    {
        db.Settings.Add(new Setting { Key = Setting.TwoFactor, Value = "optional" });
        return await db.SaveChangesAsync();
    });

    /// <summary>A browser signed in with a password; fails when the site does not let it in.</summary>
    public static async Task<HttpClient> SignedInAsync(TestSite site, User user, string userAgent = "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0")
    {
        var client = site.Client();
        client.DefaultRequestHeaders.UserAgent.ParseAdd(userAgent);
        using var response = await site.SignInAsync(client, user.UserName!);
        response.RedirectPath().ShouldBe("/");
        return client;
    }

    public static Task<HttpResponseMessage> SignInAsync(this TestSite site, HttpClient client, string userName, string password = Password, string? returnUrl = null) =>
        site.PostFormAsync(client, $"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl ?? "")}", "form#local", [("Input.UserName", userName), ("Input.Password", password)]);

}
