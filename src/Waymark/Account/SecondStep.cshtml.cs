using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Ui;

namespace Waymark.Host.Account;

/// <summary>The second step of signing in.</summary>
[Public, OnSide(Sides.Staff)]
public sealed class SecondStepModel(UserManager<User> users, TwoFactor twoFactor, SessionKeeper sessions) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    [BindProperty, Display(Name = "Code")]
    public string? Code { get; set; }

    public async Task<IActionResult> OnGetAsync() => await FirstStep.ReadAsync(HttpContext, users) is null ? Again() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FirstStep.ReadAsync(HttpContext, users) is not { } user)
        {
            return Again();
        }

        if (!await this.TryAsync(() => twoFactor.CheckAsync(user, Code)))
        {
            return Page();
        }

        await HttpContext.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await sessions.StartAsync(HttpContext, user, SignInMethods.PasswordAndCode);
        return this.GoBack(ReturnUrl);
    }

    private RedirectToPageResult Again() => RedirectToPage("/Account/SignIn", new { returnUrl = ReturnUrl });
}
