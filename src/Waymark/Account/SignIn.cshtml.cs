using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Host.Layout;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Host.Account;

/// <summary>Signing in with a local account, and the way to the council's directory.</summary>
[Public, OnSide(Sides.Staff)]
public sealed class SignInModel(WaymarkDb db, CheckPassword checkPassword, SessionKeeper sessions, SiteFacts facts) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public SignInInput Input { get; set; } = new();

    public bool IsDemo { get; private set; }
    public string? DirectoryName { get; private set; }

    /// <summary>A form that arrived signed out waits.</summary>
    public bool IsWaiting => ReturnUrl?.Contains(PermissionGate.ContinuePath, StringComparison.Ordinal) is true;

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        User? user = null;
        if (!await this.TryAsync(async () => user = await checkPassword.RunAsync(Input.UserName!, Input.Password!)))
        {
            await ShowAsync();
            return Page();
        }

        if (user!.TotpSecret is not null)
        {
            await HttpContext.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, FirstStep.ToPrincipal(user));
            return RedirectToPage("/Account/SecondStep", new { returnUrl = ReturnUrl });
        }

        var session = await sessions.StartAsync(HttpContext, user, SignInMethods.Password);
        return session.MustSetUpTwoFactor ? RedirectToPage("/Account/SetUpTwoFactor", new { returnUrl = ReturnUrl }) : this.GoBack(ReturnUrl);
    }

    private async Task ShowAsync() => IsDemo = (await facts.ReadAsync(db)).IsDemo;
}

public sealed class SignInInput
{
    [Required(ErrorMessage = "Enter your user name"), Display(Name = "User name")]
    public string? UserName { get; set; }

    [Required(ErrorMessage = "Enter your password"), Display(Name = "Password")]
    public string? Password { get; set; }
}
