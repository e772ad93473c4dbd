using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways;

/// <summary>Many items to be closed for one reason: proposed by one person, decided by another. Shows in departures and in the pack.</summary>
public sealed class BulkClosure : Entity
{
    public required string Departure { get; init; }
    public required string Words { get; init; }
    public required Guid ProposedById { get; init; }
    public required DateTime ProposedOn { get; init; }
    public Guid? DecidedById { get; set; }
    public DateTime? DecidedOn { get; set; }
    public bool? IsApproved { get; set; }
    public string? DecisionWords { get; set; }
    public int ClosedCount { get; set; }
}

public sealed class BulkClosureItem : Entity
{
    public required Guid ClosureId { get; init; }
    public required Guid EpisodeId { get; init; }

    /// <summary>Why it was not closed when the rest were.</summary>
    public string? Refused { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<BulkClosureItem>
    {
        public void Configure(EntityTypeBuilder<BulkClosureItem> builder) => builder.HasIndex(i => i.ClosureId);
    }
}

/// <summary>Proposes to close many items for a reason. Nothing closes until someone else approves.</summary>
[Scoped]
public sealed class ProposeBulkClosure(WaymarkDb db, CareClock clock, Viewer viewer, CouncilPolicy policy, EpisodeDesk desk, Auditor audit)
{
    public const string List = "work.departures";

    /// <returns>The id of the proposal.</returns>
    public async Task<Guid> RunAsync(IReadOnlyCollection<SeenEpisode> seen, string? departure, string? reason)
    {
        var chosen = policy.ListAt(List, clock.Today).FirstOrDefault(d => d.Key == departure && d.Is("bulk")) ?? throw new RefusedException("Choose why they are closed.", "Departure");
        var words = Words.Needed(reason, "Say in a sentence why these are closed together. It shows beside the fall in the list.");
        var open = (await desk.TakeManyAsync([.. seen.Select(s => s.Id).Distinct()])).Where(t => t.Span is not null && viewer.MayFor(t.Episode.TeamId, Can.CloseInBulk)).ToList();
        if (open.Count == 0)
        {
            throw new RefusedException("Select at least one open row of a team for which you may close in bulk.", "Rows");
        }

        var closure = new BulkClosure { Departure = chosen.Key, Words = words, ProposedById = viewer.UserId, ProposedOn = clock.Now };
        db.Add(closure);
        db.AddRange(open.Select(t => new BulkClosureItem { ClosureId = closure.Id, EpisodeId = t.Episode.Id }));
        audit.Record("propose-bulk-closure", closure, new { closure.Departure, items = open.Count });
        await db.SaveChangesAsync();
        return closure.Id;
    }
}

/// <summary>Approves a bulk closure, which closes what is still open, or turns it down. Never by whoever proposed it.</summary>
[Scoped]
public sealed class CloseInBulk(WaymarkDb db, CareClock clock, Viewer viewer, EpisodeDesk desk, StageMover mover, Auditor audit)
{
    public const string ExitKey = "closed-in-bulk";

    /// <exception cref="RefusedException">Own proposal; decided already; turned down without words.</exception>
    public async Task<ManyOutcome> RunAsync(Guid closureId, bool approve, string? words)
    {
        var closure = await db.BulkClosures.FirstOrDefaultAsync(c => c.Id == closureId) ?? throw new RefusedException("There is no such proposal.");
        if (closure.DecidedOn is { } decided)
        {
            var who = await db.Users.Where(u => u.Id == closure.DecidedById).Select(u => u.DisplayName).FirstOrDefaultAsync() ?? "Waymark";
            throw new RefusedException($"{who} {(closure.IsApproved == true ? "approved" : "turned down")} this on {Format.DateTime(decided)}.");
        }

        if (closure.ProposedById == viewer.UserId)
        {
            throw new RefusedException("You proposed this, so someone else must approve it.");
        }

        var decision = approve ? words?.Trim() : Words.Needed(words, "Say why not. Whoever proposed it reads this.", "Words");
        (closure.DecidedById, closure.DecidedOn, closure.IsApproved, closure.DecisionWords) = (viewer.UserId, clock.Now, approve, decision);
        var outcome = approve ? await CloseAsync(closure) : new ManyOutcome([], []);
        audit.Record(approve ? "close-in-bulk" : "turn-down-bulk-closure", closure, new { closure.Departure, closed = outcome.Done.Count, refused = outcome.Refused.Count });
        await desk.SaveAsync();
        return outcome;
    }

    private async Task<ManyOutcome> CloseAsync(BulkClosure closure)
    {
        var items = await db.BulkClosureItems.Where(i => i.ClosureId == closure.Id).ToDictionaryAsync(i => i.EpisodeId);
        var (done, refused) = (new List<string>(), new List<(string, string)>());
        foreach (var taken in await desk.TakeManyAsync(items.Keys))
        {
            try
            {
                desk.Check(taken, Can.CloseInBulk);
                await desk.CheckOpenAsync(taken);
                await mover.CloseAsync(taken, ExitKey, closure.Departure, closure.Words, clock.Now);
                audit.Record("close-in-bulk", taken.Episode, new { closure = closure.Id, closure.Departure }, taken.Episode.PersonId);
                done.Add(taken.Episode.Reference);
            }
            catch (RefusedException why)
            {
                items[taken.Episode.Id].Refused = why.Message;
                refused.Add((taken.Episode.Reference, why.Message));
            }
        }

        closure.ClosedCount = done.Count;
        return new ManyOutcome(done, refused);
    }
}
