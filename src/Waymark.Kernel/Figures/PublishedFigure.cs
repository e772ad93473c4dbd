using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;

namespace Waymark.Kernel.Figures;

/// <summary>
/// A value of a measure, frozen when published with the pseudonymous keys of its rows. Idea 6 of the kernel. Words are frozen too, so that a figure can be read when
/// its measure is long gone.
/// </summary>
public sealed class PublishedFigure : Entity
{
    public required string MeasureKey { get; init; }
    public required int DefinitionVersion { get; init; }
    public required string Title { get; init; }

    /// <summary>As residents read it: "People waiting to be given a worker".</summary>
    public required string PublicTitle { get; init; }
    public required string Definition { get; init; }
    public required string Unit { get; init; }
    public required int Decimals { get; init; }
    public string? CutKey { get; init; }
    public string? CutValue { get; init; }

    /// <summary>"Ward", "North Oxford"; null for the whole.</summary>
    public string? CutTitle { get; init; }
    public required DateOnly AsAt { get; init; }

    /// <summary>First day of the period of a flow measure; null for a stock.</summary>
    public DateOnly? PeriodFrom { get; init; }
    public required decimal? Value { get; init; }
    public required long Numerator { get; init; }
    public long? Denominator { get; init; }
    public required int RowCount { get; init; }

    /// <summary>Different people in its rows; public suppression is decided on it.</summary>
    public required int People { get; init; }

    /// <summary>In public under five is shown as 0 and the rest to the nearest five, as the national safeguarding return does.</summary>
    public bool RoundsInPublic { get; init; }

    /// <summary>On the list that anyone can read.</summary>
    public required bool IsPublic { get; init; }
    public required DateTime PublishedOn { get; init; }
    public required Guid PublishedById { get; init; }
    public DateTime? WithdrawnOn { get; set; }
    public string? WithdrawnReason { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<PublishedFigure>
    {
        public void Configure(EntityTypeBuilder<PublishedFigure> builder) => builder.HasIndex(f => new { f.MeasureKey, f.AsAt });
    }

    /// <summary>What was first published, as it is read.</summary>
    public string ValueText => MeasureText.Of(Value, Unit, Decimals);
}

/// <summary>One frozen row: a keyed hash of its subject, so that retention and erasure can run and the figure still stands.</summary>
public sealed class FigureRow : LeafRow
{
    public required Guid FigureId { get; init; }
    public required string RowKey { get; init; }

    /// <summary>Days waited or the number the row carried, where the fold needed one.</summary>
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
    public required int RowCount { get; init; }
    public required int People { get; init; }

    /// <summary>Rows that count now and did not when the figure was published, and the other way round.</summary>
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
