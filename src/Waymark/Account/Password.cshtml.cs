using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Ui;

namespace Waymark.Host.Account;

/// <summary>Changing one's own password, for local accounts.</summary>
[SignedIn]
public sealed class PasswordModel(ChangePassword change, UserManager<User> users, Viewer viewer) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter the password you have now"), Display(Name = "Password you have now")]
    public string? Current { get; set; }

    [BindProperty]
    public NewPasswordInput Input { get; set; } = new();

    public bool IsLocal { get; private set; } = true;

    public async Task OnGetAsync() => IsLocal = await users.FindByIdAsync(viewer.UserId.ToString()) is { PasswordHash: not null };

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await this.TryAsync(() => change.RunAsync(HttpContext, Current!, Input.Password!)))
        {
            return Page();
        }

        this.Flash("Your password is changed. Other devices are signed out.");
        return RedirectToPage("/Account/Sessions");
    }
}
