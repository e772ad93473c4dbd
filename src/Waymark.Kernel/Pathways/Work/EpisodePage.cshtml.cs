using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>One episode: where it is, whose move it is, by when; the form of its stage; what may be done with it.</summary>
[Requires(Can.ViewWork)]
[LogsView]
public sealed class EpisodePage(EpisodeReader reader, Catalogue catalogue, CouncilPolicy policy, CareClock clock, Viewer viewer) : PageModel, IShowsPeople
{
    [BindProperty]
    public string? Words { get; set; }

    [BindProperty]
    public string? ExitKey { get; set; }

    [BindProperty]
    public string? ExitReason { get; set; }

    public EpisodeView View { get; private set; } = null!;

    /// <summary>Where the viewer may not see it: what to tell them.</summary>
    public RecordSight Sight { get; private set; } = RecordSight.Full;
    public WorkWords Say { get; private set; } = null!;

    public IEnumerable<Guid> ShownPeople => Sight.IsFull && View.Person is { } person ? [person.Id] : [];
    public IEnumerable<Panel> Panels => catalogue.EpisodePanels.Where(p => (p.PathwayKey is null || p.PathwayKey == View.Pathway.Key) && viewer.May(p.Permission));
    public bool May(string permission) => viewer.MayFor(View.Episode.TeamId, permission);

    /// <summary>The stage is completed by choosing an exit, since it asks no form.</summary>
    public bool MayLeaveByChoice => View.IsOpen && View.Stage.FormType is null && View.Stage.AllExits.Count > 0 && May(View.Stage.CompletePermission);
    public bool MayDecide => View.Approval is { Approval: { DecidedOn: null } approval } && approval.AskedById != viewer.UserId && May(View.Stage.ApprovalPermission ?? Can.ApproveWork);
    public bool MayComplete(TaskLine line) => line.CompletedBy is null && May(line.IsOfForm ? Can.DoWork : View.Pathway.StageAt(line.Task.StageKey).CompletePermission);

    /// <summary>What may be done with it now: the word in the address, and what it is called.</summary>
    public IEnumerable<(string Act, string Title)> Acts => EpisodeActs.For(View, May);

    public async Task<IActionResult> OnGetAsync(string reference) => await ReadAsync(reference) ? Page() : NotFound();

    [Requires(Can.ViewWork)]
    public Task<IActionResult> OnPostLeaveAsync(string reference, string seen, Guid visit, [FromServices] CompleteStage complete) => ActAsync(reference, async () =>
    {
        var done = await complete.RunAsync(new StageCompletion
        {
            EpisodeId = SeenEpisode.Parse(seen)?.Id ?? Guid.Empty,
            VisitId = visit,
            Version = SeenEpisode.Parse(seen)?.Version,
            ExitKey = ExitKey ?? throw new RefusedException("Choose what it led to.", "ExitKey"),
            ExitReason = ExitReason,
        });
        return done.Opened is { } opened ? $"Done. {opened.Reference} was opened." : done.Result == CompletionResult.Closed ? "Closed." : "Moved on.";
    });

    [Requires(Can.ViewWork)]
    public Task<IActionResult> OnPostApproveAsync(string reference, Guid approval, [FromServices] DecideApproval decide) => ActAsync(reference, async () =>
    {
        var done = await decide.RunAsync(approval, true, Words);
        return done.Opened is { } opened ? $"Approved. {opened.Reference} was opened." : "Approved.";
    });

    [Requires(Can.ViewWork)]
    public Task<IActionResult> OnPostReturnAsync(string reference, Guid approval, [FromServices] DecideApproval decide) => ActAsync(reference, async () =>
    {
        await decide.RunAsync(approval, false, Words);
        return "Returned to its author with your words.";
    });

    [Requires(Can.ViewWork)]
    public Task<IActionResult> OnPostTaskAsync(string reference, Guid task, [FromServices] CompleteTask complete) => ActAsync(reference, async () =>
    {
        await complete.RunAsync(task);
        return "Done.";
    });

    /// <summary>Opens the form of a task, which is filled in on a page of its own.</summary>
    [Requires(Can.DoWork)]
    public async Task<IActionResult> OnPostTaskFormAsync(string reference, Guid task, [FromServices] OpenDraft open)
    {
        if (!await ReadAsync(reference))
        {
            return NotFound();
        }

        if (!Sight.IsFull)
        {
            return Page();
        }

        var line = View.Tasks.FirstOrDefault(t => t.Task.Id == task && t.CompletedBy is null);
        var form = line is null ? null : View.Pathway.StageAt(line.Task.StageKey).Tasks.FirstOrDefault(t => t.Key == line.Task.TaskKey)?.FormType;
        if (line is null || form is null)
        {
            ModelState.AddModelError("", "That task is done, or has no form. Look at the list as it is now.");
            return Page();
        }

        var draft = await open.RunAsync(FormDefinition.Of(form).Key, new DraftSubject { EpisodeId = View.Episode.Id, VisitId = line.Task.VisitId, TaskId = task });
        return LocalRedirect($"/drafts/{draft}?return={Uri.EscapeDataString($"/work/{reference}")}");
    }

    private async Task<IActionResult> ActAsync(string reference, Func<Task<string>> act)
    {
        var words = "";
        if (await this.TryAsync(async () => words = await act()))
        {
            this.Flash(words);
            return LocalRedirect($"/work/{reference}");
        }

        return await ReadAsync(reference) ? Page() : NotFound();
    }

    private async Task<bool> ReadAsync(string reference)
    {
        var (view, sight) = await reader.ReadAsync(reference);
        (View, Sight) = (view!, sight);
        Say = new WorkWords(catalogue, policy.ListAt(SetPriority.List, clock.Today), policy.ListAt(SetRisk.List, clock.Today), clock.Today);
        return !sight.IsHidden;
    }
}
