using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.People;

/// <summary>Who are they, what matters, what is happening now?</summary>
[LogsView, Requires(Can.ViewPeople)]
public sealed class PersonPageModel(PersonDoor door, PersonReader reader, TimelineReader timeline, CareClock clock, Catalogue catalogue, CouncilPolicy policy, Viewer viewer) : PageModel, IShowsPeople
{
    public IEnumerable<Guid> ShownPeople => Stub is null && View is not null ? [View.Person.Id] : [];

    public const int Size = 25;

    [BindProperty(SupportsGet = true)]
    public string Reference { get; set; } = "";

    /// <summary>What kind of entry the story is narrowed to.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    /// <summary>The record merged away that a link led from.</summary>
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    /// <summary>Set when the viewer may only know that the record exists.</summary>
    public RecordSight? Stub { get; private set; }
    public PersonView View { get; private set; } = null!;
    public TimelinePage Story { get; private set; } = null!;
    public Person Person => View.Person;
    public DateOnly Today => clock.Today;
    public TimelineKind? Narrowed => Enum.TryParse<TimelineKind>(Kind, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;
    public bool MayEdit => viewer.May(Can.EditPeople);
    public bool MayMerge => viewer.May(Can.MergePeople);

    /// <summary>What the law of records asks: who may see it, who looked, what the person is given. Page and title, where the viewer may.</summary>
    public IEnumerable<(string Page, string Title)> OfTheRecord => new[]
    {
        (Can.RestrictRecords, "restrictions", "Restrictions"), (Can.ReadAudit, "views", "Who looked at this record"), (Can.SubjectAccess, "subject-access", "Subject access"),
    }.Where(l => viewer.May(l.Item1)).Select(l => (l.Item2, l.Item3));
    public IEnumerable<Panel> Panels => catalogue.PersonPanels.Where(p => viewer.May(p.Permission));

    public string RelationTitle(string kind) => policy.TitleOf("person.relationships", kind, Today);

    public PolicyItem? AlertKind(string kind) => policy.ListAt("person.alert-kinds", Today).FirstOrDefault(k => k.Key == kind);

    public string StoryUrl(string? kind, int page)
    {
        List<string> query = [.. kind is null ? [] : new[] { $"kind={kind}" }, .. page == 1 ? [] : new[] { $"page={page.ToString(CultureInfo.InvariantCulture)}" }];
        return $"/people/{Reference}{(query.Count == 0 ? "" : "?" + string.Join('&', query))}#story";
    }

    public async Task<IActionResult> OnGetAsync()
    {
        var (person, sight, instead) = await door.LookAsync(Reference);
        if (instead is not null)
        {
            return instead;
        }

        Reference = person!.Reference;
        if (!sight.IsFull)
        {
            Stub = sight;
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return Page();
        }

        View = await reader.ReadAsync(person);
        var page = int.TryParse(Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 1;
        Story = await timeline.ReadAsync(View.Scope, Narrowed, page, Size);
        return Page();
    }
}
