using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Retention;

public sealed record HoldRow(LegalHold Hold, string Reference, string By);

public sealed record DisposalRow(Disposal Disposal, string By, string? DecidedBy, bool IsMine);

/// <summary>What is due, what is proposed, what is on hold, and the log of what went.</summary>
[Requires(Can.DisposeRecords)]
public sealed class RetentionPage(WaymarkDb db, Viewer viewer, RecordAccess access, RetentionRules rules, ProposeDisposal propose, DecideDisposal decide, HoldRecord hold) : PageModel
{
    public const int PageSize = 50;

    /// <summary><c>due</c>, <c>proposed</c>, <c>held</c> or <c>done</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty]
    public List<Guid> People { get; set; } = [];

    [BindProperty]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Words { get; set; }

    [BindProperty]
    public string? Reference { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public DateOnly? ReviewDate { get; set; }

    [BindProperty]
    public string? ReleaseReason { get; set; }

    public IReadOnlyList<string> Rules => rules.Words;
    public IReadOnlyList<DueRecord> Due { get; private set; } = [];
    public IReadOnlyList<HoldRow> Holds { get; private set; } = [];
    public IReadOnlyList<DisposalRow> Disposals { get; private set; } = [];
    public bool HasMore { get; private set; }
    public int Proposed { get; private set; }
    public int Held { get; private set; }

    public Task OnGetAsync() => ReadAsync();

    public async Task<IActionResult> OnPostProposeAsync()
    {
        var count = 0;
        return await DoneAsync(async () => count = await propose.RunAsync(People), () => $"{Format.Plural(count, "record")} proposed. Someone else decides.", "proposed", "due");
    }

    public Task<IActionResult> OnPostApproveAsync() => DoneAsync(() => decide.RunAsync(Id, approves: true, Words), () => "The record is disposed of", "proposed", "proposed");

    public Task<IActionResult> OnPostDeclineAsync() => DoneAsync(() => decide.RunAsync(Id, approves: false, Words), () => "The record is kept", "proposed", "proposed");

    public Task<IActionResult> OnPostHoldAsync() => DoneAsync(() => hold.PlaceAsync(Reference, Reason, ReviewDate), () => "The hold is placed", "held", "held");

    public Task<IActionResult> OnPostReleaseAsync() => DoneAsync(() => hold.ReleaseAsync(Id, ReleaseReason), () => "The hold is released", "held", "held");

    private async Task<IActionResult> DoneAsync(Func<Task> act, Func<string> says, string then, string otherwise)
    {
        if (await this.TryAsync(act))
        {
            this.Flash(says());
            return Redirect($"/admin/retention?show={then}");
        }

        db.ChangeTracker.Clear();
        Show = otherwise;
        await ReadAsync();
        return Page();
    }

    private async Task ReadAsync()
    {
        Proposed = await db.Disposals.CountAsync(d => d.State == DisposalState.Proposed);
        Held = await db.LegalHolds.CountAsync(h => h.ReleasedOn == null);
        switch (Show)
        {
            case "held":
                Holds = await db.LegalHolds.AsNoTracking().Where(h => h.ReleasedOn == null).OrderBy(h => h.ReviewDate).ThenBy(h => h.PlacedOn).Select(h => new HoldRow(
                    h, db.People.Where(p => p.Id == h.PersonId).Select(p => p.Reference).FirstOrDefault() ?? "", db.Users.Where(u => u.Id == h.PlacedById).Select(u => u.DisplayName).FirstOrDefault() ?? "Waymark")).ToListAsync();
                break;
            case "proposed" or "done":
                await ReadDisposalsAsync(Show == "proposed");
                break;
            default:
                Show = "due";
                var due = await rules.Rows(access.Visible(rules.Due())).Take(PageSize + 1).ToListAsync();
                (Due, HasMore) = ([.. due.Take(PageSize)], due.Count > PageSize);
                break;
        }
    }

    private async Task ReadDisposalsAsync(bool proposed)
    {
        var (me, those) = (viewer.UserId, db.Disposals.AsNoTracking().Where(d => (d.State == DisposalState.Proposed) == proposed));
        var rows = await those.OrderByDescending(d => d.DecidedOn ?? d.ProposedOn).Take(PageSize + 1).Select(d => new DisposalRow(
            d,
            db.Users.Where(u => u.Id == d.ProposedById).Select(u => u.DisplayName).FirstOrDefault() ?? "Waymark",
            db.Users.Where(u => u.Id == d.DecidedById).Select(u => u.DisplayName).FirstOrDefault(),
            d.ProposedById == me)).ToListAsync();
        (Disposals, HasMore) = ([.. rows.Take(PageSize)], rows.Count > PageSize);
    }
}
