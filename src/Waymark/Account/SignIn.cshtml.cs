using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Host.Account.Directory;
using Waymark.Host.Layout;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Host.Account;

/// <summary>Signing in with a local account, and the way to the council's directory.</summary>
[Public, OnSide(Sides.Staff)]
public sealed class SignInModel(WaymarkDb db, CheckPassword checkPassword, SessionKeeper sessions, SiteFacts facts, DirectorySettings directory) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public SignInInput Input { get; set; } = new();

    public bool IsDemo { get; private set; }
    public string? DirectoryName { get; private set; }

    /// <summary>A form that arrived signed out waits.</summary>
    public bool IsWaiting => ReturnUrl?.Contains(PermissionGate.ContinuePath, StringComparison.Ordinal) is true;

    /// <param name="came">Why someone comes back from the directory without being signed in.</param>
    public async Task OnGetAsync([FromQuery(Name = "directory")] string? came)
    {
        await ShowAsync();
        if (came is not null)
        {
            ModelState.AddModelError("", came switch
            {
                "refused" => "Your council account may not use this site, or your account here has been ended. Ask whoever manages users in your council",
                "denied" => "You did not finish signing in with your council account. Try again",
                _ => "Signing in with your council account did not work. Try again. If it happens again, tell whoever looks after this site",
            });
        }
    }

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

    private async Task ShowAsync()
    {
        IsDemo = (await facts.ReadAsync(db)).IsDemo;
        DirectoryName = (await directory.ReadAsync())?.Name;
    }
}

public sealed class SignInInput
{
    [Required(ErrorMessage = "Enter your user name"), Display(Name = "User name")]
    public string? UserName { get; set; }

    [Required(ErrorMessage = "Enter your password"), Display(Name = "Password")]
    public string? Password { get; set; }
}
