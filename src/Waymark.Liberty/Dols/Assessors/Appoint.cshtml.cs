using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;
using Waymark.Liberty.Dols.Assessments;

namespace Waymark.Liberty.Dols.Assessors;

/// <summary>Appoints the assessors of the six assessments.</summary>
[LogsView, Requires(LibertyCan.Work)]
public sealed class AppointPage(DolsReader reader, WaymarkDb db, CareClock clock, AppointAssessors appoint) : DolsPage(reader)
{
    private List<DolsAssessor> assessors = [];
    private Dictionary<string, string> standing = [];

    [BindProperty]
    public List<string> Conflict { get; set; } = [];

    [BindProperty]
    public bool HasDeclared { get; set; }

    public static IReadOnlyList<Choice> ConflictChoices { get; } =
        [new("related", "A relative of the person"), new("paid", "A financial interest in the person's care"), new("involved", "Involved in the person's care or treatment")];

    /// <summary>Those who by profession and training may make an assessment; the rules are asked again when it is sent.</summary>
    public IEnumerable<Choice> Able(string kind) => assessors.Where(a => AssessorRules.IsAble(kind, a))
        .Select(a => new Choice(a.Id.ToString(), $"{a.Name}, {Choices.Text(a.Profession).ToLowerInvariant()}{(a.Agency is null ? "" : $", {a.Agency}")}"));

    public string? ChosenFor(string kind) => Request.HasFormContentType ? Request.Form[$"chosen.{kind}"].ToString() : standing.GetValueOrDefault(kind);

    public Task<IActionResult> OnGetAsync(string reference) => ShowPageAsync(reference);

    public Task<IActionResult> OnPostAsync(string reference) => ActAsync(reference, "Assessors are appointed.", () => appoint.RunAsync(
        SeenEpisode,
        AssessmentKind.All.ToDictionary(k => k.Key, k => Guid.TryParse(Request.Form[$"chosen.{k.Key}"], out var id) ? id : (Guid?)null),
        new Conflicts { IsRelated = Conflict.Contains("related"), IsPaidByPlace = Conflict.Contains("paid"), IsInvolvedInCare = Conflict.Contains("involved") },
        HasDeclared));

    protected override async Task ShowAsync()
    {
        var today = clock.Today;
        assessors = await db.Set<DolsAssessor>().AsNoTracking().Where(a => a.EndedDate == null || a.EndedDate > today).OrderBy(a => a.Name).ToListAsync();
        standing = await db.Set<DolsAppointment>().Where(a => a.EpisodeId == View.Episode.Id && a.EndedOn == null).ToDictionaryAsync(a => a.Kind, a => a.AssessorId.ToString());
    }
}
