using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Liberty.Dols.Safeguards;

namespace Waymark.Liberty.Dols.Reviews;

/// <summary>A review of an authorisation in force (Schedule A1, part 8; form 10). It hangs on the application by a link.</summary>
public sealed class DolsReviewPathway : Pathway
{
    public const string PathwayKey = "dols-review";
    public const string Ends = "ends";

    public DolsReviewPathway()
        : base(PathwayKey, "Review of an authorisation", "DOR")
    {
        Permission = LibertyCan.View;
        Stage("review", "Review", DolsPathway.Duty)
            .CompletedBy(LibertyCan.Sign)
            .Asks<DolsReviewForm>()
            .Exits(Close("goes-on", "It goes on as it is", "reviewed"), Close("varied", "It goes on with other conditions", "reviewed"), Close(Ends, "It ends", "reviewed"));
    }
}

public enum ReviewOutcome
{
    [Choice("All requirements are still met: it goes on")] GoesOn,
    [Choice("It goes on with other conditions")] Varied,
    [Choice("A requirement is no longer met: it ends")] Ends,
    [Choice("There is no deprivation of liberty any more: it ends")] NoDeprivation,
}

public enum ReviewAskedBy
{
    [Choice("The person")] Person,
    [Choice("Their representative")] Representative,
    [Choice("The care home or hospital")] Authority,
    [Choice("The council itself")] Council,
}

/// <summary>Form 10, decided by a signatory.</summary>
[Form("dols-review", "Review (form 10)", Permission = LibertyCan.Sign)]
public sealed record DolsReviewForm : Form
{
    [Question("Who asked for the review?", Required = true)] public ReviewAskedBy? AskedBy { get; init; }
    [Question("Which requirements were looked at, and by whom?", Required = true, Lines = 3)] public string? LookedAt { get; init; }
    [Question("What do you decide?", Required = true)] public ReviewOutcome? Outcome { get; init; }
    [Question("Condition", Repeats = true, MaxLength = 20, When = nameof(Outcome) + "=Varied")] public IReadOnlyList<Signing.GrantedCondition>? Conditions { get; init; }
    [Question("Reasons", Required = true, Lines = 3)] public string? Reasons { get; init; }

    public override Decision Decide(Facts facts) => Decision.Take(Outcome switch
    {
        ReviewOutcome.GoesOn => "goes-on",
        ReviewOutcome.Varied => "varied",
        _ => DolsReviewPathway.Ends,
    });
}

/// <summary>Opens a review of an authorisation in force.</summary>
[Scoped]
public sealed class StartReview(WaymarkDb db, EpisodeDesk desk, OpenEpisode open)
{
    public async Task RunAsync(Guid episodeId)
    {
        var taken = await desk.TakeAsync(episodeId, permission: LibertyCan.Work);
        if (taken.Stage.Key != DolsPathway.Live)
        {
            throw new RefusedException("There is no authorisation in force to review.");
        }

        if (await db.EpisodeLinks.AnyAsync(l => l.FromEpisodeId == episodeId && db.Episodes.Any(e => e.Id == l.ToEpisodeId && e.PathwayKey == DolsReviewPathway.PathwayKey && e.ClosedDate == null)))
        {
            throw new RefusedException("A review is open already.");
        }

        await open.AddAsync(new NewEpisode { PathwayKey = DolsReviewPathway.PathwayKey, PersonId = taken.Episode.PersonId, TeamId = taken.Episode.TeamId, OpenedFromId = episodeId, Summary = $"Review of {taken.Episode.Reference}" });
        await desk.SaveAsync(taken.Episode);
    }
}

internal static class DolsReviewReactions
{
    public static EpisodeReaction Reaction { get; } = new(DolsReviewPathway.PathwayKey, AfterAsync);

    private static async Task AfterAsync(IServiceProvider services, StageChange change)
    {
        if (change is not { HasClosed: true, Form: DolsReviewForm form })
        {
            return;
        }

        var db = services.GetRequiredService<WaymarkDb>();
        var original = await db.EpisodeLinks.Where(l => l.ToEpisodeId == change.Episode.Id && l.Kind == OpenEpisode.OpenedLink).Select(l => l.FromEpisodeId).FirstAsync();
        var made = await db.Set<DolsCase>().SingleAsync(c => c.EpisodeId == original);
        if (form.Outcome == ReviewOutcome.Varied)
        {
            made.HasConditions = true;
            db.AddRange((form.Conditions ?? []).Select(c => new DolsCondition { EpisodeId = original, Text = c.Text!, DueDate = c.DueDate!.Value }));
        }
        else if (change.Exit?.Key == DolsReviewPathway.Ends)
        {
            (made.AuthorisationEndedDate, made.EndReason) = (CareClock.LondonDate(change.On), EndReason.Review);
            await services.GetRequiredService<Closing.EndAuthorisation>().AddAsync(original, "ended", form.Reasons, change.On);
        }
    }
}
