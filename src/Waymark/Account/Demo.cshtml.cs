using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Demo;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;

namespace Waymark.Host.Account;

/// <summary>Signs in as a made-up user without a password. There only while the database says that it is a demo; anywhere else there is no such page.</summary>
[Public, OnSide(Sides.Staff)]
public sealed class DemoModel(WaymarkDb db, SessionKeeper sessions) : PageModel
{
    public IReadOnlyList<DemoChoice> Users { get; private set; } = [];

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await IsDemoAsync())
        {
            return NotFound();
        }

        var names = DemoUsers.All.Select(u => u.UserName).ToList();
        var there = (await db.Users.Where(u => names.Contains(u.UserName!) && u.CanSignIn && u.LeftOn == null).Select(u => u.UserName).ToListAsync()).ToHashSet();
        Users = [.. DemoUsers.All.Where(u => there.Contains(u.UserName)).Select(u => new DemoChoice(u.UserName, u.Name, Roles.Find(u.RoleKey)?.Title ?? u.RoleKey, u.Note))];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? userName)
    {
        if (!await IsDemoAsync() || DemoUsers.All.All(u => u.UserName != userName) || await db.Users.SingleOrDefaultAsync(u => u.UserName == userName && u.CanSignIn && u.LeftOn == null) is not { } user)
        {
            return NotFound();
        }

        await sessions.StartAsync(HttpContext, user, SignInMethods.Demo);
        return this.GoBack(ReturnUrl);
    }

    /// <summary>Read from the database itself: a setting that has just gone must close the door now.</summary>
    private Task<bool> IsDemoAsync() => db.Settings.AnyAsync(s => s.Key == Setting.Demo && s.Value == "true");
}

public sealed record DemoChoice(string UserName, string Name, string Role, string Note);
