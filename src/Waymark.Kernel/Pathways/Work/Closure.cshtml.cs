using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>Items proposed to be closed together: what, why, by whom; and the decision of someone else.</summary>
[Requires(Can.CloseInBulk)]
public sealed class ClosurePage(WaymarkDb db, RecordAccess access, CareClock clock, CouncilPolicy policy, Catalogue catalogue, Viewer viewer) : PageModel
{
    [BindProperty]
    public string? Words { get; set; }

    public BulkClosure Closure { get; private set; } = null!;
    public string Reason { get; private set; } = "";
    public string ProposedBy { get; private set; } = "";
    public string? DecidedBy { get; private set; }
    public IReadOnlyList<ClosureLine> Items { get; private set; } = [];
    public int Restricted { get; private set; }
    public bool MayDecide => Closure.DecidedOn is null && Closure.ProposedById != viewer.UserId;

    public async Task<IActionResult> OnGetAsync(Guid id) => await ReadAsync(id) ? Page() : NotFound();

    public Task<IActionResult> OnPostApproveAsync(Guid id, [FromServices] CloseInBulk close) => DecideAsync(id, close, true);

    public Task<IActionResult> OnPostTurnDownAsync(Guid id, [FromServices] CloseInBulk close) => DecideAsync(id, close, false);

    private async Task<IActionResult> DecideAsync(Guid id, CloseInBulk close, bool approve)
    {
        var outcome = new ManyOutcome([], []);
        if (await this.TryAsync(async () => outcome = await close.RunAsync(id, approve, Words)))
        {
            this.Flash(approve ? $"{Format.Plural(outcome.Done.Count, "item")} closed." : "Turned down. Nothing was closed.");
            return LocalRedirect($"/work/closures/{id}");
        }

        return await ReadAsync(id) ? Page() : NotFound();
    }

    private async Task<bool> ReadAsync(Guid id)
    {
        if (await db.BulkClosures.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id) is not { } closure)
        {
            return false;
        }

        (Closure, Reason) = (closure, policy.TitleOf(ProposeBulkClosure.List, closure.Departure, clock.Today));
        var names = await db.Users.Where(u => u.Id == closure.ProposedById || u.Id == closure.DecidedById).ToDictionaryAsync(u => u.Id, u => u.DisplayName);
        ProposedBy = names.GetValueOrDefault(closure.ProposedById, "Waymark");
        DecidedBy = closure.DecidedById is { } by ? names.GetValueOrDefault(by, "Waymark") : null;
        var lines =
            from item in db.BulkClosureItems.AsNoTracking()
            where item.ClosureId == id
            join episode in db.Episodes on item.EpisodeId equals episode.Id
            join person in db.People on episode.PersonId equals person.Id into people
            from person in people.DefaultIfEmpty()
            select new ClosureLine
            {
                EpisodeId = episode.Id,
                PersonId = episode.PersonId,
                Reference = episode.Reference,
                PathwayKey = episode.PathwayKey,
                GivenName = person!.PreferredName ?? person.GivenName,
                FamilyName = person.FamilyName,
                ReceivedDate = episode.ReceivedDate,
                IsOpen = episode.ClosedDate == null,
                Refused = item.Refused,
            };
        var shown = await access.RowsForAsync(lines, l => l.PersonId, l => l.EpisodeId, page => page.OrderBy(l => l.Reference));
        (Items, Restricted) = (shown.Rows, shown.Restricted);
        return true;
    }

    public string Title(ClosureLine line) => catalogue.Pathways.GetValueOrDefault(line.PathwayKey)?.Title ?? line.PathwayKey;
}

public sealed record ClosureLine
{
    public required Guid EpisodeId { get; init; }
    public Guid? PersonId { get; init; }
    public required string Reference { get; init; }
    public required string PathwayKey { get; init; }
    public string? GivenName { get; init; }
    public string? FamilyName { get; init; }
    public required DateOnly ReceivedDate { get; init; }
    public required bool IsOpen { get; init; }
    public string? Refused { get; init; }
}
