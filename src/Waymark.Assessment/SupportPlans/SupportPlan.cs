using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Assessment.SupportPlans;

/// <summary>An adult's care and support plan (Care Act, section 25) and a carer's support plan are two things, and are never counted together.</summary>
public enum SupportPlanKind { CareAndSupport, Carer }

/// <summary>A plan that holds from a day until the day before <see cref="ToDate"/>. What it says stands in its form's revision.</summary>
public sealed class SupportPlan : Entity
{
    public required Guid PersonId { get; set; }
    public required SupportPlanKind Kind { get; init; }
    public required DateOnly FromDate { get; init; }

    /// <summary>First day on which it no longer holds: a later plan of its kind began, or it was planned to end.</summary>
    public DateOnly? ToDate { get; set; }
    public required DateOnly ReviewDueDate { get; init; }

    /// <summary>Personal budget a week, in pence; <c>null</c> where none is set (a carer's plan may have none).</summary>
    public long? WeeklyBudget { get; init; }
    public required Guid RevisionId { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<SupportPlan>
    {
        public void Configure(EntityTypeBuilder<SupportPlan> builder) => builder.HasIndex(p => new { p.PersonId, p.Kind });
    }
}
