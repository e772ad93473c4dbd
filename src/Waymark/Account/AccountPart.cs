using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Account;

/// <summary>Signing in: local accounts with a password and an authenticator app, the council's directory, and the demo's picker.</summary>
public sealed class AccountPart : WaymarkModule
{
    public override string Name => "Account";

    public override void ConfigureServices(IServiceCollection services)
    {
        // On several nodes the keys are the database's; a cookie, token or sealed form of one is read by all.
        services.AddDataProtection().SetApplicationName("Waymark").PersistKeysToDbContext<WaymarkDb>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeyRingSeal>();
        services.AddHttpContextAccessor();
        services.AddIdentityCore<User>(options =>
        {
            options.User.AllowedUserNameCharacters = "";

            // Length and what is easy to guess count (PasswordRules), not classes of characters.
            options.Password = new PasswordOptions { RequiredLength = PasswordRules.Shortest, RequireDigit = false, RequireLowercase = false, RequireNonAlphanumeric = false, RequireUppercase = false, RequiredUniqueChars = 5 };
        }).AddEntityFrameworkStores<WaymarkDb>().AddDefaultTokenProviders().AddPasswordValidator<PasswordRules>().AddErrorDescriber<PlainIdentityErrors>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = SetUpLink.Lasts);
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, options => Harden(options.Cookie, "waymark", options))
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, options =>
            {
                Harden(options.Cookie, "waymark.step", options);
                options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            });
        services.Configure<AntiforgeryOptions>(options =>
        {
            // Lax, not Strict: coming back from the council's directory is a move from another site, and a form sealed before it must still pass.
            options.Cookie.Name = "waymark.form";
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
    }

    private static void Harden(CookieBuilder cookie, string name, CookieAuthenticationOptions options)
    {
        cookie.Name = name;
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

        // How long a session lasts is the session row's to say.
        options.ExpireTimeSpan = TimeSpan.FromDays(1);
        options.SlidingExpiration = false;
    }
}
