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

/// <summary>The council's teams, what each is there for, and duties that no team has.</summary>
[Requires(Can.ManageTeams)]
public sealed class IndexModel(WaymarkDb db, AddTeam add, CareClock clock, Catalogue catalogue) : PageModel
{
    [BindProperty, Display(Name = "Name")]
    public string? Name { get; set; }

    [BindProperty, Display(Name = "Key used by extracts and policy")]
    public string? Key { get; set; }

    public IReadOnlyList<TeamRow> Rows { get; private set; } = [];

    /// <summary>Titles of duties that no open team holds today.</summary>
    public IReadOnlyList<string> Unheld { get; private set; } = [];

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        Team? team = null;
        if (await this.TryAsync(async () => team = await add.RunAsync(Name, Key)))
        {
            return Redirect($"/admin/teams/{team!.Id}");
        }

        await ShowAsync();
        return Page();
    }

    private async Task ShowAsync()
    {
        var today = clock.Today;
        var duties = await db.TeamDuties.Where(d => d.FromDate <= today && (d.ToDate == null || d.ToDate > today)).Select(d => new { d.TeamId, d.DutyKey }).ToListAsync();
        var people = await db.TeamMembers.Where(m => m.FromDate <= today && (m.ToDate == null || m.ToDate > today)).GroupBy(m => m.TeamId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        var teams = await db.Teams.AsNoTracking().OrderBy(t => t.Name).ToListAsync();
        Rows = [.. teams.Select(t => new TeamRow(t.Id, t.Key, t.Name, string.Join(", ", duties.Where(d => d.TeamId == t.Id).Select(d => TitleOf(d.DutyKey)).Distinct()), people.GetValueOrDefault(t.Id), t.ClosedDate))];
        var open = teams.Where(t => t.ClosedDate is null || t.ClosedDate > today).Select(t => t.Id).ToHashSet();
        var held = duties.Where(d => open.Contains(d.TeamId)).Select(d => d.DutyKey).ToHashSet(StringComparer.Ordinal);
        Unheld = [.. catalogue.Duties.Values.Where(d => !held.Contains(d.Key)).Select(d => d.Title)];
    }

    private string TitleOf(string dutyKey) => catalogue.Duties.GetValueOrDefault(dutyKey)?.Title ?? dutyKey;
}

public sealed record TeamRow(Guid Id, string Key, string Name, string Duties, int People, DateOnly? ClosedDate);
