using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Ui;

namespace Waymark.Host.Admin.Users;

/// <summary>Everyone who signs in, who has left, and workers named by extracts.</summary>
[Requires(Can.ManageUsers)]
public sealed class IndexModel(UserList users) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true, Name = "show")]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true, Name = "role")]
    public string? RoleKey { get; set; }

    /// <summary>From the query alone: a page has a route value of that name.</summary>
    [FromQuery(Name = "page")]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<UserRow> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public IReadOnlyList<Choice> ShowChoices { get; } = [new("left", "Have left"), new("workers", "Named by an extract")];
    public IReadOnlyList<Choice> RoleChoices { get; } = [.. Roles.All.Select(r => new Choice(r.Key, r.Title))];

    public async Task OnGetAsync() => (Rows, Total) = await users.ReadAsync(Search, Show, RoleKey, PageNumber);
}
