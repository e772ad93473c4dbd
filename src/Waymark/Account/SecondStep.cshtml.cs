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

    /// <summary>No password was right on this browser, or it is too long ago.</summary>
    public bool IsTooLate { get; private set; }

    public async Task OnGetAsync() => IsTooLate = await FirstStep.ReadAsync(HttpContext, users) is null;

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FirstStep.ReadAsync(HttpContext, users) is not { } user)
        {
            IsTooLate = true;
            return Page();
        }

        if (!await this.TryAsync(() => twoFactor.CheckAsync(user, Code)))
        {
            return Page();
        }

        await HttpContext.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await sessions.StartAsync(HttpContext, user, SignInMethods.PasswordAndCode);
        return this.GoBack(ReturnUrl);
    }
}
