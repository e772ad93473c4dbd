using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.People;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Access;

/// <summary>Changes one restriction, hands it over, or lifts it. For those who stand within it.</summary>
[LogsView, Requires(Can.RestrictRecords)]
public sealed class RestrictionPage(WaymarkDb db, PersonDoor door, RestrictionChoices choices, ChangeRestriction change) : PageModel, IShowsPeople
{
    [BindProperty(SupportsGet = true)]
    public string Reference { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public RestrictionDetails Input { get; set; } = new();

    [BindProperty]
    public string? Owner { get; set; }

    [BindProperty]
    public string? LiftReason { get; set; }

    public Person Person { get; private set; } = null!;
    public RestrictionRow Row { get; private set; } = null!;
    public IEnumerable<Guid> ShownPeople => Person is null ? [] : [Person.Id];

    public async Task<IActionResult> OnGetAsync()
    {
        if (await OpenAsync() is { } instead)
        {
            return instead;
        }

        Version = Row.Restriction.Version;
        await FillAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync() => await OpenAsync() ?? await DoneAsync(() => change.RunAsync(Id, Version, Input, Owner), "Saved");

    public async Task<IActionResult> OnPostLiftAsync()
    {
        if (await OpenAsync() is { } instead)
        {
            return instead;
        }

        await FillAsync();
        return await DoneAsync(() => change.LiftAsync(Id, Version, LiftReason), "The restriction is lifted");
    }

    private async Task FillAsync()
    {
        var users = Restriction.Split(Row.Restriction.AllowedUserIds);
        Input = new RestrictionDetails
        {
            Reason = Row.Restriction.Reason,
            HidesStub = Row.Restriction.HidesStub,
            TeamIds = [.. Restriction.Split(Row.Restriction.AllowedTeamIds)],
            Users = string.Join('\n', await db.Users.Where(u => users.Contains(u.Id)).OrderBy(u => u.UserName).Select(u => u.UserName).ToListAsync()),
        };
    }

    private async Task<IActionResult> DoneAsync(Func<Task> act, string done)
    {
        if (!await this.TryAsync(act))
        {
            return Page();
        }

        this.Flash(done);
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
        var restriction = await db.Restrictions.AsNoTracking().Where(r => r.Id == Id && r.PersonId == Person.Id && r.ToOn == null).ToListAsync();
        if (await choices.RowsAsync(restriction) is not [{ IsWithin: true } row])
        {
            return NotFound();
        }

        Row = row;
        return null;
    }
}
