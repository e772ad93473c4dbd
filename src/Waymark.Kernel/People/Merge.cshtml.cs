using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.People;

/// <summary>Merge two records, side by side: which value stays is chosen field by field.</summary>
[LogsView, Requires(Can.MergePeople)]
public sealed class MergeModel(WaymarkDb db, PersonDoor door, MergePeople merge, RecordAccess access, Duplicates duplicates) : PageModel, IShowsPeople
{
    public IEnumerable<Guid> ShownPeople => [.. Kept is null ? [] : new[] { Kept.Id }, .. Other is null ? [] : new[] { Other.Id }];

    [BindProperty(SupportsGet = true)]
    public string Reference { get; set; } = "";

    /// <summary>Reference of the other record.</summary>
    [BindProperty(SupportsGet = true)]
    public string? With { get; set; }

    /// <summary>Keys of fields whose value is taken from the other record.</summary>
    [BindProperty]
    public List<string> Take { get; set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    public Person Kept { get; private set; } = null!;
    public Person? Other { get; private set; }
    public FieldSight KeptFields { get; private set; } = FieldSight.All;
    public FieldSight OtherFields { get; private set; } = FieldSight.All;
    public ShownRows<PossibleDuplicate> Possible { get; private set; } = new([], 0, 0);

    public bool Takes(MergeField field) => Request.HasFormContentType ? Take.Contains(field.Key) : field.Get(Kept) is null or "NotKnown" or "False" or "" && field.Get(Other!) is not null;

    public async Task<IActionResult> OnGetAsync() => await OpenAsync() ?? Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await OpenAsync() is { } instead)
        {
            return instead;
        }

        if (Other is null)
        {
            ModelState.AddModelError(nameof(With), "Enter the reference of the other record");
            return Page();
        }

        PersonMerge? done = null;
        if (!await this.TryAsync(async () => done = await merge.RunAsync(Kept.Id, Other.Id, Reason, Take.ToHashSet(StringComparer.Ordinal))))
        {
            return Page();
        }

        this.Flash($"{Other.Reference} is merged into {Kept.Reference}. It can be undone from the story.");
        return Redirect($"/people/{Kept.Reference}");
    }

    public static bool IsShown(MergeField field, FieldSight sight) => field.Key switch
    {
        nameof(Person.Address) or nameof(Person.Postcode) or nameof(Person.Ward) => sight.Shows(RestrictedFields.Address),
        nameof(Person.Phone) => sight.Shows(RestrictedFields.Phone),
        _ => true,
    };

    private async Task<IActionResult?> OpenAsync()
    {
        var (person, instead) = await door.OpenAsync(Reference);
        if (instead is not null)
        {
            return instead;
        }

        Kept = person!;
        if (string.IsNullOrWhiteSpace(With))
        {
            Possible = await duplicates.ForAsync(PersonDetails.Of(Kept), Kept.Id);
            return null;
        }

        var reference = With.Trim().ToUpperInvariant();
        Other = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Reference == reference);
        if (Other is null || !(await access.SightOfPersonAsync(Other.Id)).IsFull)
        {
            Other = null;
            ModelState.AddModelError(nameof(With), $"There is no record {reference} that you may merge. Check the reference");
            return null;
        }

        KeptFields = await access.FieldsOfAsync(Kept.Id);
        OtherFields = await access.FieldsOfAsync(Other.Id);
        return null;
    }
}
