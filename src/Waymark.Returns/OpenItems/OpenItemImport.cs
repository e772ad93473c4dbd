using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Returns.OpenItems;

/// <summary>One open-items file taken in: what it covered, what it would do, and whether it took effect.</summary>
public sealed class OpenItemImport : Entity
{
    public required string FileName { get; init; }
    public required string Sha256 { get; init; }
    public required DateOnly AsAt { get; init; }

    /// <summary>Kind keys and team names covered, comma separated; no teams is every team.</summary>
    public required string Kinds { get; init; }
    public required string Teams { get; init; }
    public bool CoverageDeclared { get; init; }
    public required DateTime StagedOn { get; init; }
    public Guid? StagedById { get; init; }
    public required OpenItemImportState State { get; set; }
    public required int Rows { get; init; }
    public required int Faulty { get; init; }

    /// <summary>Faults and warnings as found, JSON, so that they can be read again after the load.</summary>
    public required string Faults { get; init; }
    public DateTime? LoadedOn { get; set; }
    public Guid? LoadedById { get; set; }
    public int Opened { get; set; }
    public int Closed { get; set; }
    public int Vanished { get; set; }
    public int Changed { get; set; }
    public DateTime? UndoneOn { get; set; }
    public Guid? UndoneById { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<OpenItemImport>
    {
        public void Configure(EntityTypeBuilder<OpenItemImport> builder) => builder.HasIndex(i => new { i.State, i.AsAt });
    }
}

/// <summary><see cref="Staged"/> has changed nothing yet; <see cref="Loaded"/> has taken effect; <see cref="Undone"/> had, and was taken back.</summary>
public enum OpenItemImportState { Staged, Loaded, Undone }

/// <summary>A good row of a staged file, kept as read so that a preview confirmed later loads what was previewed.</summary>
public sealed class StagedOpenItem : LeafRow
{
    public required Guid ImportId { get; init; }
    public required int Line { get; init; }

    /// <summary>The <see cref="OpenItem"/>, JSON.</summary>
    public required string Item { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<StagedOpenItem>
    {
        public void Configure(EntityTypeBuilder<StagedOpenItem> builder) => builder.HasIndex(s => s.ImportId);
    }
}

/// <summary>What a load did to one episode, so that undoing it puts back what stood before.</summary>
public sealed class OpenItemEffect : LeafRow
{
    public required Guid ImportId { get; init; }
    public required Guid EpisodeId { get; init; }

    /// <summary>The episode's own columns before, JSON; null when this load made it.</summary>
    public string? Before { get; init; }

    /// <summary>Ids of spans this load wrote, of those it superseded, and the one it gave an end; comma separated.</summary>
    public string Written { get; set; } = "";
    public string Superseded { get; set; } = "";
    public long? Ended { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<OpenItemEffect>
    {
        public void Configure(EntityTypeBuilder<OpenItemEffect> builder) => builder.HasIndex(e => e.ImportId);
    }
}
