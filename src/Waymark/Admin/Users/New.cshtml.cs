using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Ui;

namespace Waymark.Host.Admin.Users;

[Requires(Can.ManageUsers)]
public sealed class NewModel(AddUser add) : PageModel
{
    [BindProperty]
    public NewUserInput Input { get; set; } = new();

    public IReadOnlyList<Choice> RoleChoices { get; } = [.. Roles.All.Select(r => new Choice(r.Key, r.Title))];

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        User? user = null;
        if (!await this.TryAsync(async () => user = await add.RunAsync(Input.Name, Input.UserName, Input.Email, Input.RoleKey)))
        {
            return Page();
        }

        this.Flash($"{user!.DisplayName} is added. Make a link for them to choose a password, unless they sign in through the council's directory.");
        return Redirect($"/admin/users/{user.Id}");
    }
}

public sealed class NewUserInput
{
    [Display(Name = "Name")]
    public string? Name { get; set; }

    [Display(Name = "User name")]
    public string? UserName { get; set; }

    [Display(Name = "Email")]
    public string? Email { get; set; }

    [Display(Name = "Role for the whole council")]
    public string? RoleKey { get; set; }
}
