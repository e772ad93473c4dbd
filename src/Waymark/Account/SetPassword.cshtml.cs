using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Ui;

namespace Waymark.Host.Account;

/// <summary>Where the link of a new account leads.</summary>
[Public, OnSide(Sides.Staff)]
public sealed class SetPasswordModel(SetUpLink link) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "user")]
    public Guid UserId { get; set; }

    [BindProperty(SupportsGet = true, Name = "token")]
    public string? Token { get; set; }

    [BindProperty]
    public NewPasswordInput Input { get; set; } = new();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        User? user = null;
        if (!await this.TryAsync(async () => user = await link.UseAsync(UserId, Token, Input.Password!)))
        {
            return Page();
        }

        this.Flash($"Your password is set. Sign in as {user!.UserName}.");
        return RedirectToPage("/Account/SignIn");
    }
}

public sealed class NewPasswordInput
{
    [Required(ErrorMessage = "Enter a password"), Display(Name = "Password")]
    public string? Password { get; set; }

    [Compare(nameof(Password), ErrorMessage = "The two passwords are not the same"), Display(Name = "The same password again")]
    public string? Again { get; set; }
}
