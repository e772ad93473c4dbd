using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Figures;

/// <summary>A value of a measure, frozen when published with the pseudonymous keys of its rows. Idea 6 of the kernel.</summary>
public sealed class PublishedFigure : Entity
{
    public required string MeasureKey { get; init; }
    public required int DefinitionVersion { get; init; }
    public string? CutKey { get; init; }
    public string? CutValue { get; init; }
    public required DateOnly AsAt { get; init; }

    /// <summary>First day of the period of a flow measure; null for a stock.</summary>
    public DateOnly? PeriodFrom { get; init; }
    public required decimal? Value { get; init; }
    public required long Numerator { get; init; }
    public long? Denominator { get; init; }
    public required int RowCount { get; init; }
    public required DateTime PublishedOn { get; init; }
    public required Guid PublishedById { get; init; }
    public DateTime? WithdrawnOn { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<PublishedFigure>
    {
        public void Configure(EntityTypeBuilder<PublishedFigure> builder) => builder.HasIndex(f => new { f.MeasureKey, f.AsAt });
    }
}

/// <summary>One frozen row: a keyed hash of its subject, so that retention and erasure can run and the figure still stands.</summary>
public sealed class FigureRow : LeafRow
{
    public required Guid FigureId { get; init; }
    public required string RowKey { get; init; }
    public long? Value { get; init; }
    public bool InNumerator { get; init; } = true;

    private sealed class Configuration : IEntityTypeConfiguration<FigureRow>
    {
        public void Configure(EntityTypeBuilder<FigureRow> builder) => builder.HasIndex(r => r.FigureId);
    }
}

/// <summary>The same definition over the same date, computed again after records were corrected. The first value stays.</summary>
public sealed class FigureRestatement : Entity
{
    public required Guid FigureId { get; init; }
    public required decimal? Value { get; init; }
    public required long Numerator { get; init; }
    public long? Denominator { get; init; }
    public required int Added { get; init; }
    public required int Removed { get; init; }
    public required DateTime RestatedOn { get; init; }
    public required Guid RestatedById { get; init; }
    public required string Reason { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<FigureRestatement>
    {
        public void Configure(EntityTypeBuilder<FigureRestatement> builder) => builder.HasIndex(r => r.FigureId);
    }
}
