using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;

namespace Waymark.Liberty.Dols.Safeguards;

/// <summary>A condition of an authorisation, followed up until it is met or falls away.</summary>
public sealed class DolsCondition : Entity
{
    public required Guid EpisodeId { get; init; }
    public required string Text { get; init; }
    public required DateOnly DueDate { get; init; }

    /// <summary>When it was last looked at, and whether it is met; null while nobody has asked.</summary>
    public DateOnly? CheckedDate { get; set; }
    public bool? IsMet { get; set; }
    public string? Found { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<DolsCondition>
    {
        public void Configure(EntityTypeBuilder<DolsCondition> builder) => builder.HasIndex(c => c.EpisodeId);
    }
}

/// <summary>The relevant person's representative, from their appointment to its end (form 8).</summary>
public sealed class DolsRepresentative : Entity
{
    public required Guid EpisodeId { get; init; }
    public required string Name { get; init; }
    public bool IsPaid { get; init; }
    public required DateOnly FromDate { get; init; }
    public DateOnly? EndedDate { get; set; }
    public string? EndedReason { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<DolsRepresentative>
    {
        public void Configure(EntityTypeBuilder<DolsRepresentative> builder) => builder.HasIndex(r => r.EpisodeId);
    }
}

/// <summary>The sections of the Act under which an independent mental capacity advocate is instructed.</summary>
public enum AdvocateSection
{
    [Choice("39A: nobody to consult while the request is assessed")] S39A,
    [Choice("39C: no representative for the time being")] S39C,
    [Choice("39D: the person or an unpaid representative asks for help")] S39D,
}

/// <summary>A referral to an independent mental capacity advocate (form 11).</summary>
public sealed class DolsAdvocate : Entity
{
    public required Guid EpisodeId { get; init; }
    public required AdvocateSection Section { get; init; }
    public required DateOnly ReferredDate { get; init; }
    public string? Name { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<DolsAdvocate>
    {
        public void Configure(EntityTypeBuilder<DolsAdvocate> builder) => builder.HasIndex(a => a.EpisodeId);
    }
}

/// <summary>A stretch in which the authorisation was suspended because the person was not eligible (form 7): at most 28 days, then it ends.</summary>
public sealed class DolsSuspension : Entity
{
    public const int MostDays = 28;

    public required Guid EpisodeId { get; init; }
    public required DateOnly FromDate { get; init; }
    public required string Reason { get; init; }

    /// <summary>The day it was lifted.</summary>
    public DateOnly? ToDate { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<DolsSuspension>
    {
        public void Configure(EntityTypeBuilder<DolsSuspension> builder) => builder.HasIndex(s => s.EpisodeId);
    }
}
