using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.People;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Access;

/// <param name="What">Whole record, a field, or an episode.</param>
/// <param name="IsWithin">The viewer may see what it restricts, and so its reason, and change it.</param>
public sealed record RestrictionRow(Restriction Restriction, string What, string Owner, string Allowed, bool IsWithin);

/// <summary>What is restricted about one person, and by whom; restrict more.</summary>
[LogsView, Requires(Can.RestrictRecords)]
public sealed class RestrictionsPage(WaymarkDb db, PersonDoor door, RestrictionChoices choices, RestrictRecord restrict) : PageModel, IShowsPeople
{
    [BindProperty(SupportsGet = true)]
    public string Reference { get; set; } = "";

    [BindProperty]
    public RestrictionDetails Input { get; set; } = new();

    public Person Person { get; private set; } = null!;
    public IReadOnlyList<RestrictionRow> Rows { get; private set; } = [];
    public IReadOnlyList<Choice> Scopes { get; private set; } = [];
    public IEnumerable<Guid> ShownPeople => Person is null ? [] : [Person.Id];

    public async Task<IActionResult> OnGetAsync() => await OpenAsync() ?? Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await OpenAsync() is { } instead)
        {
            return instead;
        }

        if (!await this.TryAsync(() => restrict.RunAsync(Person.Id, Input)))
        {
            return Page();
        }

        this.Flash("Restricted. You own the restriction: break-glass is told to you.");
        return Redirect($"/people/{Reference}/restrictions");
    }

    private async Task<IActionResult?> OpenAsync()
    {
        var (person, instead) = await door.OpenAsync(Reference);
        if (instead is not null)
        {
            return instead;
        }

        Person = person!;
        Reference = Person.Reference;
        Scopes = await choices.ScopesAsync(Person.Id);
        var restrictions = await db.Restrictions.AsNoTracking().Where(r => r.PersonId == Person.Id).OrderBy(r => r.ToOn != null).ThenByDescending(r => r.FromOn).ToListAsync();
        Rows = await choices.RowsAsync(restrictions);
        return null;
    }
}

/// <summary>Words and choices around restrictions.</summary>
[Scoped]
public sealed class RestrictionChoices(WaymarkDb db, RecordAccess access, Catalogue catalogue)
{
    public async Task<IReadOnlyList<Choice>> TeamsAsync() =>
        [.. (await db.Teams.Where(t => t.ClosedDate == null).OrderBy(t => t.Name).Select(t => new { t.Id, t.Name }).ToListAsync()).Select(t => new Choice(t.Id.ToString(), t.Name))];

    public async Task<IReadOnlyList<Choice>> ScopesAsync(Guid personId)
    {
        var episodes = await access.Visible(db.Episodes).Where(e => e.PersonId == personId).OrderByDescending(e => e.ReceivedOn).Select(e => new { e.Id, e.Reference, e.PathwayKey }).ToListAsync();
        return
        [
            new("person", "The whole record"),
            .. RestrictedFields.All.Select(f => new Choice($"field:{f.Key}", f.Value)),
            .. episodes.Select(e => new Choice($"episode:{e.Id}", $"{e.Reference}, {Title(e.PathwayKey)}")),
        ];
    }

    /// <summary>Leaves out those of whose existence the viewer may not know.</summary>
    public async Task<IReadOnlyList<RestrictionRow>> RowsAsync(IReadOnlyList<Restriction> restrictions)
    {
        var episodeIds = restrictions.Select(r => r.EpisodeId).OfType<Guid>().ToList();
        var episodes = await db.Episodes.Where(e => episodeIds.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => $"{e.Reference}, {Title(e.PathwayKey)}");
        var userIds = restrictions.SelectMany(r => Restriction.Split(r.AllowedUserIds).Append(r.OwnerId)).Distinct().ToList();
        var users = await db.Users.Where(u => userIds.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName);
        var teams = await db.Teams.ToDictionaryAsync(t => t.Id, t => t.Name);
        var rows = new List<RestrictionRow>();
        foreach (var restriction in restrictions)
        {
            var isWithin = await access.IsWithinAsync(restriction);
            if (isWithin || !restriction.HidesStub)
            {
                var what = restriction.Field is { } field ? RestrictedFields.All.GetValueOrDefault(field, field) : restriction.EpisodeId is { } id ? episodes.GetValueOrDefault(id, "An episode") : "The whole record";
                var allowed = string.Join(", ", Restriction.Split(restriction.AllowedTeamIds).Select(t => teams.GetValueOrDefault(t, "")).Concat(Restriction.Split(restriction.AllowedUserIds).Select(u => users.GetValueOrDefault(u, ""))));
                rows.Add(new(restriction, what, users.GetValueOrDefault(restriction.OwnerId, ""), allowed.Length == 0 ? "The owner only" : allowed, isWithin));
            }
        }

        return rows;
    }

    private string Title(string pathwayKey) => catalogue.Pathways.GetValueOrDefault(pathwayKey)?.Title.ToLowerInvariant() ?? pathwayKey;
}
