using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;
using Waymark.Liberty.Dols.Assessments;

namespace Waymark.Liberty.Dols.Assessors;

/// <summary>The list of assessors, kept by the DoLS team.</summary>
[Requires(LibertyCan.Work)]
public sealed class RegisterPage(WaymarkDb db, CareClock clock, KeepAssessors keep) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public Profession? Profession { get; set; }

    [BindProperty]
    public List<string> Able { get; set; } = [];

    [BindProperty]
    public string? Agency { get; set; }

    [BindProperty]
    public Guid? UserId { get; set; }

    public IReadOnlyList<DolsAssessor> Assessors { get; private set; } = [];
    public IReadOnlyList<Choice> Users { get; private set; } = [];

    public static IReadOnlyList<Choice> Approvals { get; } =
    [
        new("best-interests", "Best interests assessor"), new("mental-health", "Mental health assessor", "A doctor approved under section 12, or trained and experienced as the regulations ask"),
        new("amhp", "Approved mental health professional"),
    ];

    public static string MayAssess(DolsAssessor one) => string.Join(", ", AssessmentKind.All.Where(k => AssessorRules.IsAble(k.Key, one)).Select(k => k.Title)) is { Length: > 0 } all ? all : "Nothing: no approval";

    public Task OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAddAsync() => ActAsync("Added.", () => keep.AddAsync(Name, Profession, Able, Agency, UserId));

    public Task<IActionResult> OnPostEndAsync(Guid id) => ActAsync("Taken off the list. Appointments already made stand.", () => keep.EndAsync(id));

    private async Task<IActionResult> ActAsync(string words, Func<Task> act)
    {
        if (await this.TryAsync(act))
        {
            this.Flash(words);
            return LocalRedirect("/dols/assessors");
        }

        await ShowAsync();
        return Page();
    }

    private async Task ShowAsync()
    {
        var today = clock.Today;
        Assessors = await db.Set<DolsAssessor>().AsNoTracking().Where(a => a.EndedDate == null || a.EndedDate > today).OrderBy(a => a.Name).ToListAsync();
        Users = await db.Users.Where(u => u.LeftOn == null && u.CanSignIn).OrderBy(u => u.DisplayName).Select(u => new Choice(u.Id.ToString(), u.DisplayName, null)).ToListAsync();
    }
}
