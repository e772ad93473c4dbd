using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Host.Account;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Host.Admin.Users;

/// <summary>One user: roles, how they sign in, leaving.</summary>
[Requires(Can.ManageUsers)]
public sealed class OneModel(
    WaymarkDb db, GrantRole grantRole, RevokeRole revokeRole, EndUser endUser, TwoFactor twoFactor, SessionKeeper sessions, SetUpLink setUpLink, LockOut lockOut, Auditor audit, TimeProvider time, CareClock clock)
    : PageModel
{
    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid UserId { get; set; }

    [BindProperty, Display(Name = "Role")]
    public string? RoleKey { get; set; }

    [BindProperty, Display(Name = "For")]
    public Guid? TeamId { get; set; }

    public User Account { get; private set; } = null!;
    public IReadOnlyList<GrantRow> Grants { get; private set; } = [];
    public IReadOnlyList<string> Teams { get; private set; } = [];
    public IReadOnlyList<Choice> TeamChoices { get; private set; } = [];
    public IReadOnlyList<Choice> RoleChoices { get; } = [.. Roles.All.Select(r => new Choice(r.Key, r.Title))];
    public string? Link { get; private set; }
    public DateTime? LockedUntil => Account.LockoutEnd is { } end && end > time.GetUtcNow() ? end.UtcDateTime : null;

    public string SignsIn => !Account.CanSignIn ? "Cannot sign in: a worker named by an extract" : Account.DirectorySubject is not null ? "The council's directory"
        : Account.PasswordHash is null ? "Nothing yet: no password is set" : Account.TotpSecret is null ? "Password" : "Password and a code";

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostGrantAsync() => DoAsync(_ => grantRole.RunAsync(UserId, RoleKey, TeamId), "The role is given. It holds at once.");

    public Task<IActionResult> OnPostRevokeAsync(Guid grant) => DoAsync(_ => revokeRole.RunAsync(UserId, grant), "The role is taken away. It holds at once.");

    public Task<IActionResult> OnPostResetTwoFactorAsync() => DoAsync(async user =>
    {
        await twoFactor.ResetAsync(user);
        await sessions.EndAllAsync(user);
    }, "Two-step sign-in is reset. They set it up again when they next sign in.");

    public Task<IActionResult> OnPostUnlockAsync() => DoAsync(async user =>
    {
        audit.Record("unlock-account", nameof(User), user.Id.ToString());
        await db.SaveChangesAsync();
        await lockOut.PassedAsync(user);
    }, "The account is unlocked.");

    public Task<IActionResult> OnPostSignOutAsync() => DoAsync(sessions.EndAllAsync, "They are signed out everywhere.");

    public Task<IActionResult> OnPostReturnAsync() => DoAsync(_ => endUser.ReturnAsync(UserId), "They can be given roles again.");

    public async Task<IActionResult> OnPostEndAsync()
    {
        var open = 0;
        return await DoAsync(async _ => open = await endUser.RunAsync(UserId), () => open == 0 ? "The user is ended." : $"The user is ended. {Format.Plural(open, "open episode")} of theirs must be handed over.");
    }

    public async Task<IActionResult> OnPostLinkAsync()
    {
        if (await db.Users.SingleOrDefaultAsync(u => u.Id == UserId) is { LeftOn: null } user)
        {
            Link = $"{Request.Scheme}://{Request.Host}{Request.PathBase}{await setUpLink.CreateAsync(user)}";
        }

        return await ShowAsync();
    }

    private Task<IActionResult> DoAsync(Func<User, Task> act, string done) => DoAsync(act, () => done);

    private async Task<IActionResult> DoAsync(Func<User, Task> act, Func<string> done)
    {
        if (await db.Users.SingleOrDefaultAsync(u => u.Id == UserId) is not { } user)
        {
            return NotFound();
        }

        if (!await this.TryAsync(() => act(user)))
        {
            return await ShowAsync();
        }

        this.Flash(done());
        return Redirect($"/admin/users/{UserId}");
    }

    private async Task<IActionResult> ShowAsync()
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == UserId) is not { } user)
        {
            return NotFound();
        }

        Account = user;
        var today = clock.Today;
        var names = await db.Teams.Select(t => new { t.Id, t.Name, IsOpen = t.ClosedDate == null || t.ClosedDate > today }).OrderBy(t => t.Name).ToListAsync();
        var nameOf = names.ToDictionary(t => t.Id, t => t.Name);
        TeamChoices = [.. names.Where(t => t.IsOpen).Select(t => new Choice(t.Id.ToString(), t.Name))];
        Grants = [.. (await db.RoleGrants.Where(g => g.UserId == UserId).ToListAsync())
            .Select(g => new GrantRow(g.Id, Roles.Find(g.RoleKey)?.Title ?? g.RoleKey, g.TeamId is { } team ? nameOf.GetValueOrDefault(team) : null, g.Source == GrantSource.Directory)).OrderBy(g => g.Role, StringComparer.Ordinal)];
        Teams = [.. (await db.TeamMembers.Where(m => m.UserId == UserId && m.FromDate <= today && (m.ToDate == null || m.ToDate > today)).ToListAsync())
            .Select(m => $"{nameOf.GetValueOrDefault(m.TeamId)}{(m.IsManager ? " (manager)" : "")}").Order(StringComparer.Ordinal)];
        return Page();
    }
}

public sealed record GrantRow(Guid Id, string Role, string? Team, bool IsDirectory);
