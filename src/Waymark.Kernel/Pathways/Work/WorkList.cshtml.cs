using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>The work list: who is waiting, in what order, and why in that order.</summary>
[Requires(Can.ViewWork)]
public sealed class WorkListPage(WorkListReader reader, Catalogue catalogue, CouncilPolicy policy, CareClock clock, Viewer viewer) : PageModel
{
    [BindProperty]
    public WorkListInput Input { get; set; } = new();

    public WorkListView List { get; private set; } = null!;
    public string? Done { get; private set; }
    public bool MayAllocate => viewer.May(Can.AllocateWork);
    public bool MayDo => viewer.May(Can.DoWork);
    public bool MayClose => viewer.May(Can.CloseInBulk);
    public bool MayActOnRows => List.IsNow && List.Rows.Count > 0 && (MayAllocate || MayDo || MayClose);
    public DateOnly Today => clock.Today;
    public WorkWords Words { get; private set; } = null!;
    public bool IsSelected(WorkRow row) => Input.Rows.Contains(Seen(row));
    public bool IsMine(SavedView view) => view.OwnerId == viewer.UserId;

    public IEnumerable<Choice> PathwayChoices => catalogue.Pathways.Values.OrderBy(p => p.Title).Select(p => new Choice(p.Key, p.Title));
    public IEnumerable<Choice> StageChoices => List.Filter.Pathway is { } key && catalogue.Pathways.TryGetValue(key, out var pathway) ? pathway.Stages.Select(s => new Choice(s.Key, s.Title)) : [];
    public IEnumerable<Choice> TeamChoices => [new(WorkFilter.Mine, "My teams"), .. List.Teams.Select(t => new Choice(t.Key, t.IsOpen ? t.Name : $"{t.Name} (closed)"))];
    public IEnumerable<Choice> OpenTeams => List.Teams.Where(t => t.IsOpen).Select(t => new Choice(t.Id.ToString(), t.Name));
    public IEnumerable<Choice> WorkerChoices => [new(WorkFilter.Nobody, "Nobody yet"), new(WorkFilter.Me, "Me"), .. List.Workers.Where(w => w.Id != viewer.UserId).Select(w => new Choice(w.Id.ToString(), w.Name))];
    public IEnumerable<Choice> Allocatable => List.Workers.Where(w => w.IsOffered).Select(w => new Choice(w.Id.ToString(), w.Name));
    public IEnumerable<Choice> MyTeams => List.Teams.Where(t => viewer.TeamIds.Contains(t.Id)).Select(t => new Choice(t.Id.ToString(), t.Name));
    public IEnumerable<Choice> ClosingReasons => policy.ListAt(ProposeBulkClosure.List, clock.Today).Where(d => d.Is("bulk")).Select(d => new Choice(d.Key, d.Title));

    public static string Seen(WorkRow row) => new SeenEpisode(row.EpisodeId, row.Version).ToString();

    public Task OnGetAsync() => ShowAsync();

    [Requires(Can.AllocateWork)]
    public Task<IActionResult> OnPostAllocateAsync([FromServices] AllocateMany allocate) =>
        ActAsync("allocated", () => allocate.RunAsync(Input.Seen, Input.WorkerId ?? throw new RefusedException("Choose the worker to allocate to.", "WorkerId")));

    [Requires(Can.AllocateWork)]
    public Task<IActionResult> OnPostTransferAsync([FromServices] TransferMany transfer) =>
        ActAsync("transferred", () => transfer.RunAsync(Input.Seen, Input.TeamId ?? throw new RefusedException("Choose the team to transfer to.", "TeamId"), Input.Reason));

    [Requires(Can.DoWork)]
    public Task<IActionResult> OnPostRiskAsync([FromServices] SetRiskOfMany setRisk) => ActAsync("changed", () => setRisk.RunAsync(Input.Seen, Input.Risk));

    [Requires(Can.CloseInBulk)]
    public async Task<IActionResult> OnPostCloseAsync([FromServices] ProposeBulkClosure propose)
    {
        var closure = Guid.Empty;
        if (await this.TryAsync(async () => closure = await propose.RunAsync(Input.Seen, Input.Departure, Input.ClosingReason)))
        {
            return LocalRedirect($"/work/closures/{closure}");
        }

        await ShowAsync();
        return Page();
    }

    [Requires(Can.ViewWork)]
    public async Task<IActionResult> OnPostSaveViewAsync([FromServices] SaveView save)
    {
        if (await this.TryAsync(() => save.RunAsync(Input.ViewName, WorkFilter.From(Request.Query), Input.ViewTeamId)))
        {
            this.Flash($"The view “{Input.ViewName!.Trim()}” is saved.");
            return LocalRedirect(Here());
        }

        await ShowAsync();
        return Page();
    }

    [Requires(Can.ViewWork)]
    public async Task<IActionResult> OnPostDeleteViewAsync([FromServices] DeleteView delete, Guid view)
    {
        await this.TryAsync(() => delete.RunAsync(view));
        return LocalRedirect(Here());
    }

    /// <summary>Address of a handler on the list as it is filtered now.</summary>
    public string Post(string handler) => List.Filter.ToQuery() is { Length: > 0 } query ? $"/work{query}&handler={handler}" : $"/work?handler={handler}";

    public string Without(string name) => $"/work{(List.Filter with { At = name == "at" ? null : List.Filter.At, Sort = name == "sort" ? null : List.Filter.Sort }).ToQuery()}";

    public string SortedBy(string? sort) => $"/work{(List.Filter with { Sort = sort }).ToQuery()}";

    private string Here() => $"/work{WorkFilter.From(Request.Query).ToQuery()}";

    private async Task<IActionResult> ActAsync(string done, Func<Task<ManyOutcome>> act)
    {
        var outcome = new ManyOutcome([], []);
        var ran = await this.TryAsync(async () => outcome = await act());
        if (ran && outcome.Refused.Count == 0)
        {
            this.Flash($"{Format.Plural(outcome.Done.Count, "item")} {done}.");
            return LocalRedirect(Here());
        }

        Done = outcome.Done.Count == 0 ? null : $"{Format.Plural(outcome.Done.Count, "item")} {done}. {Format.Plural(outcome.Refused.Count, "item was", "items were")} not; the reasons stand above.";
        foreach (var (_, why) in outcome.Refused.Take(20))
        {
            ModelState.AddModelError("", why);
        }

        await ShowAsync();
        return Page();
    }

    private async Task ShowAsync()
    {
        List = await reader.ReadAsync(WorkFilter.From(Request.Query));
        Words = new WorkWords(catalogue, List.Priorities, List.Risks, List.Day);
    }
}

/// <summary>What the list's buttons act on and with.</summary>
public sealed class WorkListInput
{
    public string[] Rows { get; set; } = [];
    public Guid? WorkerId { get; set; }
    public Guid? TeamId { get; set; }
    public string? Reason { get; set; }
    public string? Risk { get; set; }
    public string? Departure { get; set; }
    public string? ClosingReason { get; set; }
    public string? ViewName { get; set; }
    public Guid? ViewTeamId { get; set; }

    internal IReadOnlyCollection<SeenEpisode> Seen => [.. Rows.Select(SeenEpisode.Parse).OfType<SeenEpisode>()];
}
