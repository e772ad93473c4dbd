using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Organisations;

/// <summary>A council, trust, provider, charity or firm.</summary>
public sealed class Organisation : Entity
{
    public required string Name { get; set; }
    public required string SortKey { get; set; }
    public required string Kind { get; set; }
    public string? ExternalId { get; set; }
}

/// <summary>A team. <see cref="Key"/> is stable and used by policy, imports and measures; names change.</summary>
public sealed class Team : Entity
{
    public required string Key { get; init; }
    public required string Name { get; set; }
    public Guid? OrganisationId { get; set; }
    public DateOnly? ClosedDate { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<Team>
    {
        public void Configure(EntityTypeBuilder<Team> builder) => builder.HasIndex(t => t.Key).IsUnique();
    }
}

public sealed class TeamMember : Entity
{
    public required Guid TeamId { get; init; }
    public required Guid UserId { get; init; }
    public bool IsManager { get; set; }
    public required DateOnly FromDate { get; set; }

    /// <summary>The first day on which they are no longer in it.</summary>
    public DateOnly? ToDate { get; set; }

    /// <summary>One of <see cref="Access.GrantSource"/>: places the council's directory gave come and go with its groups.</summary>
    public string Source { get; init; } = Access.GrantSource.Local;

    private sealed class Configuration : IEntityTypeConfiguration<TeamMember>
    {
        public void Configure(EntityTypeBuilder<TeamMember> builder)
        {
            builder.HasIndex(m => m.UserId);
            builder.HasIndex(m => m.TeamId);
        }
    }
}

/// <summary>A duty (see <see cref="Duty"/>) that a team holds, with dates. A council maps duties to its teams; an episode that enters a stage goes to the first open team that holds its duty.</summary>
public sealed class TeamDuty : Entity
{
    public required Guid TeamId { get; init; }
    public required string DutyKey { get; init; }

    /// <summary>Wards the team covers for this duty, comma separated; empty is everywhere.</summary>
    public string Wards { get; set; } = "";
    public required DateOnly FromDate { get; set; }
    public DateOnly? ToDate { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<TeamDuty>
    {
        public void Configure(EntityTypeBuilder<TeamDuty> builder) => builder.HasIndex(d => d.DutyKey);
    }
}

/// <summary>A kind of work that owns a stage. Named in code; mapped to teams as data.</summary>
public sealed record Duty(string Key, string Title);
