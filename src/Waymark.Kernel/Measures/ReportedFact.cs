using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Measures;

/// <summary>
/// A fact about a person over time as another system reported it: an extract says "has a plan" and no more. The module that owns the fact's key
/// (<see cref="PersonFact"/>) joins these rows to what its own records say.
/// </summary>
public sealed class ReportedFact : LeafRow
{
    public required Guid PersonId { get; set; }
    public required string FactKey { get; init; }
    public required DateOnly FromDate { get; init; }

    /// <summary>First day on which it was no longer reported.</summary>
    public DateOnly? ToDate { get; set; }

    /// <summary>Id of the import that reported it.</summary>
    public required Guid ImportId { get; init; }

    /// <summary>Id of the import that no longer reported it.</summary>
    public Guid? EndedByImportId { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<ReportedFact>
    {
        public void Configure(EntityTypeBuilder<ReportedFact> builder) => builder.HasIndex(f => new { f.FactKey, f.PersonId });
    }
}
