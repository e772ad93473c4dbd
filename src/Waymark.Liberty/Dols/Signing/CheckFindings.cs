using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Ui;
using Waymark.Liberty.Dols.Assessments;
using Waymark.Liberty.Dols.Assessors;

namespace Waymark.Liberty.Dols.Signing;

/// <summary>Whether what is sent to the signatory, and what the signatory decides, agrees with the assessments.</summary>
[Scoped]
public sealed class CheckFindings(WaymarkDb db, Viewer viewer)
{
    public async Task AgreesAsync(Guid episodeId, AssessedOutcome outcome)
    {
        var found = await FoundAsync(episodeId);
        var refusal = outcome switch
        {
            AssessedOutcome.AllMet when AssessmentKind.All.FirstOrDefault(k => !found.Any(f => f.Kind == k.Key && f.IsMet)) is { } missing => $"{missing.Title} is not assessed as met.",
            AssessedOutcome.NotMet when found.TrueForAll(f => f.IsMet) => "No assessment made so far says that a requirement is not met.",
            AssessedOutcome.NoDeprivation when !found.Exists(f => f.IsDeprived == false) => "The best interests assessment does not say that there is no deprivation of liberty.",
            AssessedOutcome.NotMet when found.Exists(f => f.IsDeprived == false) => "The best interests assessor found no deprivation of liberty: choose that.",
            _ => null,
        };
        if (refusal is not null)
        {
            throw new RefusedException($"{refusal} What you send must agree with the assessments.", "outcome");
        }
    }

    public async Task MaySignAsync(Episode episode, DolsDecisionForm form)
    {
        var assessors = await (
            from a in db.Set<DolsAssessment>()
            where a.EpisodeId == episode.Id
            join who in db.Set<DolsAssessor>() on a.AssessorId equals who.Id
            select who.UserId).ToListAsync();
        if (!viewer.IsSystem && assessors.Contains(viewer.UserId))
        {
            throw new RefusedException("You made one of the assessments, so someone else must sign.");
        }

        var found = await FoundAsync(episode.Id);
        var isRight = form.Decided switch
        {
            SignatoryDecision.Grant => AssessmentKind.All.All(k => found.Exists(f => f.Kind == k.Key && f.IsMet)),
            SignatoryDecision.NotGrant => found.Exists(f => !f.IsMet && AssessmentKind.At(f.Kind).WhenNotMet == (NotGrantedReason)(int)form.NotMet!.Value),
            _ => found.Exists(f => f.IsDeprived == false),
        };
        if (!isRight)
        {
            throw new RefusedException("The assessments do not bear out this decision. If they are wrong, move the request back to the assessments and say why.", "decided");
        }

        var most = found.Where(f => f.MostMonths is not null).Select(f => f.MostMonths!.Value).DefaultIfEmpty(12).Min();
        if (form.Decided == SignatoryDecision.Grant && form.UntilDate >= form.FromDate!.Value.AddMonths(most))
        {
            throw new RefusedException($"The best interests assessor allows {Format.Plural(most, "month")} at most. Choose an earlier last day.", "until-date");
        }
    }

    /// <summary>The newest finding of each kind: an assessment made again, after the request was moved back, replaces the one before.</summary>
    private async Task<List<DolsAssessment>> FoundAsync(Guid episodeId) =>
        [.. (await db.Set<DolsAssessment>().AsNoTracking().Where(a => a.EpisodeId == episodeId).OrderBy(a => a.Id).ToListAsync()).GroupBy(a => a.Kind).Select(g => g.Last())];
}
