using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Measures;

namespace Waymark.Assessment.SupportPlans;

/// <summary>From a completed plan form to the plan, and from plans (and extracts that say "has a plan") to the fact that any measure joins.</summary>
internal static class SupportPlanRecords
{
    /// <summary>Adults with a care and support plan in force; an extract may report it. Carers' plans do not count.</summary>
    public const string HasPlan = "has-support-plan";
    public const string HasCarersPlan = "has-carers-support-plan";

    public static IEnumerable<FormReaction> Reactions { get; } =
    [
        new(CareAndSupportPlanForm.Key, (services, form, revision) => form is CareAndSupportPlanForm plan
            ? RecordAsync(services, SupportPlanKind.CareAndSupport, revision, plan.FromDate!.Value, plan.UntilDate, plan.ReviewDate!.Value, plan.WeeklyBudget)
            : Task.CompletedTask),
        new(CarersSupportPlanForm.Key, (services, form, revision) => form is CarersSupportPlanForm plan
            ? RecordAsync(services, SupportPlanKind.Carer, revision, plan.FromDate!.Value, plan.UntilDate, plan.ReviewDate!.Value, plan.WeeklyBudget)
            : Task.CompletedTask),
    ];

    public static IEnumerable<PersonFact> Facts { get; } =
    [
        new(HasPlan, "Has a care and support plan", db => Held(db, SupportPlanKind.CareAndSupport)
            .Concat(db.ReportedFacts.AsNoTracking().Where(f => f.FactKey == HasPlan).Select(f => new PersonFactRow { PersonId = f.PersonId, From = f.FromDate, To = f.ToDate }))),
        new(HasCarersPlan, "Has a carer's support plan", db => Held(db, SupportPlanKind.Carer)),
    ];

    private static IQueryable<PersonFactRow> Held(WaymarkDb db, SupportPlanKind kind) => db.Set<SupportPlan>().AsNoTracking()
        .Where(p => p.Kind == kind && (p.ToDate == null || p.ToDate > p.FromDate))
        .Select(p => new PersonFactRow { PersonId = p.PersonId, From = p.FromDate, To = p.ToDate });

    private static async Task RecordAsync(IServiceProvider services, SupportPlanKind kind, FormRevision revision, DateOnly from, DateOnly? until, DateOnly review, long? budget)
    {
        var db = services.GetRequiredService<WaymarkDb>();
        var person = revision.PersonId ?? throw new RefusedException("A plan is somebody's. Open it from the person's page.");

        // A new plan ends the one before it; one that was to begin later never begins.
        foreach (var before in await db.Set<SupportPlan>().Where(p => p.PersonId == person && p.Kind == kind && (p.ToDate == null || p.ToDate > from)).ToListAsync())
        {
            before.ToDate = from > before.FromDate ? from : before.FromDate;
        }

        db.Add(new SupportPlan
        {
            PersonId = person,
            Kind = kind,
            FromDate = from,
            ToDate = until?.AddDays(1),
            ReviewDueDate = review,
            WeeklyBudget = budget,
            RevisionId = revision.Id,
        });
    }
}
