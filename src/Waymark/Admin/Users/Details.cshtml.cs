using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Host.Admin.Users;

[Requires(Can.ManageUsers)]
public sealed class DetailsModel(WaymarkDb db, ChangeUser change) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid UserId { get; set; }

    [BindProperty, Required, Display(Name = "Name")]
    public string? Name { get; set; }

    [BindProperty, Display(Name = "Email")]
    public string? Email { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == UserId) is not { } user)
        {
            return NotFound();
        }

        (Name, Email) = (user.DisplayName, user.Email);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync() => await this.TryAsync(() => change.RunAsync(UserId, Name!, Email)) ? Redirect($"/admin/users/{UserId}") : Page();
}
