using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Policy;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>One act on one episode, on a small page of its own: what it needs to know, and a button.</summary>
[Requires(Can.ViewWork)]
[LogsView]
public sealed class EpisodeActPage(EpisodeReader reader, WaymarkDb db, CareClock clock, CouncilPolicy policy, Viewer viewer, IServiceProvider services) : PageModel, IShowsPeople
{
    [BindProperty]
    public EpisodeActInput Input { get; set; } = new();

    public EpisodeView View { get; private set; } = null!;
    public string Act { get; private set; } = "";
    public string Title { get; private set; } = "";
    public IReadOnlyList<Choice> Teams { get; private set; } = [];
    public IReadOnlyList<Choice> Workers { get; private set; } = [];
    public IEnumerable<Choice> Priorities => policy.ListAt(SetPriority.List, clock.Today).Select(p => new Choice(p.Key, p.Title));
    public IEnumerable<Choice> Risks => policy.ListAt(SetRisk.List, clock.Today).Select(p => new Choice(p.Key, p.Title));
    public IEnumerable<Choice> Stages => View.Pathway.Stages.Where(s => Act == EpisodeActs.Back ? View.Stage.MovesBackTo.Contains(s.Key) : s.Reopens).Select(s => new Choice(s.Key, s.Title));
    public IEnumerable<Guid> ShownPeople => View?.Person is { } person ? [person.Id] : [];

    public async Task<IActionResult> OnGetAsync(string reference, string act)
    {
        if (!await ReadAsync(reference, act))
        {
            return NotFound();
        }

        Input.Seen = View.Seen;
        Input.ContactDate = act == EpisodeActs.Contact ? clock.Today : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference, string act)
    {
        if (await this.TryAsync(() => RunAsync(act, SeenEpisode.Parse(Input.Seen) ?? throw new RefusedException("Open the page again and try once more."))))
        {
            this.Flash($"Done: {reference}.");
            return LocalRedirect($"/work/{reference}");
        }

        if (!await ReadAsync(reference, act))
        {
            return NotFound();
        }

        // What is shown beside the words typed is as it is now; pressing again acts on that.
        ModelState.Remove("Input.Seen");
        Input.Seen = View.Seen;
        return Page();
    }

    private Task RunAsync(string act, SeenEpisode seen) => act switch
    {
        EpisodeActs.Allocate => Use<AllocateEpisode>().RunAsync(seen, Input.WorkerId ?? throw new RefusedException("Choose the worker to allocate to.", "WorkerId")),
        EpisodeActs.Transfer => Use<TransferEpisode>().RunAsync(seen, Input.TeamId ?? throw new RefusedException("Choose the team to transfer to.", "TeamId"), Input.Reason),
        EpisodeActs.Priority => Use<SetPriority>().RunAsync(seen, Input.Priority, Input.Reason),
        EpisodeActs.Contact => Use<RecordWaitingContact>().RunAsync(seen, new NewWaitingContact(
            Input.ContactDate, Input.Reached ?? throw new RefusedException("Say whether you reached them.", "Reached"), Input.Reason, Input.Risk, Input.NextDueDate)),
        EpisodeActs.Plan => Use<SetPlanDate>().RunAsync(seen, Input.PlanDate),
        EpisodeActs.Pause => Use<PauseEpisode>().RunAsync(seen, Input.Reason),
        EpisodeActs.Resume => Use<ResumeEpisode>().RunAsync(seen),
        EpisodeActs.Back => Use<MoveBack>().RunAsync(seen, Input.StageKey ?? "", Input.Reason),
        EpisodeActs.Reopen => Use<ReopenEpisode>().RunAsync(seen, Input.StageKey ?? "", Input.Reason),
        EpisodeActs.Link => Use<LinkEpisodes>().RunAsync(seen.Id, Input.ToReference ?? ""),
        _ => throw new RefusedException("There is no such act."),
    };

    // One page for ten acts: only the one asked for is made.
    private T Use<T>() where T : notnull => (T)services.GetService(typeof(T))!;

    private async Task<bool> ReadAsync(string reference, string act)
    {
        var (view, _) = await reader.ReadAsync(reference);
        if (view is null)
        {
            return false;
        }

        View = view;
        var found = EpisodeActs.For(view, p => viewer.MayFor(view.Episode.TeamId, p)).FirstOrDefault(a => a.Act == act);
        (Act, Title) = (found.Act ?? "", found.Title ?? "");
        if (act == EpisodeActs.Transfer)
        {
            Teams = await db.Teams.Where(t => t.ClosedDate == null && t.Id != view.Episode.TeamId).OrderBy(t => t.Name).Select(t => new Choice(t.Id.ToString(), t.Name, null)).ToListAsync();
        }
        else if (act == EpisodeActs.Allocate)
        {
            var today = clock.Today;
            Workers = await db.Users.Where(u => u.LeftOn == null && db.TeamMembers.Any(m => m.UserId == u.Id && m.TeamId == view.Episode.TeamId && m.FromDate <= today && (m.ToDate == null || m.ToDate > today)))
                .OrderBy(u => u.DisplayName).Select(u => new Choice(u.Id.ToString(), u.DisplayName, null)).ToListAsync();
        }

        // An act that went out of reach while the page was open still shows why: the errors stand on it.
        return found.Act is not null || !ModelState.IsValid;
    }
}

/// <summary>Whatever an act asks.</summary>
public sealed class EpisodeActInput
{
    public string? Seen { get; set; }
    public Guid? WorkerId { get; set; }
    public Guid? TeamId { get; set; }
    public string? Reason { get; set; }
    public string? Priority { get; set; }
    public string? Risk { get; set; }
    public DateOnly? ContactDate { get; set; }
    public bool? Reached { get; set; }
    public DateOnly? NextDueDate { get; set; }
    public DateOnly? PlanDate { get; set; }
    public string? StageKey { get; set; }
    public string? ToReference { get; set; }
}
