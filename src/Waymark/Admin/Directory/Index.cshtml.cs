using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Waymark.Host.Account.Directory;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Host.Admin.Directory;

/// <summary>How people sign in: two steps, the council's directory, what its groups give.</summary>
[Requires(Can.ManageUsers)]
public sealed class IndexModel(WaymarkDb db, DirectorySettings settings, MapGroup mapGroup, AskForTwoSteps askForTwoSteps, IOptions<SessionLimits> limits) : PageModel
{
    [BindProperty, Display(Name = "Ask for a password and a code")]
    public bool AskForTwoSteps { get; set; }

    [BindProperty]
    public DirectoryInput Input { get; set; } = new();

    [BindProperty]
    public MapInput Map { get; set; } = new();

    public bool IsSet { get; private set; }
    public string RedirectAddress => $"{Request.Scheme}://{Request.Host}{Request.PathBase}{DirectoryHandler.CallbackPath}";
    public int LongestHours => (int)limits.Value.Longest.TotalHours;
    public IReadOnlyList<GroupRow> Groups { get; private set; } = [];
    public IReadOnlyList<Choice> TeamChoices { get; private set; } = [];
    public IReadOnlyList<Choice> RoleChoices { get; } = [.. Roles.All.Select(r => new Choice(r.Key, r.Title))];

    public async Task OnGetAsync()
    {
        AskForTwoSteps = await db.Settings.Where(s => s.Key == Setting.TwoFactor).Select(s => s.Value).FirstOrDefaultAsync() != "optional";
        if (await settings.ReadAsync() is { } kept)
        {
            Input = new DirectoryInput { Name = kept.Name, Authority = kept.Authority, ClientId = kept.ClientId, Scopes = kept.Scopes, GroupsClaim = kept.GroupsClaim };
        }

        await ShowAsync();
    }

    public Task<IActionResult> OnPostTwoStepsAsync() => DoAsync(() => askForTwoSteps.RunAsync(AskForTwoSteps), "Saved.");

    public Task<IActionResult> OnPostSaveAsync() => DoAsync(SaveAsync, "The directory answered and is saved.");

    public Task<IActionResult> OnPostRemoveAsync() => DoAsync(settings.RemoveAsync, "Nobody can sign in through the directory now.");

    public Task<IActionResult> OnPostMapAsync() => DoAsync(() => mapGroup.RunAsync(Map.Group, Map.RoleKey, Map.TeamId, Map.OnlyForTeam, Map.ManagesTeam), "The group is added.");

    public Task<IActionResult> OnPostUnmapAsync(Guid group) => DoAsync(() => mapGroup.RemoveAsync(group), "The group is removed.");

    private async Task SaveAsync()
    {
        var secret = string.IsNullOrEmpty(Input.ClientSecret) ? (await settings.ReadAsync())?.ClientSecret : Input.ClientSecret;
        if (string.IsNullOrWhiteSpace(Input.ClientId) || string.IsNullOrEmpty(secret))
        {
            throw new RefusedException("Enter the client id and secret that the directory gave this site", "ClientId");
        }

        await settings.SaveAsync(new DirectoryConfig
        {
            Name = string.IsNullOrWhiteSpace(Input.Name) ? "your council account" : Input.Name.Trim(),
            Authority = Input.Authority?.Trim() ?? "",
            ClientId = Input.ClientId.Trim(),
            ClientSecret = secret,
            Scopes = string.IsNullOrWhiteSpace(Input.Scopes) ? "openid" : Input.Scopes.Trim(),
            GroupsClaim = string.IsNullOrWhiteSpace(Input.GroupsClaim) ? "groups" : Input.GroupsClaim.Trim(),
        }, HttpContext.RequestAborted);
    }

    private async Task<IActionResult> DoAsync(Func<Task> act, string done)
    {
        if (await this.TryAsync(act))
        {
            this.Flash(done);
            return RedirectToPage();
        }

        await ShowAsync();
        return Page();
    }

    private async Task ShowAsync()
    {
        IsSet = await settings.ReadAsync() is not null;
        var teams = await db.Teams.AsNoTracking().OrderBy(t => t.Name).Select(t => new { t.Id, t.Name }).ToListAsync();
        TeamChoices = [.. teams.Select(t => new Choice(t.Id.ToString(), t.Name))];
        var nameOf = teams.ToDictionary(t => t.Id, t => t.Name);
        Groups = [.. (await db.Set<DirectoryGroup>().AsNoTracking().OrderBy(g => g.Group).ToListAsync()).Select(g => new GroupRow(
            g.Id,
            g.Group,
            g.RoleKey is null ? "" : $"{Roles.Find(g.RoleKey)?.Title ?? g.RoleKey}{(g.OnlyForTeam ? " (for the team alone)" : "")}",
            g.TeamId is { } team ? $"{nameOf.GetValueOrDefault(team)}{(g.ManagesTeam ? " (manager)" : "")}" : ""))];
    }
}

public sealed class DirectoryInput
{
    [Display(Name = "Name")]
    public string? Name { get; set; } = "your council account";

    [Display(Name = "Address")]
    public string? Authority { get; set; }

    [Display(Name = "Client id")]
    public string? ClientId { get; set; }

    [Display(Name = "Client secret")]
    public string? ClientSecret { get; set; }

    [Display(Name = "Scopes")]
    public string? Scopes { get; set; } = "openid profile email";

    [Display(Name = "Claim that holds the groups")]
    public string? GroupsClaim { get; set; } = "groups";
}

public sealed class MapInput
{
    [Display(Name = "Group")]
    public string? Group { get; set; }

    [Display(Name = "Role")]
    public string? RoleKey { get; set; }

    [Display(Name = "Team")]
    public Guid? TeamId { get; set; }

    [Display(Name = "Role for that team alone")]
    public bool OnlyForTeam { get; set; }

    [Display(Name = "Manages the team")]
    public bool ManagesTeam { get; set; }
}

public sealed record GroupRow(Guid Id, string Group, string Role, string Team);
