using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;
using Waymark.Liberty.Dols.Assessments;
using Waymark.Liberty.Dols.Signing;
using Waymark.Liberty.Dols.Requests;
using Waymark.Liberty.Dols.Safeguards;

namespace Waymark.Liberty.Dols;

/// <summary>What an application leaves in its case as it moves, in the same transaction, and what must hold before it may.</summary>
internal static class DolsReactions
{
    public static EpisodeReaction Reaction { get; } = new(DolsPathway.PathwayKey, AfterAsync, BeforeAsync);

    private static Task BeforeAsync(IServiceProvider services, TakenEpisode taken, StageCompletion completion) => completion.Form switch
    {
        DolsCheckForm { Result: CheckResult.Accept } => Accept(taken.Episode),
        DolsOutcomeForm form => services.GetRequiredService<CheckFindings>().AgreesAsync(taken.Episode.Id, form.Outcome!.Value),
        DolsDecisionForm form => services.GetRequiredService<CheckFindings>().MaySignAsync(taken.Episode, form),
        _ => Task.CompletedTask,
    };

    private static Task Accept(Episode episode) =>
        episode.PersonId is null ? throw new RefusedException("Say who the person is before you accept the request: “Find or add the person”, below.")
        : episode.Priority is null ? throw new RefusedException("Set the priority before you accept the request: “Set the priority”, below.")
        : Task.CompletedTask;

    private static async Task AfterAsync(IServiceProvider services, StageChange change)
    {
        var db = services.GetRequiredService<WaymarkDb>();
        var made = db.Set<DolsCase>().Local.FirstOrDefault(c => c.EpisodeId == change.Episode.Id) ?? await db.Set<DolsCase>().FirstOrDefaultAsync(c => c.EpisodeId == change.Episode.Id);
        if (made is null)
        {
            // It has just opened: the request itself makes the case.
            return;
        }

        var day = CareClock.LondonDate(change.On);
        if (change.Form is DolsCheckForm { IsOwnPlace: { } own })
        {
            made.IsOwnPlace = own;
        }

        if (change is { From.Key: DolsPathway.Assess, To.Key: DolsPathway.Sign })
        {
            made.AssessedDate = day;
            made.WasFullyAssessed = await db.Set<DolsAssessment>().Where(a => a.EpisodeId == made.EpisodeId).Select(a => a.Kind).Distinct().CountAsync() == AssessmentKind.All.Count;
        }

        if (change.Form is DolsDecisionForm decision && change.From?.Key == DolsPathway.Sign)
        {
            Decide(db, services.GetRequiredService<Viewer>(), made, decision, day);
        }
        else if (change.Form is DolsEndForm end && change.From?.Key == DolsPathway.Live && change.HasClosed)
        {
            (made.AuthorisationEndedDate, made.EndReason) = (end.EndedDate, end.Reason);
        }
        else if (change.HasClosed && made.CompletedDate is null)
        {
            Close(made, change.Exit?.Key, day);
        }
    }

    private static void Decide(WaymarkDb db, Viewer viewer, DolsCase made, DolsDecisionForm form, DateOnly day)
    {
        (made.CompletedDate, made.SignedById) = (day, viewer.UserId);
        made.TestKey = DeprivationTest.On(day).Key;
        (made.Status, made.NotGranted) = form.Decided switch
        {
            SignatoryDecision.Grant => (DolsStatus.Granted, null),
            SignatoryDecision.NotGrant => (DolsStatus.NotGranted, (NotGrantedReason?)(int)form.NotMet!.Value),
            _ => (DolsStatus.NoDeprivation, (NotGrantedReason?)NotGrantedReason.BestInterests),
        };
        if (form.Decided != SignatoryDecision.Grant)
        {
            return;
        }

        (made.AuthorisedFromDate, made.AuthorisedUntilDate) = (form.FromDate, form.UntilDate);
        made.HasConditions = form.Conditions is { Count: > 0 };
        db.AddRange((form.Conditions ?? []).Select(c => new DolsCondition { EpisodeId = made.EpisodeId, Text = c.Text!, DueDate = c.DueDate!.Value }));
        if (form.Representative != RepresentativeKind.NotYet)
        {
            db.Add(new DolsRepresentative { EpisodeId = made.EpisodeId, Name = form.RepresentativeName!, IsPaid = form.Representative == RepresentativeKind.Paid, FromDate = day });
        }
    }

    /// <summary>Closed without a decision: it counts as completed, except one that was never ours or is a second of the same.</summary>
    private static void Close(DolsCase made, string? exit, DateOnly day)
    {
        if (exit is DolsPathway.WrongBody or DolsPathway.Closed.Duplicate)
        {
            made.Status = exit == DolsPathway.WrongBody ? DolsStatus.WrongBody : null;
            return;
        }

        (made.CompletedDate, made.Status) = (day, DolsStatus.Withdrawn);
        made.WasFullyAssessed ??= false;
        made.NotGranted = exit switch
        {
            DolsPathway.Closed.Died => NotGrantedReason.Died,
            DolsPathway.Closed.Moved => NotGrantedReason.Moved,
            _ => NotGrantedReason.Other,
        };
    }
}
