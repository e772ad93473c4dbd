using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Liberty.Dols.Reviews;

namespace Waymark.Liberty.Dols.Safeguards;

/// <summary>What protects the person while the request runs and the authorisation is in force.</summary>
[LogsView, Requires(LibertyCan.Work)]
public sealed class SafeguardsPage(DolsReader reader, WaymarkDb db, CareClock clock, KeepSafeguards keep, StartReview startReview) : DolsPage(reader)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public bool IsPaid { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public AdvocateSection? Section { get; set; }

    [BindProperty]
    public string? AdvocateName { get; set; }

    [BindProperty]
    public string? SuspendReason { get; set; }

    public DateOnly Today => clock.Today;
    public bool IsOpen => View.Episode.ClosedDate is null;
    public IReadOnlyList<DolsCondition> Conditions { get; private set; } = [];
    public IReadOnlyList<DolsRepresentative> Representatives { get; private set; } = [];
    public IReadOnlyList<DolsAdvocate> Advocates { get; private set; } = [];
    public IReadOnlyList<DolsSuspension> Suspensions { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(string reference) => ShowPageAsync(reference);

    /// <summary>Each condition has fields of its own on the page, named for it.</summary>
    public Task<IActionResult> OnPostFollowUpAsync(string reference, Guid condition) => KeepAsync(reference, "Saved.", id =>
        keep.FollowUpAsync(id, condition, bool.TryParse(Request.Form[$"met.{condition}"], out var met) ? met : null, Request.Form[$"found.{condition}"]));

    public Task<IActionResult> OnPostRepresentativeAsync(string reference) => KeepAsync(reference, "The representative is appointed.", id => keep.AppointRepresentativeAsync(id, Name, IsPaid, Reason));

    public Task<IActionResult> OnPostAdvocateAsync(string reference) => KeepAsync(reference, "The referral is recorded.", id => keep.ReferAdvocateAsync(id, Section, AdvocateName));

    public Task<IActionResult> OnPostSuspendAsync(string reference) => KeepAsync(reference, "The authorisation is suspended.", id => keep.SuspendAsync(id, SuspendReason));

    public Task<IActionResult> OnPostLiftAsync(string reference) => KeepAsync(reference, "The suspension is lifted.", keep.LiftAsync);

    public Task<IActionResult> OnPostChallengeAsync(string reference) => KeepAsync(reference, "The challenge is recorded.", keep.ChallengedAsync);

    public Task<IActionResult> OnPostReviewAsync(string reference) => KeepAsync(reference, "A review is open.", startReview.RunAsync);

    private async Task<IActionResult> KeepAsync(string reference, string words, Func<Guid, Task> act) =>
        await ReadAsync(reference) ? await ActAsync(reference, words, () => act(View.Episode.Id), $"/dols/{reference}/safeguards") : NotFound();

    protected override async Task ShowAsync()
    {
        var id = View.Episode.Id;
        Conditions = await db.Set<DolsCondition>().AsNoTracking().Where(c => c.EpisodeId == id).OrderBy(c => c.DueDate).ToListAsync();
        Representatives = await db.Set<DolsRepresentative>().AsNoTracking().Where(r => r.EpisodeId == id).OrderByDescending(r => r.FromDate).ToListAsync();
        Advocates = await db.Set<DolsAdvocate>().AsNoTracking().Where(a => a.EpisodeId == id).OrderByDescending(a => a.ReferredDate).ToListAsync();
        Suspensions = await db.Set<DolsSuspension>().AsNoTracking().Where(s => s.EpisodeId == id).OrderByDescending(s => s.FromDate).ToListAsync();
    }
}
