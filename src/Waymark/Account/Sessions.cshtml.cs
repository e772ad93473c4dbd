using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Ui;

namespace Waymark.Host.Account;

/// <summary>One's own account: password, two-step sign-in, where one is signed in, and signing out there.</summary>
[SignedIn]
public sealed class SessionsModel(SessionKeeper sessions, UserManager<User> users, Viewer viewer) : PageModel
{
    public User Account { get; private set; } = null!;
    public bool IsLocal => Account.PasswordHash is not null;
    public Guid? ThisSession => viewer.SessionId;
    public IReadOnlyList<UserSession> Open { get; private set; } = [];
    public IReadOnlyList<string> RoleTitles { get; private set; } = [];

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostEndAsync(Guid session)
    {
        if (!await this.TryAsync(() => sessions.EndAsync(viewer.UserId, session)))
        {
            await ShowAsync();
            return Page();
        }

        if (session == viewer.SessionId)
        {
            return await LeaveAsync();
        }

        this.Flash("That device is signed out.");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        await sessions.EndAllAsync(await MeAsync());
        return await LeaveAsync();
    }

    private async Task<IActionResult> LeaveAsync()
    {
        await HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        return RedirectToPage("/Account/SignIn");
    }

    private async Task ShowAsync()
    {
        Account = await MeAsync();
        Open = await sessions.OpenAsync(viewer.UserId);
        RoleTitles = [.. viewer.RoleKeys.Select(k => Roles.Find(k)?.Title ?? k).Order(StringComparer.Ordinal)];
    }

    private async Task<User> MeAsync() => await users.FindByIdAsync(viewer.UserId.ToString()) ?? throw new InvalidOperationException("The viewer is signed in and has no account.");
}
