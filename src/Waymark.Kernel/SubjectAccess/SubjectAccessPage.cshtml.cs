using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.People;

namespace Waymark.Kernel.SubjectAccess;

public sealed record AnswerRow(SubjectAccessAnswer Answer, string By, IReadOnlyList<RedactionLine> Withheld, IReadOnlyList<RedactionLine> Released);

/// <summary>Decide what from or about others is given, make the bundle, see what was made before.</summary>
[LogsView, Requires(Can.SubjectAccess)]
public sealed class SubjectAccessPage(WaymarkDb db, PersonDoor door, GatherRecord gather, AnswerSubjectAccess answer) : PageModel, IShowsPeople
{
    [BindProperty(SupportsGet = true)]
    public string Reference { get; set; } = "";

    /// <summary>Keys of entries from or about others that are given.</summary>
    [BindProperty]
    public List<string> Give { get; set; } = [];

    public Person Person { get; private set; } = null!;
    public SubjectRecord Record { get; private set; } = null!;
    public IReadOnlyList<(SubjectSection Section, SubjectEntry Entry)> Others { get; private set; } = [];
    public IReadOnlyList<AnswerRow> Answers { get; private set; } = [];
    public IEnumerable<Guid> ShownPeople => Person is null ? [] : [Person.Id];
    public string ViewPurpose => "Subject access";

    public async Task<IActionResult> OnGetAsync()
    {
        if (await OpenAsync() is { } instead)
        {
            return instead;
        }

        Record = await gather.RunAsync(Person.Id);
        Others = [.. Record.Entries.Where(e => e.Entry.Withheld is not null)];
        Answers =
        [
            .. (await db.SubjectAccessAnswers.AsNoTracking().Where(a => a.PersonId == Person.Id).OrderByDescending(a => a.AnsweredOn)
                .Select(a => new { Answer = a, By = db.Users.Where(u => u.Id == a.AnsweredById).Select(u => u.DisplayName).FirstOrDefault() }).ToListAsync())
                .Select(a => new AnswerRow(a.Answer, a.By ?? "Waymark", Lines(a.Answer.Withheld), Lines(a.Answer.Released))),
        ];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await OpenAsync() is { } instead)
        {
            return instead;
        }

        var made = await answer.RunAsync(Person.Id, Give.ToHashSet(StringComparer.Ordinal));
        var file = new FileStream(made.Path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        return File(file, "application/zip", $"subject-access-{Person.Reference}.zip");
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
        return null;
    }

    private static List<RedactionLine> Lines(string json) => JsonSerializer.Deserialize<List<RedactionLine>>(json)!;
}
