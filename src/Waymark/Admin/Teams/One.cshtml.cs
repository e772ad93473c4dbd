using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Ui;

namespace Waymark.Host.Admin.Teams;

/// <summary>One team: its people with dates, its duties with wards.</summary>
[Requires(Can.ManageTeams)]
public sealed class OneModel(WaymarkDb db, ChangeTeam change, PlaceInTeam place, GiveDuty give, CareClock clock, Catalogue catalogue) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid TeamId { get; set; }

    [BindProperty, Display(Name = "Name")]
    public string? Name { get; set; }

    [BindProperty, Display(Name = "Closed from")]
    public DateOnly? ClosedDate { get; set; }

    [BindProperty, Display(Name = "User")]
    public Guid? UserId { get; set; }

    [BindProperty, Display(Name = "Manages the team")]
    public bool IsManager { get; set; }

    [BindProperty, Display(Name = "Duty")]
    public string? DutyKey { get; set; }

    [BindProperty, Display(Name = "Wards")]
    public string? Wards { get; set; }

    public Team Team { get; private set; } = null!;
    public IReadOnlyList<MemberRow> Members { get; private set; } = [];
    public IReadOnlyList<DutyRow> Duties { get; private set; } = [];
    public IReadOnlyList<Choice> UserChoices { get; private set; } = [];
    public IReadOnlyList<Choice> DutyChoices { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        var answer = await ShowAsync();
        (Name, ClosedDate) = (Team?.Name, Team?.ClosedDate);
        return answer;
    }

    public Task<IActionResult> OnPostMemberAsync() => DoAsync(() => place.RunAsync(TeamId, UserId, IsManager, null));

    public Task<IActionResult> OnPostEndMemberAsync(Guid member) => DoAsync(() => place.EndAsync(TeamId, member, null));

    public Task<IActionResult> OnPostDutyAsync() => DoAsync(() => give.RunAsync(TeamId, DutyKey, Wards, null));

    public Task<IActionResult> OnPostEndDutyAsync(Guid duty) => DoAsync(() => give.EndAsync(TeamId, duty, null));

    public Task<IActionResult> OnPostChangeAsync() => DoAsync(() => change.RunAsync(TeamId, Name, ClosedDate));

    private async Task<IActionResult> DoAsync(Func<Task> act)
    {
        if (!await db.Teams.AnyAsync(t => t.Id == TeamId))
        {
            return NotFound();
        }

        return await this.TryAsync(act) ? Redirect($"/admin/teams/{TeamId}") : await ShowAsync();
    }

    private async Task<IActionResult> ShowAsync()
    {
        if (await db.Teams.AsNoTracking().SingleOrDefaultAsync(t => t.Id == TeamId) is not { } team)
        {
            return NotFound();
        }

        Team = team;
        var today = clock.Today;
        Members = await (
            from member in db.TeamMembers
            join user in db.Users on member.UserId equals user.Id
            where member.TeamId == TeamId && (member.ToDate == null || member.ToDate > today.AddYears(-1))
            orderby member.ToDate != null, !member.IsManager, user.DisplayName
            select new MemberRow(member.Id, user.Id, user.DisplayName, member.IsManager, member.FromDate, member.ToDate)).ToListAsync();
        Duties = [.. (await db.TeamDuties.AsNoTracking().Where(d => d.TeamId == TeamId).OrderBy(d => d.ToDate != null).ThenBy(d => d.DutyKey).ToListAsync())
            .Select(d => new DutyRow(d.Id, catalogue.Duties.GetValueOrDefault(d.DutyKey)?.Title ?? d.DutyKey, d.Wards, d.FromDate, d.ToDate))];
        UserChoices = [.. (await db.Users.Where(u => u.LeftOn == null).OrderBy(u => u.DisplayName).Select(u => new { u.Id, u.DisplayName, u.UserName }).ToListAsync())
            .Select(u => new Choice(u.Id.ToString(), $"{u.DisplayName} ({u.UserName})"))];
        DutyChoices = [.. catalogue.Duties.Values.OrderBy(d => d.Title, StringComparer.Ordinal).Select(d => new Choice(d.Key, d.Title))];
        return Page();
    }
}

public sealed record MemberRow(Guid Id, Guid UserId, string Name, bool IsManager, DateOnly From, DateOnly? To);

public sealed record DutyRow(Guid Id, string Title, string Wards, DateOnly From, DateOnly? To);
