using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Liberty.Dols.Assessors;

namespace Waymark.Liberty.Dols.Assessments;

/// <summary>
/// An assessment completed: recorded for the assessor appointed to it. Only that assessor completes it; the DoLS team enters those of assessors who have no account
/// here (doctors, agencies). Part of completing the form.
/// </summary>
[Scoped]
public sealed class RecordAssessment(WaymarkDb db, Viewer viewer)
{
    public async Task RunAsync(AssessmentForm form, FormRevision revision)
    {
        var kind = AssessmentKind.All.First(k => k.FormKey == revision.FormKey);
        var episodeId = revision.EpisodeId ?? throw new RefusedException("An assessment belongs to a request. Open it from there.");
        var appointed = await (
            from a in db.Set<DolsAppointment>()
            where a.EpisodeId == episodeId && a.Kind == kind.Key && a.EndedOn == null
            join who in db.Set<DolsAssessor>() on a.AssessorId equals who.Id
            select who).FirstOrDefaultAsync()
            ?? throw new RefusedException($"Nobody is appointed to the {kind.Title.ToLowerInvariant()} assessment. Appoint an assessor first.");
        if (appointed.UserId is { } user ? user != viewer.UserId && !viewer.IsSystem : !viewer.May(LibertyCan.Work))
        {
            throw new RefusedException($"{appointed.Name} is appointed to the {kind.Title.ToLowerInvariant()} assessment, so nobody else completes it. Appoint someone else if that has changed.");
        }

        var interests = form as DolsBestInterestsForm;
        db.Add(new DolsAssessment
        {
            EpisodeId = episodeId,
            Kind = kind.Key,
            AssessorId = appointed.Id,
            IsMet = form.IsMet!.Value,
            AssessedDate = form.AssessedDate!.Value,
            EquivalentDate = form.EquivalentDate,
            IsDeprived = interests?.IsDeprived is { } deprived ? deprived == Deprivation.Deprived : null,
            MostMonths = interests?.MostMonths,
            TestKey = interests is null ? null : DeprivationTest.On(form.AssessedDate!.Value).Key,
            RevisionId = revision.Id,
        });
    }
}
